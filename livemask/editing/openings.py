"""What opens in a face and the photo has not shown: mouth and eyes, painted from the model."""

import cv2
import numpy as np

from livemask.editing.easel import Easel
from livemask.editing.motion import INNER, Motion
from livemask.editing.pair import Pair
from livemask.editing.shadows import cone, reached
from livemask.harmonics import shade
from livemask.landmarks import INNER_LIPS, LEFT_EYE, RIGHT_EYE
from livemask.reconstruction.raster import draw
from livemask.records import Array, Float32, Light

OPENED = (0.4, 1.6)
"""mm by which lips or lids move: up to the first the photo's own is kept, from the second on what
is behind is painted where the photo does not surely show it."""

MARGIN = 1.4
"""mm from the edge of the lips up to which the photo is not believed to show what is behind."""

WIDE, LIGHTS = 1.1, 28
"""rad around the line of sight from where light falls into a mouth, and from how many sides."""

DIM, DEEP = 1.6, 0.4
"""How bright a mouth is, whose colours the model has in its shade, where all light reaches it; of
that, where none does."""


def painted(pair: Pair, motion: Motion, easel: Easel, light: Light) -> tuple[Float32, Float32]:
    """Return what is behind lips and lids, (h, w, 3) linear, and how far it is to be seen, (h, w).

    It is painted where it is seen now and was not in the photo.
    """
    lips, eyes = _opened(pair, INNER_LIPS), max(_opened(pair, e) for e in (LEFT_EYE, RIGHT_EYE))
    mouth = lips * motion.mouth * (1.0 - _surely_inside(pair, motion, easel))
    share = np.maximum(mouth, eyes * motion.eyes * (1.0 - motion.own.good))
    if not share.any():
        return np.zeros((*share.shape, 3), np.float32), share.astype(np.float32)
    drawn = draw(easel.camera, pair.after.points, pair.model.triangles, _colours(pair, light))
    return drawn.values, share.astype(np.float32)


def _opened(pair: Pair, points: slice) -> float:
    """Return how far, 0 to 1, lips or lids have moved."""
    vertices = pair.model.landmark_vertices[points]
    moved = pair.moved[vertices[vertices >= 0]].max(initial=0.0)
    return float(np.clip((moved - OPENED[0]) / (OPENED[1] - OPENED[0]), 0.0, 1.0))


def _surely_inside(pair: Pair, motion: Motion, easel: Easel) -> Array:
    """Return (h, w) how surely the photo shows each pixel between its open lips."""
    inside = np.zeros((len(pair.moved), 1))
    for part in INNER:
        inside[pair.model.parts.get(part, [])] = 1.0
    before = draw(easel.camera, pair.before.points, pair.model.triangles, inside).values[..., 0]
    side = 2 * max(1, round(MARGIN / easel.mm)) + 1
    core = cv2.erode(before, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    core = cv2.GaussianBlur(core, (0, 0), 0.25 * side)
    x, y = (
        (motion.own.places[..., i] - easel.box[i] + 0.5) * np.float32(easel.scale) - 0.5
        for i in (0, 1)
    )
    return np.asarray(cv2.remap(core, x, y, cv2.INTER_LINEAR) * motion.own.good)


def _colours(pair: Pair, light: Light) -> Array:
    """Return the (n, 3) linear colours of eyes and mouth, in a light that must get in first."""
    model, after = pair.model, pair.after
    colours = model.albedo * shade(light.harmonics, after.normals)
    inner = np.concatenate([model.parts.get(part, np.zeros(0, int)) for part in INNER])
    ways = cone(np.array([0.0, 0.0, 1.0]), WIDE, LIGHTS)
    even = light.harmonics[:1] * 0.282095
    share = reached(after.points, model.triangles, ways)[inner, None]
    colours[inner] = DIM * (DEEP + (1.0 - DEEP) * share) * model.albedo[inner] * even
    return np.asarray(colours)
