"""The 52 expressions of ARKit, from Mika Suominen's Face Units."""

import numpy as np

from head_model.base_mesh import BaseMesh, read_target
from head_model.cut import Cage
from head_model.lids import close
from head_model.organs import fit_moves
from head_model.smile import soften
from head_model.source import FACE_UNITS, Source
from livemask.records import Array, Float64

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

CLOSE = 0.6  # of jawOpen + mouthClose: the source's mouthClose only closes an open jaw
OUT = (0.0, 5.0, 10.0)  # mm; our tongue lies lower than the source's, and must get over the lip
LOWER_LIP = (7.0, 0.4)  # mm, per mm beside the middle: jawOpen moves the lower lip by more


def source_moves(source: Source, mesh: BaseMesh, cage: Cage) -> dict[str, Float64]:
    """Return the (c, 3) displacement of each expression as the source has it, mm."""
    count = len(mesh.vertices)
    files = {name: f"{FACE_UNITS}{name}.target" for name in NAMES}
    return {name: read_target(source, file, count)[cage.base] for name, file in files.items()}


def upper_lip(mesh: BaseMesh, cage: Cage, moves: dict[str, Float64]) -> Array:
    """Return which vertices (c,) around the mouth hardly move when the jaw opens."""
    middle, aside = LOWER_LIP
    limit = middle + aside * np.abs(mesh.vertices[cage.base, 0])
    return np.asarray(np.linalg.norm(moves["jawOpen"], axis=1) < limit)


def expressions(mesh: BaseMesh, cage: Cage, mean: Float64, moves: dict[str, Float64]) -> Float64:
    """Return the (52, c, 3) displacements of the model, mended, in the source's frame, mm.

    `mean` (c, 3) in that frame.
    """
    mended = dict(moves)
    for name, side in (("eyeBlinkLeft", 1.0), ("eyeBlinkRight", -1.0)):
        mended[name] = close(cage, mean, moves[name], side)
    smiles = [name for name in NAMES if name.startswith("mouthSmile")]
    softened = soften(cage, np.stack([moves[name] for name in smiles]))
    mended.update(zip(smiles, softened, strict=True))
    mended["mouthClose"] = CLOSE * (moves["jawOpen"] + moves["mouthClose"])
    tongue = cage.vertices_of("helper-tongue")
    mended["tongueOut"] = moves["tongueOut"].copy()
    mended["tongueOut"][tongue] += OUT
    return fit_moves(mesh, cage, np.stack([mended[name] for name in NAMES]))


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
