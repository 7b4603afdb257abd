"""Character: all that livemask draws of a glTF or VRM file."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.gltf.accessors import Accessors
from livemask.gltf.bones import bones_by_name
from livemask.gltf.buffers import Buffers
from livemask.gltf.container import open_container
from livemask.gltf.document import parse
from livemask.gltf.images import Images
from livemask.gltf.nodes import Nodes, read_nodes
from livemask.gltf.pieces import Piece, PieceReader
from livemask.gltf.skins import Skin, read_skins
from livemask.gltf.surfaces import Surface, read_surfaces
from livemask.gltf.values import chosen, mapped, text
from livemask.gltf.vrm import Bind, Vrm, read_vrm

_SIDES = {"l": "left", "r": "right"}


@dataclass(frozen=True, slots=True, eq=False)
class Character:
    """A character as its file has it; metres, +y up.

    Attributes
    ----------
    name : str
        Of the file.
    nodes : Nodes
    skins : tuple of Skin
    pieces : tuple of Piece
        None without a triangle.
    surfaces : tuple of Surface
    vrm : Vrm
        Its bones found by the names of nodes where the file is plain glTF.
    targets : dict of str to tuple of Bind
        Morph targets by their names, see `plain`.
    """

    name: str
    nodes: Nodes
    skins: tuple[Skin, ...]
    pieces: tuple[Piece, ...]
    surfaces: tuple[Surface, ...]
    vrm: Vrm
    targets: dict[str, tuple[Bind, ...]]


def load(file: Path) -> Character:
    """Return the character of a .glb, .gltf or .vrm file, read once while it does not change.

    Raises
    ------
    AssetError
        If the file is missing, broken, or asks for too much.
    """
    try:
        state = file.stat()
    except OSError as error:
        raise AssetError(f"the character {file} cannot be had: {error.strerror}.") from error
    return _loaded(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _loaded(file: Path, _changed: int, _size: int) -> Character:
    try:
        return _read(file)
    except AssetError as error:
        raise AssetError(f"the character {file} cannot be worn: {error}") from error
    except (AttributeError, TypeError, KeyError, ValueError, IndexError, OverflowError) as error:
        raise AssetError(
            f"the character {file} cannot be worn: it is no sound glTF 2.0 ({error}). "
            "Export it anew."
        ) from error


def _read(file: Path) -> Character:
    container = open_container(file)
    document = parse(container.json)
    buffers = Buffers(document, container)
    accessors = Accessors(document, buffers)
    nodes, skins, vrm = read_nodes(document), read_skins(document, accessors), read_vrm(document)
    if vrm.version < 0:
        vrm = Vrm(-1, bones_by_name(nodes), {})
    targets = _targets(document)
    wanted: dict[int, set[int]] = defaultdict(set)
    for binds in (*targets.values(), *vrm.expressions.values()):
        for mesh, index, _ in binds:
            wanted[mesh].add(index)
    return Character(
        name=file.name,
        nodes=nodes,
        skins=skins,
        pieces=_pieces(document, PieceReader(document, accessors, wanted), nodes, skins),
        surfaces=read_surfaces(document, Images(document, buffers)),
        vrm=vrm,
        targets=targets,
    )


def _pieces(
    document: GLTF2, reader: PieceReader, nodes: Nodes, skins: tuple[Skin, ...]
) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for index in nodes.order:
        node = document.nodes[index]
        if node.mesh is not None:
            skin = None if node.skin is None else chosen(skins, node.skin, f"node {index}")
            found += reader.read(index, 0 if skin is None else len(skin.joints))
    pieces = tuple(piece for piece in found if len(piece.triangles))
    for piece in pieces:
        if piece.material is not None:
            chosen(document.materials, piece.material, "a mesh's material")
    if not pieces:
        raise AssetError("it has no triangles.")
    return pieces


def plain(name: str) -> str:
    """Return a morph target's name as ARKit's would be in small letters.

    `Face.eyeBlink_L` is `eyeblinkleft`.
    """
    last = re.split(r"[.:]", name)[-1]
    side = re.fullmatch(r"(.*?)[_ -]([lLrR])", last)
    if side:
        last = side[1] + _SIDES[side[2].lower()]
    return re.sub(r"[^a-z0-9]", "", last.lower())


def _targets(document: GLTF2) -> dict[str, tuple[Bind, ...]]:
    found: dict[str, list[Bind]] = defaultdict(list)
    for mesh, one in enumerate(document.meshes):
        for index, name in enumerate(_target_names(one)):
            if name:
                found[plain(name)].append((mesh, index, 1.0))
    return {name: tuple(binds) for name, binds in found.items()}


def _target_names(mesh: Any) -> list[str]:
    """Return the names of a mesh's morph targets, which stand in one of two places."""
    first = mesh.primitives[0] if mesh.primitives else None
    for holder in (mesh, first):
        names = mapped(getattr(holder, "extras", None)).get("targetNames")
        if isinstance(names, list):
            return [text(name) for name in names]
    return []
