"""Zones: which vertices of a head take part in a swap, and how."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from livemask.errors import ModelError
from livemask.landmarks import LEFT_BROW, LEFT_EYE, NOSE_BASE, OUTER_LIPS, RIGHT_BROW, RIGHT_EYE
from livemask.masks.face_mesh import INNER_PARTS, smooth
from livemask.masks.swapping.baking import hairy
from livemask.masks.swapping.regions import region
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32

FACE = (0.05, 0.95)
"""Face weights between which a face fades in."""

ABOVE = (22.0, 14.0)
"""mm above the brows at which it ends, and over which it fades: hair begins somewhere there."""

FEATURE = (3.0, 9.0)
"""mm from the lines of brows, eyes, nostrils and lips: nearer, no colour is skin's; beyond, all."""

BETWEEN = (6.0, 10.0)
"""The same from the brows: beyond, what lies about them may be hair."""

LIDS = 5.0
"""mm above the lower ends of the brows up to which that holds less: below are the lids."""

OUTER = (8.0, 28.0)
"""mm from the inner points between which cheek and jaw begin."""

STEPS = 6
"""Points between two landmarks of a line."""


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """All (n,) float32, 0 to 1, of the vertices of a model.

    Attributes
    ----------
    shown : what of a face can be put on; eyes and what is in the mouth are
    part : what of that is asked for
    eyes, mouth : what is seen through the openings of the face
    features : brows, eyes, nostrils, lips: of no skin's colour
    doubtful : forehead, temples, between the brows: it may be hair, or a hat
    outer : cheeks and jaw
    """

    shown: Float32
    part: Float32
    eyes: Float32
    mouth: Float32
    features: Float32
    doubtful: Float32
    outer: Float32


@lru_cache(maxsize=8)
def zones_of(model: MorphableModel, parts: tuple[str, ...] = ()) -> Zones:
    """Return the zones of a model; `parts` of it, `eyes`, `nose` or `mouth`, may be asked for.

    Raises
    ------
    ModelError
        If the model does not say where its face is.
    """
    eyes = _part(model, INNER_PARTS[:1])
    mouth = _part(model, INNER_PARTS[1:])
    shown = _face(model)
    if not shown.any():
        raise ModelError(
            f"the model {model.name!r} has no face weight, so nobody knows where its face ends; "
            "use another model."
        )
    shown = np.where(eyes + mouth > 0.0, 1.0, shown)
    asked = (
        np.max([region(model, part) for part in parts], axis=0) if parts else np.ones(len(shown))
    )
    asked = np.where(eyes > 0.0, float(not parts or "eyes" in parts), asked)
    asked = np.where(mouth > 0.0, float(not parts or "mouth" in parts), asked)
    features, brows = _apart(model, _FEATURES), _apart(model, (RIGHT_BROW, LEFT_BROW))
    low = model.mean[model.landmark_vertices[17:27], 1].min()
    over = smooth((model.mean[:, 1] - low) / LIDS)
    between = smooth((brows - BETWEEN[0]) / (BETWEEN[1] - BETWEEN[0])) * over
    inner = _apart(model, (slice(17, 68),))
    made = (
        shown,
        asked,
        eyes,
        mouth,
        1.0 - smooth((features - FEATURE[0]) / (FEATURE[1] - FEATURE[0])),
        np.maximum(hairy(model), between),
        smooth((np.asarray(inner) - OUTER[0]) / (OUTER[1] - OUTER[0])),
    )
    return Zones(*(np.asarray(zone, np.float32) for zone in made))


_FEATURES = (RIGHT_BROW, LEFT_BROW, RIGHT_EYE, LEFT_EYE, OUTER_LIPS, NOSE_BASE)
_CLOSED = (RIGHT_EYE, LEFT_EYE, OUTER_LIPS)


def _part(model: MorphableModel, names: tuple[str, ...]) -> Array:
    inside = np.zeros(len(model.mean))
    for name in names:
        inside[model.parts.get(name, [])] = 1.0
    return inside


def _face(model: MorphableModel) -> Array:
    """Return (n,) 1 on the face up to the brows, falling to 0 above them and around it."""
    brows = model.mean[model.landmark_vertices[17:27], 1].max()
    below = smooth((brows + ABOVE[0] - model.mean[:, 1]) / ABOVE[1])
    return smooth((model.face_weight - FACE[0]) / (FACE[1] - FACE[0])) * below


def _apart(model: MorphableModel, lines: tuple[slice, ...]) -> Array:
    """Return (n,) mm from each vertex to lines of landmarks."""
    points = []
    for line in lines:
        marks = model.landmark_vertices[line]
        corners = model.mean[marks[marks >= 0]]
        ends = np.roll(corners, -1, axis=0)
        count = len(corners) - (line not in _CLOSED)
        share = np.linspace(0.0, 1.0, STEPS)[:, None, None]
        points.append((corners + share * (ends - corners))[:, :count].reshape(-1, 3))
    return np.asarray(cKDTree(np.concatenate(points)).query(model.mean)[0])
