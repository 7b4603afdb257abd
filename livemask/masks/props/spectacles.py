"""The shapes of glasses: rims, bridge, pads and arms about the eyes of a head."""

from collections.abc import Callable

import numpy as np
from scipy.spatial import cKDTree

from livemask import landmarks as ibug
from livemask.masks.props.frames import Style
from livemask.masks.props.solid import Shape, Solid, grid, joined, mirrored, smooth_line, tube
from livemask.masks.props.wearer import Wearer
from livemask.records import Array, Float32, Float64, Material

USUAL = 87.4
"""mm between the outer corners of the eyes for which sizes are given."""

AROUND = 64
"""Corners of a lens."""

BEFORE = 5.5
"""mm from the bridge of the nose to the middle of the frame."""

TILT = np.radians(7.0)
"""By which lenses lean: their lower rim is nearer to the cheeks."""

WRAP = 210.0
"""mm: radius about which the frame bends around the face."""

OVER_EAR = np.array([1.5, 5.0, -12.0])
"""mm outward from the side of the head, up from the eyes, and forward from the first jaw point:
where an arm lies on the ear."""

REACH, FAR, DEPTH = 6.0, 16.0, 0.34
"""mm over which the shadow of the frame fades, beside it and behind it, and how deep it is."""


class Spectacles:
    """Glasses of a style, for any head.

    Parameters
    ----------
    style : Style
    colour : (float, float, float)
        Linear RGB.
    """

    def __init__(self, style: Style, colour: tuple[float, float, float]) -> None:
        self._style = style
        look = "metal" if style.metal else "shaded"
        self._frame = Material(
            look=look, colour=colour, specular=0.5, exponent=220.0 if style.metal else 70.0
        )
        self._glass = Material(
            look="lens", colour=(0.010, 0.011, 0.013), specular=0.018, lit=False, two_sided=True
        )

    def needed(self, points: Array) -> Array:
        """Return which of points (n, 3) of the mean head may be before the glasses."""
        return np.asarray((points[:, 1] > -45.0) & (points[:, 1] < 75.0) & (points[:, 2] > -45.0))

    def carried(self, moved: Float64) -> Float64:
        """Return how far the bridge of the nose has gone."""
        return np.asarray(moved[27:29].mean(0))

    def made(self, wearer: Wearer) -> tuple[Solid, ...]:
        """Return frame and lenses."""
        size = _size(wearer.points)
        rim, middle = self._rim(wearer.points, size)
        half = joined(self._ring(rim, size), self._arm(wearer, rim, size))
        if self._style.metal:
            half = joined(half, self._pad(wearer.points, size))
        shape = joined(half, mirrored(half), *self._bridges(rim, size))
        vertices = shape[0].astype(np.float32)
        frame = Solid(vertices, shape[1], self._frame, alpha=self._sunk(vertices, wearer))
        return frame, self._lenses(rim, middle)

    def shadow(self, wearer: Wearer) -> Callable[[Array], Array]:
        """Return the shadow that rims and bridge throw on the skin below them."""
        size = _size(wearer.points)
        rim, _ = self._rim(wearer.points, size)
        bridge = self._bridges(rim, size)[0][0]
        line = np.concatenate([rim, rim * (-1.0, 1.0, 1.0), bridge]) - (0.0, 4.5, 0.0)

        def deep(points: Array) -> Array:
            near, at = cKDTree(line[:, :2]).query(points[:, :2])
            before = line[np.asarray(at), 2] - points[:, 2]
            return DEPTH * np.exp(-((np.asarray(near) / REACH) ** 2) - (before / FAR) ** 2)

        return deep

    def _rim(self, points: Float64, size: float) -> tuple[Float64, Float64]:
        """Return the rim (AROUND, 3) of the left lens, and its middle (3,)."""
        turn = 2.0 * np.pi * np.arange(AROUND) / AROUND
        x, y = self._style.outline(turn)
        eye = 0.5 * (points[ibug.LEFT_EYE].mean(0) + points[ibug.RIGHT_EYE].mean(0) * (-1, 1, 1))
        gap = size * (float(-x.min()) + 8.5)
        middle = np.array([max(float(eye[0]) + 1.0, gap), eye[1] - size * self._style.lower, 0.0])
        flat = middle + size * np.column_stack([x, y, np.zeros(AROUND)])
        return self._bent(np.vstack([flat, middle]), points), middle

    def _bent(self, flat: Float64, points: Float64) -> Float64:
        """Return points of the frame, leaning and bent around the face; all but the last."""
        bent = flat.copy()
        front = points[27, 2] * 0.5 + points[28, 2] * 0.5
        bent[:, 2] += front + BEFORE - flat[:, 0] ** 2 / (2.0 * WRAP)
        bent[:, 2] += np.tan(TILT) * (flat[:, 1] - flat[-1, 1])
        self._middle_depth = float(bent[-1, 2])
        return bent[:-1]

    def _ring(self, rim: Float64, size: float) -> Shape:
        wide, deep = self._style.thick
        return _hoop(rim, size * wide, size * deep)

    def _bridges(self, rim: Float64, size: float) -> tuple[Shape, ...]:
        """Return the bars between the lenses."""
        wide, deep = self._style.thick
        inner = rim[np.argmin(rim[:, 0])]
        high = rim[:, 1].max()
        rise = 0.35 * (high - inner[1])
        start = rim[
            np.argmin(np.abs(rim[:, 1] - inner[1] - rise) + (rim[:, 0] > inner[0] + 12 * size) * 99)
        ]
        bars = [_bar(start, 3.5 * size, (size * deep, 1.15 * size * wide))]
        if self._style.double:
            top = rim[
                np.argmin(
                    np.abs(rim[:, 1] - inner[1] - 0.8 * (high - inner[1]))
                    + (rim[:, 0] > rim[:, 0].mean()) * 99
                )
            ]
            bars.append(_bar(top, 1.0 * size, (size * deep, size * wide)))
        return tuple(bars)

    def _arm(self, wearer: Wearer, rim: Float64, size: float) -> Shape:
        """Return the left arm, from the outer end of the rim over the ear and down behind it."""
        ear = ear_of(wearer)
        high = rim[:, 1].max() - 0.3 * np.ptp(rim[:, 1])
        outer = rim[np.argmin(np.abs(rim[:, 1] - high) + 99.0 * (rim[:, 0] < rim[:, 0].mean()))]
        end = np.array([outer[0] + 2.5 * size, outer[1] + 0.5, outer[2] - 7.0])
        line = smooth_line(
            np.array([
                outer, end, end + 0.5 * (ear - end), ear, ear + np.array([0.0, -4.0, -12.0]),
                ear + np.array([-1.0, -16.0, -24.0]), ear + np.array([-3.0, -30.0, -29.0]),
            ]),
            40,
        )  # fmt: skip
        thick = 0.8 if self._style.metal else 1.3
        tall = 0.9 if self._style.metal else 2.6
        taper = np.linspace(1.0, 0.7, len(line))
        return _strap(line, size * thick * taper, size * tall * taper)

    def _pad(self, points: Float64, size: float) -> Shape:
        """Return the left pad, on the side of the nose, and its wire."""
        at = points[28] + np.array([7.5 * size, 1.0, -5.0])
        line = at + np.array([(-0.4, 4.0, 0.0), (0.0, 0.0, 0.0), (1.2, -5.0, -1.0)])
        return tube(
            smooth_line(line, 8),
            size * np.array([0.8, 1.9]) * np.sin(np.linspace(0.3, 2.8, 8))[:, None],
            8,
        )

    def _sunk(self, vertices: Float32, wearer: Wearer) -> Float32:
        """Return (n,) opacities: arms end softly on the ear, as what is behind it is not known."""
        ear = ear_of(wearer)
        return np.clip((vertices[:, 2] - ear[2] + 3.0) / 9.0, 0.0, 1.0).astype(np.float32)

    def _lenses(self, rim: Float64, middle: Float64) -> Solid:
        """Return both lenses, bulging a little."""
        share = np.array([0.0, 0.35, 0.7, 1.0])
        centre = np.array([middle[0], middle[1], self._middle_depth])
        left = centre + share[:, None, None] * (rim - centre)
        left[..., 2] += 2.2 * (1.0 - share**2)[:, None]
        shape = left.reshape(-1, 3), grid(len(share), AROUND, closed=True)[:, ::-1]
        vertices, triangles = joined(shape, mirrored(shape))
        low, high = rim[:, 1].min(), rim[:, 1].max()
        up = np.clip((vertices[:, 1] - low) / (high - low), 0.0, 1.0)
        tint = self._style.tint[0] + (self._style.tint[1] - self._style.tint[0]) * up
        return Solid(
            vertices.astype(np.float32),
            np.ascontiguousarray(triangles),
            self._glass,
            alpha=tint.astype(np.float32),
        )


def _size(points: Float64) -> float:
    return ibug.eye_distance(points) / USUAL


def ear_of(wearer: Wearer) -> Float64:
    """Return where an arm lies on the left ear, (3,) mm."""
    points, skin = wearer.points, wearer.skin
    eyes = points[36:48, 1].mean()
    jaw = 0.5 * (np.abs(points[0]) + np.abs(points[16]))
    deep = 0.5 * (points[0, 2] + points[16, 2]) + OVER_EAR[2]
    # Before the ear, which stands out farther than the arm that lies on it.
    near = (np.abs(skin[:, 1] - eyes - OVER_EAR[1]) < 8.0) & (np.abs(skin[:, 2] - jaw[2]) < 9.0)
    side = float(np.abs(skin[near, 0]).max()) if near.any() else float(jaw[0])
    return np.array([side + OVER_EAR[0], eyes + OVER_EAR[1], deep])


def _hoop(rim: Float64, wide: float, deep: float) -> Shape:
    """Return a closed rim: its sections are wide in the plane of the lens, and deep across it."""
    middle = rim.mean(0)
    out = rim - middle
    out[:, 2] = 0.0
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    turn = 2.0 * np.pi * np.arange(10) / 10
    round_ = (
        np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.7,
        np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.7,
    )
    sections = (
        rim[:, None]
        + wide * round_[0][None, :, None] * out[:, None]
        + deep * round_[1][None, :, None] * np.array([0.0, 0.0, 1.0])
    )
    vertices = np.concatenate([sections, sections[:1]]).reshape(-1, 3)
    return vertices, np.ascontiguousarray(grid(len(rim) + 1, 10, closed=True)[:, ::-1])


def _bar(start: Float64, rise: float, radii: tuple[float, float]) -> Shape:
    """Return a bar from `start` on the left rim to its mirror image, arched up and forward."""
    t = np.linspace(-1.0, 1.0, 13)
    line = np.column_stack(
        [start[0] * t, start[1] + rise * (1 - t**2), start[2] + 1.5 * (1 - t**2)]
    )
    return _strap(line, np.full(13, radii[1]), np.full(13, radii[0]))


def _strap(line: Float64, thick: Array, tall: Array) -> Shape:
    """Return a bar along a line, `thick` to the sides and `tall` upward."""
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    reference = np.array([0.0, 1.0, 0.0]) if abs(ahead[0, 0]) < 0.9 else np.array([0.0, 0.0, 1.0])
    side = np.cross(ahead, reference)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    up = np.cross(side, ahead)
    turn = 2.0 * np.pi * np.arange(8) / 8
    c, s = (np.sign(v) * np.abs(v) ** 0.7 for v in (np.cos(turn), np.sin(turn)))
    vertices = line[:, None] + (c[None, :, None] * (thick[:, None] * side)[:, None]
                                + s[None, :, None] * (tall[:, None] * up)[:, None])  # fmt: skip
    return vertices.reshape(-1, 3), np.ascontiguousarray(grid(len(line), 8, closed=True)[:, ::-1])
