"""Nodes: the tree of a glTF scene."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.gltf.limits import FARTHEST, NODES
from livemask.gltf.values import chosen, listed, numbers, text
from livemask.records import Float64


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """All nodes of a file.

    Attributes
    ----------
    names : tuple of n str
    parents : tuple of n int
        -1 for a root.
    order : tuple of int
        Those of the scene, parents before children.
    world : (n, 4, 4) float64
        scene_from_node, as the file poses them.
    """

    names: tuple[str, ...]
    parents: tuple[int, ...]
    order: tuple[int, ...]
    world: Float64

    def ancestors(self, node: int) -> list[int]:
        """Return a node, its parent, and so on up to the root."""
        found = [node]
        while self.parents[found[-1]] >= 0:
            found.append(self.parents[found[-1]])
        return found


def read_nodes(document: GLTF2) -> Nodes:
    """Return the nodes of a file's scene.

    Raises
    ------
    AssetError
        If a node has two parents or is its own ancestor, or a transform is not finite.
    """
    nodes = document.nodes
    if len(nodes) > NODES:
        raise AssetError(f"it has {len(nodes)} nodes; {NODES} are the most.")
    parents = _parents(nodes)
    free = [index for index, parent in enumerate(parents) if parent < 0]
    if len(_order(nodes, free)) < len(nodes):
        raise AssetError("a node is its own ancestor.")
    order = _order(nodes, _roots(document, parents))
    world = np.tile(np.eye(4), (len(nodes), 1, 1))
    for index in order:
        local, parent = _local(nodes[index], index), parents[index]
        world[index] = local if parent < 0 else world[parent] @ local
        if not np.abs(world[index]).max() < FARTHEST:
            raise AssetError(f"node {index} lies {FARTHEST:g} m away or farther.")
    return Nodes(tuple(text(n.name) for n in nodes), tuple(parents), tuple(order), world)


def _parents(nodes: list[Any]) -> list[int]:
    parents = [-1] * len(nodes)
    for index, node in enumerate(nodes):
        for child in listed(node.children, f"the children of node {index}"):
            chosen(nodes, child, f"a child of node {index}")
            if parents[child] >= 0:
                raise AssetError(f"node {child} is a child of two nodes.")
            parents[child] = index
    return parents


def _roots(document: GLTF2, parents: list[int]) -> list[int]:
    if not document.scenes:
        return [index for index, parent in enumerate(parents) if parent < 0]
    scene = chosen(document.scenes, document.scene or 0, "the scene")
    roots = listed(scene.nodes, "the nodes of the scene")
    for root in roots:
        chosen(parents, root, "the scene")
        if parents[root] >= 0:
            raise AssetError(f"node {root} of the scene is a child of another.")
    return list(dict.fromkeys(roots))


def _order(nodes: list[Any], roots: list[int]) -> list[int]:
    """Return the nodes below `roots`: each has one parent, so none is met twice."""
    order = list(roots)
    for index in order:
        order += nodes[index].children or []
    return order


def _local(node: Any, index: int) -> Float64:
    """Return parent_from_node (section 3.5.3)."""
    what = f"the transform of node {index}"
    if node.matrix is not None:
        return numbers(node.matrix, 16, what).reshape(4, 4).T
    local = np.eye(4)
    if node.rotation is not None:
        local[:3, :3] = _rotation(numbers(node.rotation, 4, what))
    if node.scale is not None:
        local[:3, :3] *= numbers(node.scale, 3, what)
    if node.translation is not None:
        local[:3, 3] = numbers(node.translation, 3, what)
    return local


def _rotation(quaternion: Float64) -> Float64:
    """Return the (3, 3) rotation of a quaternion (x, y, z, w)."""
    length = float(np.linalg.norm(quaternion))
    x, y, z, w = quaternion / length if length > 1e-9 else (0.0, 0.0, 0.0, 1.0)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
