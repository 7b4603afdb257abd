"""Skins: the joints that move vertices, and how they stood when the skin was made."""

from dataclasses import dataclass

import numpy as np
from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.gltf.accessors import Accessors
from livemask.gltf.limits import NODES
from livemask.gltf.values import chosen, listed
from livemask.records import Float64


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """A skin.

    Attributes
    ----------
    joints : tuple of j int
        Nodes.
    joint_from_mesh : (j, 4, 4) float64
        Inverse bind matrices.
    """

    joints: tuple[int, ...]
    joint_from_mesh: Float64


def read_skins(document: GLTF2, accessors: Accessors) -> tuple[Skin, ...]:
    """Return all skins of a file.

    Raises
    ------
    AssetError
        If one names a node that there is not, or has no matrix for a joint.
    """
    return tuple(_skin(document, accessors, i) for i in range(min(len(document.skins), NODES)))


def _skin(document: GLTF2, accessors: Accessors, index: int) -> Skin:
    skin = document.skins[index]
    joints = listed(skin.joints, f"the joints of skin {index}")
    if not 0 < len(joints) <= NODES:
        raise AssetError(f"skin {index} has {len(joints)} joints.")
    for joint in joints:
        chosen(document.nodes, joint, f"skin {index}")
    what = f"the matrices of skin {index}"
    if skin.inverseBindMatrices is None:
        return Skin(tuple(joints), np.tile(np.eye(4), (len(joints), 1, 1)))
    if not len(joints) <= accessors.count(skin.inverseBindMatrices, what) <= NODES:
        raise AssetError(f"{what} are not as many as its joints, {len(joints)}.")
    rows = accessors.floats(skin.inverseBindMatrices, (16,), what)[: len(joints)]
    # glTF writes columns.
    return Skin(tuple(joints), rows.reshape(-1, 4, 4).transpose(0, 2, 1).astype(np.float64))
