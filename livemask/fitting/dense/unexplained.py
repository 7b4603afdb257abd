"""How much of a face in a picture light and albedo of the model leave unexplained."""

import numpy as np

from livemask.fitting.dense.picture import Picture
from livemask.fitting.dense.rows import LIGHT, harmonics, look
from livemask.fitting.dense.surface import Surface
from livemask.geometry import transform_points
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Frame

BLUR = 1.2
"""px of the cut."""

ROUNDS = 10
"""Of the reweighted solve."""


def unexplained(model: MorphableModel, surface: Surface, frame: Frame, fit: Fit) -> float:
    """Return the median difference of brightness between a picture and its best explanation.

    A share: 0.1 is a tenth too dark or too bright. The light is whichever suits best, least
    absolute differences (iteratively reweighted: Holland & Welsch 1977). nan of a small face.
    """
    picture = Picture.of(frame, fit)
    if picture is None:
        return float("nan")
    vertices = model.vertices(fit.identity, fit.expression)
    places = transform_points(fit.camera_from_head, vertices[surface.vertices]).T
    normals = fit.camera_from_head[:3, :3] @ model.normals(vertices)[surface.vertices].T
    seen = look(places, normals, fit.camera, picture, picture.blurred(BLUR))
    shown = seen.facing > 0.0
    if np.count_nonzero(shown) <= LIGHT + len(surface.tones):
        return float("nan")
    basis = np.concatenate([harmonics(normals), surface.tones[:, 0]])[:, shown].T
    wanted = (seen.values[0, 0] - surface.albedo[0])[shown]
    weights, rest = np.ones(len(wanted)), wanted
    for _ in range(ROUNDS):
        roots = np.sqrt(weights)
        found = np.linalg.lstsq(basis * roots[:, None], wanted * roots, rcond=None)[0]
        rest = wanted - basis @ found
        weights = 1.0 / np.maximum(np.abs(rest), 0.01)
    return float(np.median(np.abs(rest)))
