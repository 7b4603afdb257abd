"""What cannot be made of a model that lacks some of the 68 points, and of one without a face."""

from collections.abc import Iterable

import numpy as np

from livemask.errors import ModelError
from livemask.landmarks import LEFT_EYE, LEFT_MOUTH_CORNER, NOSE_TIP, RIGHT_EYE, RIGHT_MOUTH_CORNER
from livemask.morphable_model import MorphableModel
from livemask.records import Array

ALL = np.arange(68)
FIVE = np.r_[NOSE_TIP, RIGHT_EYE, LEFT_EYE, RIGHT_MOUTH_CORNER, LEFT_MOUTH_CORNER]

NEEDED = {"kpt": ALL, "mat": ALL, "crop": FIVE}
"""The points without which an output would not be what it is called."""


def lacking(model: MorphableModel, outputs: Iterable[str]) -> dict[str, Array]:
    """Return those outputs that cannot be made of a model, and the points (p,) that they lack."""
    missing = np.flatnonzero(model.landmark_vertices < 0)
    wanted = {name: np.intersect1d(NEEDED.get(name, ALL[:0]), missing) for name in outputs}
    return {name: points for name, points in wanted.items() if len(points)}


def cannot(model: MorphableModel, lacked: dict[str, Array]) -> ModelError:
    """Return the error that names outputs and the points that they lack."""
    points = np.unique(np.concatenate(list(lacked.values())))
    shown = ", ".join(map(str, points[:6].tolist())) + ", ..." * (len(points) > 6)
    return ModelError(
        f"{', '.join(lacked)} cannot be written, which need iBUG points that the model "
        f"{model.name!r} lacks ({shown}); leave them out, or use another model."
    )


def check_face(model: MorphableModel) -> None:
    """Refuse a model of which nobody knows where its face is.

    Raises
    ------
    ModelError
    """
    if not (model.face_weight > 0.0).any():
        raise ModelError(
            f"the model {model.name!r} lacks points of eyes, chin or jaw, so nobody knows where "
            "its face ends, and which part of a photo it is to explain; use another model."
        )
