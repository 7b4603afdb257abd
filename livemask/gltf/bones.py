"""Bones of plain glTF characters, by what Mixamo, Blender, 3ds Max and others call them."""

import re

from livemask.gltf.nodes import Nodes

_NAMES = {
    "head": r"head|cchead",
    "neck": r"neck|neck0?1|cneck",
    "leftEye": r"lefteye|eyeleft|eyel|leye",
    "rightEye": r"righteye|eyeright|eyer|reye",
    "jaw": r"jaw|jawroot|jawmaster",
    "leftUpperArm": r"leftarm|leftupperarm|upperarml|larm|lupperarm",
    "rightUpperArm": r"rightarm|rightupperarm|upperarmr|rarm|rupperarm",
    "leftLowerArm": r"leftforearm|leftlowerarm|forearml|lowerarml|lforearm",
    "rightLowerArm": r"rightforearm|rightlowerarm|forearmr|lowerarmr|rforearm",
}
_PREFIX = re.compile(
    r"^(mixamorig\d*[:_]?|(bip0*1?|armature|rig|def|cc_base)[:_ .|-]+)", re.IGNORECASE
)


def bones_by_name(nodes: Nodes) -> dict[str, int]:
    """Return nodes by VRM's names of bones, as far as their own names tell."""
    called: dict[str, int] = {}
    for index in reversed(nodes.order):  # the first of a name counts
        bare = _PREFIX.sub("", nodes.names[index])
        called[re.sub(r"[^a-z0-9]", "", bare.lower())] = index
    return {
        bone: found[0]
        for bone, pattern in _NAMES.items()
        if (found := [called[name] for name in called if re.fullmatch(pattern, name)])
    }
