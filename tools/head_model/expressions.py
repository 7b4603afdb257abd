"""The 52 expressions of ARKit, from Mika Suominen's Face Units."""

import numpy as np

from head_model.base_mesh import BaseMesh, read_target
from head_model.cut import Cage
from head_model.source import FACE_UNITS, Source
from livemask.records import Float64

NAMES = (
    "eyeBlinkLeft", "eyeLookDownLeft", "eyeLookInLeft", "eyeLookOutLeft", "eyeLookUpLeft",
    "eyeSquintLeft", "eyeWideLeft", "eyeBlinkRight", "eyeLookDownRight", "eyeLookInRight",
    "eyeLookOutRight", "eyeLookUpRight", "eyeSquintRight", "eyeWideRight", "jawForward",
    "jawLeft", "jawRight", "jawOpen", "mouthClose", "mouthFunnel", "mouthPucker", "mouthLeft",
    "mouthRight", "mouthSmileLeft", "mouthSmileRight", "mouthFrownLeft", "mouthFrownRight",
    "mouthDimpleLeft", "mouthDimpleRight", "mouthStretchLeft", "mouthStretchRight",
    "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper", "mouthPressLeft",
    "mouthPressRight", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthUpperUpLeft",
    "mouthUpperUpRight", "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft",
    "browOuterUpRight", "cheekPuff", "cheekSquintLeft", "cheekSquintRight", "noseSneerLeft",
    "noseSneerRight", "tongueOut",
)  # fmt: skip
"""In the order of ARKit's `ARFaceAnchor.BlendShapeLocation`."""

BLINK = 0.83  # at 1 the lids of the source pass through one another
CLOSE = 0.6  # of jawOpen + mouthClose: the source's mouthClose only closes an open jaw


def expressions(source: Source, mesh: BaseMesh, cage: Cage) -> Float64:
    """Return the (52, c, 3) displacements of the base head, mm."""
    count = len(mesh.vertices)
    shapes = {n: read_target(source, f"{FACE_UNITS}{n}.target", count)[cage.base] for n in NAMES}
    for name in NAMES:
        if name.startswith("eyeBlink"):
            shapes[name] = BLINK * shapes[name]
    shapes["mouthClose"] = CLOSE * (shapes["jawOpen"] + shapes["mouthClose"])
    return np.stack([shapes[n] for n in NAMES])


def sigmas() -> Float64:
    """Return the (52,) standard deviations of the prior of each coefficient.

    Wide for what a face does all day, narrow for what 68 points can hardly tell.
    """
    return np.array([_sigma(name) for name in NAMES])


def _sigma(name: str) -> float:
    for start, sigma in (
        ("jawOpen", 0.6),
        ("eyeBlink", 0.6),
        ("eyeLook", 0.5),
        ("jaw", 0.25),
        ("mouthClose", 0.2),
        ("mouthSmile", 0.5),
        ("mouthShrug", 0.25),
        ("cheek", 0.25),
        ("noseSneer", 0.3),
        ("tongueOut", 0.1),
    ):
        if name.startswith(start):
            return sigma
    return 0.4
