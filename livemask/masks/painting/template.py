"""The guide to paint on: the square of `layout`, with the lines of a face."""

from itertools import pairwise

import cv2
import numpy as np
from scipy.spatial import cKDTree

from livemask import landmarks as ibug
from livemask.masks.painting.layout import PLACES, painting_uv
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float64, Int32, UInt8

WIRE, EDGE, SAFE = (120, 130, 145, 110), (150, 60, 60, 200), (70, 150, 90, 220)
"""sRGB and alpha of the mesh, of where a mask ends, and of where it is whole."""

APART = 0.06
"""How far the edge is from eyes and lips, whose inner sides are no face either."""

LINE, WORD = (30, 60, 150, 255), (20, 20, 30, 255)

CLOSED = (ibug.RIGHT_EYE, ibug.LEFT_EYE, ibug.OUTER_LIPS, ibug.INNER_LIPS)
OPEN = (ibug.RIGHT_BROW, ibug.LEFT_BROW, ibug.NOSE_BRIDGE, ibug.NOSE_BASE)

BITS = 4
"""Behind the point of what OpenCV draws, px."""

WORDS = {
    "RIGHT": (0.10, 0.22),
    "LEFT": (0.90, 0.22),
    "EAR": (0.03, 0.40),
    " EAR": (0.97, 0.40),
    "FOREHEAD": (0.50, 0.16),
    "NECK": (0.50, 0.97),
}
"""What is written where; right and left are the subject's."""


def template(model: MorphableModel, size: int = 2048) -> UInt8:
    """Return the guide for any model's painting, with the mesh of this one.

    Green is where the face is drawn whole, red where its edge has faded out.

    Returns
    -------
    (size, size, 4) uint8
        RGBA; transparent where no line is.

    Raises
    ------
    ModelError
        If the model lacks one of the points that have a place.
    """
    canvas = np.zeros((size, size, 4), np.uint8)
    uv, fine = painting_uv(model).astype(np.float64), max(1, round(size / 1024))
    triangles = _skin(model)
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), 1)
    _lines(canvas, uv[np.unique(sides, axis=0)], WIRE, 1)
    far, _ = cKDTree(PLACES[17:]).query(uv[triangles].mean(1))
    around = triangles[np.asarray(far) > APART]
    for level, colour in ((0.02, EDGE), (0.98, SAFE)):
        ends = _contour(uv[around], model.face_weight[around] - level)
        _lines(canvas, ends, colour, fine)
    for group in (*CLOSED, *OPEN):
        _lines(canvas, PLACES[group][None], LINE, 2 * fine, closed=group in CLOSED)
    for text, place in WORDS.items():
        _write(canvas, text.strip(), np.array(place))
    return canvas


def _skin(model: MorphableModel) -> Int32:
    """Return the triangles (t, 3) of skin with some face weight: no eyes, no inner mouth."""
    skin = np.zeros(len(model.mean), bool)
    skin[model.parts.get("skin", np.arange(len(skin)))] = True
    touched = (model.face_weight[model.triangles] > 0.0).any(1)
    return model.triangles[skin[model.triangles].all(1) & touched]


def _contour(corners: Float64, above: Array) -> Float64:
    """Return the lines (l, 2, 2) on which a field `above` (t, 3) of triangles is 0."""
    crossing = (above.min(1) < 0.0) & (above.max(1) >= 0.0)
    ends = [_crossing(*pair) for pair in zip(corners[crossing], above[crossing], strict=True)]
    return np.array(ends).reshape(-1, 2, 2)


def _crossing(corners: Float64, above: Array) -> Float64:
    """Return the (2, 2) ends of the line on which a triangle's field is 0."""
    ends = []
    for i, j in pairwise((0, 1, 2, 0)):
        if (above[i] < 0.0) != (above[j] < 0.0):
            share = above[i] / (above[i] - above[j])
            ends.append(corners[i] + share * (corners[j] - corners[i]))
    return np.array(ends)


def _lines(
    canvas: UInt8, paths: Array, colour: tuple[int, ...], width: int, *, closed: bool = False
) -> None:
    """Draw `paths` (l, n, 2), places on the square, `width` px wide."""
    mask = np.zeros(canvas.shape[:2], np.uint8)
    points = np.rint((paths * len(canvas) - 0.5) * 2**BITS).astype(np.int32)
    cv2.polylines(mask, list(points), closed, 255, width, cv2.LINE_AA, BITS)
    _lay(canvas, mask, colour)


def _write(canvas: UInt8, text: str, place: Float64) -> None:
    """Write `text` about a place, within the square."""
    font, scale = cv2.FONT_HERSHEY_SIMPLEX, len(canvas) / 1500
    width = max(1, round(2 * scale))
    (wide, high), _ = cv2.getTextSize(text, font, scale, width)
    x, y = (place * len(canvas) + [-wide / 2, high / 2]).round().astype(int).tolist()
    mask = np.zeros(canvas.shape[:2], np.uint8)
    at = (min(max(x, 0), len(canvas) - wide), y)
    cv2.putText(mask, text, at, font, scale, 255, width, cv2.LINE_AA)
    _lay(canvas, mask, WORD)


def _lay(canvas: UInt8, mask: UInt8, colour: tuple[int, ...]) -> None:
    """Lay a colour with alpha over the canvas, where `mask` (size, size) says how much."""
    here = mask > 0
    under = canvas[here].astype(np.float32)
    amount = mask[here] * np.float32(colour[3] / 255.0**2)
    below = under[:, 3] / np.float32(255.0) * (1.0 - amount)
    alpha = amount + below
    mixed = np.asarray(colour[:3], np.float32) * amount[:, None] + under[:, :3] * below[:, None]
    canvas[here] = np.rint(np.column_stack([mixed / alpha[:, None], 255.0 * alpha]))
