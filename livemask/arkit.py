"""The 52 expressions of ARKit, in its order, and models that have them.

Apple, "ARFaceAnchor.BlendShapeLocation". Programs that take live expressions know these names
and no others.
"""

from livemask.errors import ModelError
from livemask.morphable_model import MorphableModel

NAMES = (
    "eyeBlinkLeft",
    "eyeLookDownLeft",
    "eyeLookInLeft",
    "eyeLookOutLeft",
    "eyeLookUpLeft",
    "eyeSquintLeft",
    "eyeWideLeft",
    "eyeBlinkRight",
    "eyeLookDownRight",
    "eyeLookInRight",
    "eyeLookOutRight",
    "eyeLookUpRight",
    "eyeSquintRight",
    "eyeWideRight",
    "jawForward",
    "jawLeft",
    "jawRight",
    "jawOpen",
    "mouthClose",
    "mouthFunnel",
    "mouthPucker",
    "mouthLeft",
    "mouthRight",
    "mouthSmileLeft",
    "mouthSmileRight",
    "mouthFrownLeft",
    "mouthFrownRight",
    "mouthDimpleLeft",
    "mouthDimpleRight",
    "mouthStretchLeft",
    "mouthStretchRight",
    "mouthRollLower",
    "mouthRollUpper",
    "mouthShrugLower",
    "mouthShrugUpper",
    "mouthPressLeft",
    "mouthPressRight",
    "mouthLowerDownLeft",
    "mouthLowerDownRight",
    "mouthUpperUpLeft",
    "mouthUpperUpRight",
    "browDownLeft",
    "browDownRight",
    "browInnerUp",
    "browOuterUpLeft",
    "browOuterUpRight",
    "cheekPuff",
    "cheekSquintLeft",
    "cheekSquintRight",
    "noseSneerLeft",
    "noseSneerRight",
    "tongueOut",
)

MAY_MISS = ("tongueOut",)
"""Not of ARKit's first version; many models have no tongue."""


def arkit_rows(model: MorphableModel, output: str) -> tuple[int, ...]:
    """Return the row of `model.expressions` of each of `NAMES`, -1 for one that may miss.

    Parameters
    ----------
    model : MorphableModel
        Any that a loader returns.
    output : str
        What needs them, for the message.

    Raises
    ------
    ModelError
        If the model has not these names.
    """
    rows = {name: row for row, name in enumerate(model.expression_names)}
    missing = [name for name in NAMES if name not in rows and name not in MAY_MISS]
    if missing:
        has = ", ".join(model.expression_names[:3]) or "none"
        raise ModelError(
            f"{output} needs the expressions of ARKit by name; the model {model.name!r} lacks "
            f"{len(missing)} of them ({missing[0]}...), it has {has}... Use --model head, or a "
            "model with these names, such as ICT-FaceKit."
        )
    return tuple(rows.get(name, -1) for name in NAMES)
