"""Live eyes and mouth: pieces of the video, cut along landmarks, laid on another surface."""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline

from livemask import landmarks as ibug
from livemask.geometry import project
from livemask.records import Fit, Float32, Float64, Int32

AROUND = 36
"""Vertices around a piece."""

INSIDE = np.linspace(0.0, 1.0, 5)
"""Rings from the middle of a piece to its outline."""

BEYOND = np.array([0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0])
"""Rings from there to its rim."""

RINGS = len(INSIDE) + len(BEYOND)

SKIN_RINGS = np.array([-3, -2, -1])
"""Of them those that lie on bare skin, if any do."""

FADING = (0.4, 1.0)
"""Between these shares of the way from outline to rim a piece fades out."""

TURNING = (-0.05, 0.32)
"""Between these its skin takes on the colour of the surface below."""

EYE = np.array([8.0, 15.0, 12.0])
"""mm from the corners of an eye outward to the rim, from its axis up, and down."""

BROW = np.array([15.0, 8.0])
"""mm by which the rim goes around a brow instead: to the sides, and above it."""

LIPS = 9.0
"""mm from the lips to the rim."""

NARROWEST = 4.0
"""mm from the inner corner of an eye to its rim, at least; eyes shall not overlap."""

SQUARENESS = 2.6
"""Exponent of the rim of an eye: 2 is an ellipse."""

EDGE = 6.0
"""px from the picture's border within which pieces fade: beyond, nothing is known."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How large features are, and how far apart.

    Attributes
    ----------
    eyes, mouth : float
        Sizes; 1 is as in life.
    spread : float
        Of all from their middle.
    brows : bool
        Whether brows go with the eyes.
    """

    eyes: float = 1.3
    mouth: float = 1.25
    spread: float = 1.06
    brows: bool = True


class Features:
    """The grids of both eyes and the mouth.

    Parameters
    ----------
    layout : Layout

    Attributes
    ----------
    triangles : (t, 3) int32
    alpha : (n,) float32
        1 inside, 0 at the rims.
    foreign : (n,) float32
        How much of the colour of the surface below each vertex takes on.
    crease : (n,) float32
        1 where eyes and lips meet the skin around them, 0 farther away.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        count = RINGS * AROUND
        one = _ring_triangles(RINGS)
        self.triangles: Int32 = np.concatenate([one + i * count for i in range(3)])
        beyond = np.concatenate([INSIDE - 1.0, BEYOND]).repeat(AROUND)
        self.alpha = np.tile(1.0 - _step(beyond, *FADING), 3).astype(np.float32)
        self.foreign = np.tile(_step(beyond, *TURNING), 3).astype(np.float32)
        away = np.where(beyond < 0.22, beyond - 0.22, 0.45 * (beyond - 0.22))
        self.crease = np.tile(np.exp(-((away / 0.16) ** 2)), 3).astype(np.float32)

    def cut(self, points: Float64) -> tuple[Float64, Float64]:
        """Return where the grid lies on the face, and where it is to be laid.

        `points` (68, 3) mm, head frame. The first (n, 3) mm lies on the face; the second
        (n, 2) are x and y on the new surface, both in the head frame.
        """
        middle = points[17:].mean(0)
        cuts, laid = [], []
        for outline, rim, anchor, size in self._shapes(points):
            rings = [anchor + s * (outline - anchor) for s in INSIDE]
            rings += [outline + s * (rim - outline) for s in BEYOND]
            grid = np.concatenate(rings)
            home = middle + self._layout.spread * (anchor - middle)
            cuts.append(grid)
            laid.append((home + size * (grid - anchor))[:, :2])
        return np.concatenate(cuts), np.concatenate(laid)

    def _shapes(self, points: Float64) -> list[tuple[Float64, Float64, Float64, float]]:
        """Return outline and rim (AROUND, 3), the anchor (3,) and the size of each piece."""
        eyes = ((ibug.RIGHT_EYE, ibug.RIGHT_BROW), (ibug.LEFT_EYE, ibug.LEFT_BROW))
        size, middle = self._layout.eyes, points[17:].mean(0)
        shapes = []
        for eye, brow in eyes:
            corners = points[eye][[0, 3]]
            apart = abs(float(corners.mean(0)[0] - middle[0])) * self._layout.spread
            shape = _eye(points[eye], points[brow], self._layout.brows, apart / size)
            shapes.append((*shape, size))
        mouth = _mouth(points[ibug.OUTER_LIPS], points[ibug.INNER_LIPS])
        return [*shapes, (*mouth, self._layout.mouth)]


def _eye(
    eye: Float64, brow: Float64, with_brow: bool, room: float
) -> tuple[Float64, Float64, Float64]:
    """Return outline, rim and anchor of an eye; the rim does not move with the lids.

    `room` is how far it may reach from the anchor towards the nose, mm.
    """
    anchor = 0.5 * (eye[0] + eye[3])
    half = 0.5 * np.linalg.norm(eye[3] - eye[0])
    along = (eye[3] - eye[0]) / (2.0 * half)
    up = brow.mean(0) - anchor
    up -= along * (up @ along)
    up /= np.linalg.norm(up)
    wide, high, low = half + EYE[0], EYE[1], EYE[2]
    if with_brow:
        wide = half + BROW[0]
        high = ((brow - anchor) @ up).max() + BROW[1]
    angle = np.pi - 2.0 * np.pi * np.arange(AROUND) / AROUND
    x, y = (np.sign(v) * np.abs(v) ** (2.0 / SQUARENESS) for v in (np.cos(angle), np.sin(angle)))
    tall = np.where(y > 0.0, high, low)
    nasal = min(wide, max(room, half + NARROWEST))
    wide = np.where(x * anchor[0] < 0.0, nasal, wide)
    rim = anchor + (wide * x)[:, None] * along + (tall * y)[:, None] * up
    return _EYE_CURVE @ eye, rim, anchor


def _mouth(outer: Float64, inner: Float64) -> tuple[Float64, Float64, Float64]:
    """Return outline, rim and anchor of a mouth."""
    outline, anchor = _LIP_CURVE @ outer, inner.mean(0)
    away = outline - anchor
    rim = outline + LIPS * away / np.linalg.norm(away, axis=1, keepdims=True)
    return outline, rim, anchor


def _curve(count: int) -> Float64:
    """Return the (AROUND, count) weights of `count` points on a closed smooth curve."""
    knots = np.arange(count + 1)
    spline = CubicSpline(knots, np.eye(count)[knots % count], bc_type="periodic")
    return np.asarray(spline(np.arange(AROUND) * count / AROUND))


_EYE_CURVE, _LIP_CURVE = _curve(6), _curve(12)


def _ring_triangles(rings: int) -> Int32:
    """Return the triangles of rings of vertices, the outermost last, seen from the front.

    Rings run clockwise as seen from there: over the upper side first, from the image's left.
    """
    here = np.arange(rings * AROUND).reshape(rings, AROUND)
    after = np.roll(here, -1, axis=1)
    a, b, c, d = here[:-1], after[:-1], here[1:], after[1:]
    return np.ascontiguousarray(np.stack([a, b, d, a, d, c], -1).reshape(-1, 3), np.int32)


def _step(value: Float64, low: float, high: float) -> Float64:
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def frame_uv(fit: Fit, points: Float64) -> tuple[Float32, Float32]:
    """Return where `points` (n, 3) of the head lie in the frame, and how surely inside.

    The first (n, 2) is a `uv`; the second (n,) falls to 0 at the border of the picture.
    """
    pixels = np.nan_to_num(project(fit.camera, fit.camera_from_head, points), nan=-1e3)
    size = np.array(fit.camera.size)
    room = np.minimum(pixels + 0.5, size - 0.5 - pixels).min(1)
    uv = (pixels + 0.5) / size
    return uv.astype(np.float32), np.clip(room / EDGE, 0.0, 1.0).astype(np.float32)
