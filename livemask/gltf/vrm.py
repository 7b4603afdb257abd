"""What VRM adds to glTF: bones by their names, expressions, and which way it looks.

https://github.com/vrm-c/vrm-specification, 0.0 and 1.0.
"""

from dataclasses import dataclass
from typing import Any

from pygltflib import GLTF2

from livemask.gltf.values import listed, mapped, number, text

Bind = tuple[int, int, float]
"""Mesh, morph target, and its weight when the expression is whole."""

_MOST = 4096  # expressions; binds of one


@dataclass(frozen=True, slots=True, eq=False)
class Vrm:
    """What a VRM file says of its character.

    Attributes
    ----------
    version : int
        0 or 1; -1 where the file is plain glTF.
    bones : dict of str to int
        Nodes by VRM's names: `head`, `neck`, `leftUpperArm`...
    expressions : dict of str to tuple of Bind
        By VRM's names, in small letters; those of VRM 0 under the names of VRM 1.
    """

    version: int
    bones: dict[str, int]
    expressions: dict[str, tuple[Bind, ...]]


_NEW_NAMES = {
    "a": "aa",
    "i": "ih",
    "u": "ou",
    "e": "ee",
    "o": "oh",
    "joy": "happy",
    "sorrow": "sad",
    "fun": "relaxed",
    "blink_l": "blinkleft",
    "blink_r": "blinkright",
}


def read_vrm(document: GLTF2) -> Vrm:
    """Return what a file says as VRM; what is broken in it is left out."""
    given = mapped(document.extensions)
    if isinstance(given.get("VRMC_vrm"), dict):
        return _new(document, given["VRMC_vrm"])
    if isinstance(given.get("VRM"), dict):
        return _old(document, given["VRM"])
    return Vrm(-1, {}, {})


def _new(document: GLTF2, vrm: dict[str, Any]) -> Vrm:
    human = mapped(mapped(vrm.get("humanoid")).get("humanBones"))
    bones = {name: mapped(bone).get("node") for name, bone in human.items()}
    said = mapped(vrm.get("expressions"))
    expressions = {
        name.lower(): _binds_by_node(document, mapped(one).get("morphTargetBinds"))
        for kind in ("custom", "preset")
        for name, one in list(mapped(said.get(kind)).items())[:_MOST]
    }
    return Vrm(1, _known(document, bones), expressions)


def _old(document: GLTF2, vrm: dict[str, Any]) -> Vrm:
    human = listed(mapped(vrm.get("humanoid")).get("humanBones"), "humanBones")
    bones = {text(mapped(b).get("bone")): mapped(b).get("node") for b in human}
    expressions = {}
    groups = listed(mapped(vrm.get("blendShapeMaster")).get("blendShapeGroups"), "groups")
    for group in map(mapped, groups[:_MOST]):
        preset = text(group.get("presetName")).lower()
        name = text(group.get("name")).lower() if preset in ("", "unknown") else preset
        binds = _binds(document, group.get("binds"))
        expressions[_NEW_NAMES.get(name, name)] = binds
    return Vrm(0, _known(document, bones), expressions)


def _known(document: GLTF2, bones: dict[str, Any]) -> dict[str, int]:
    count = len(document.nodes)
    return {
        name: node
        for name, node in bones.items()
        if isinstance(node, int) and not isinstance(node, bool) and 0 <= node < count
    }


def _binds(document: GLTF2, given: Any) -> tuple[Bind, ...]:
    """Return binds of VRM 0: by mesh, weights in percent."""
    bound = [
        (bind.get("mesh"), bind.get("index"), number(bind.get("weight", 100.0), "a weight") / 100)
        for bind in map(mapped, listed(given, "binds")[:_MOST])
    ]
    return _sound(document, bound)


def _binds_by_node(document: GLTF2, given: Any) -> tuple[Bind, ...]:
    """Return binds of VRM 1: by node."""
    bound = []
    for bind in map(mapped, listed(given, "morphTargetBinds")[:_MOST]):
        node, count = bind.get("node"), len(document.nodes)
        if isinstance(node, int) and not isinstance(node, bool) and 0 <= node < count:
            weight = number(bind.get("weight", 1.0), "a weight")
            bound.append((document.nodes[node].mesh, bind.get("index"), weight))
    return _sound(document, bound)


def _sound(document: GLTF2, bound: list[tuple[Any, Any, float]]) -> tuple[Bind, ...]:
    return tuple((mesh, at, weight) for mesh, at, weight in bound if _is(document, mesh, at))


def _is(document: GLTF2, mesh: Any, index: Any) -> bool:
    """Tell whether these may be a mesh and a morph target."""
    whole = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in (mesh, index))
    return whole and mesh < len(document.meshes) and index < 100_000
