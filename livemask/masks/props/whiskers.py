"""The hairs of a moustache: where they grow on the upper lip, and how they lie."""

from typing import NamedTuple

import numpy as np
from scipy.interpolate import RBFInterpolator
from scipy.spatial import cKDTree

from livemask import landmarks as ibug
from livemask.masks.props.solid import Solid, smooth_line
from livemask.masks.props.wearer import Wearer
from livemask.records import Array, Float32, Float64, Int32, Material

STEPS = 6
"""Sections of a hair."""

HELD = np.r_[31:36, 48:55, 60:65, 4, 12, 2, 14]
"""Landmarks that hairs move with."""

MATERIAL = Material(look="face", specular=0.10, exponent=14.0, two_sided=True)

COLOURS = {
    "black": (0.010, 0.009, 0.009),
    "brown": (0.060, 0.028, 0.014),
    "ginger": (0.30, 0.095, 0.028),
    "blond": (0.42, 0.27, 0.11),
    "grey": (0.30, 0.29, 0.28),
    "white": (0.66, 0.64, 0.61),
}
"""Linear RGB."""


class Style(NamedTuple):
    """A kind of moustache.

    Attributes
    ----------
    hairs : int
        On each side.
    guide : (p, 3) float
        How its left half runs, from under the nose to its tip: x outward from the middle, y up
        from the lip's edge there, z off the skin; shares of half the mouth's width.
    body : (float, float, float)
        Half its height at the middle, where it is widest, and at its tip, in the same shares.
    long : (float, float)
        Of a hair, shares of the guide.
    droop : float
        How much hairs turn down from the guide, rad.
    proud : float
        mm that its middle stands off the skin.
    """

    hairs: int
    guide: tuple[tuple[float, float, float], ...]
    body: tuple[float, float, float]
    long: tuple[float, float]
    droop: float
    proud: float


STYLES = {
    "handlebar": Style(
        620, ((0.02, 0.30, 0.0), (0.40, 0.24, 0.0), (0.85, 0.06, 0.02), (1.20, -0.02, 0.12),
              (1.50, 0.14, 0.16), (1.62, 0.40, 0.14), (1.50, 0.58, 0.12)),
        (0.13, 0.20, 0.02), (0.20, 0.34), 0.16, 4.0),
    "chevron": Style(
        760, ((0.02, 0.26, 0.0), (0.35, 0.25, 0.0), (0.75, 0.15, 0.0), (1.08, -0.06, 0.0),
              (1.20, -0.22, 0.0)),
        (0.17, 0.20, 0.07), (0.16, 0.26), 0.75, 3.6),
    "pencil": Style(
        420, ((0.06, 0.13, 0.0), (0.40, 0.15, 0.0), (0.75, 0.05, 0.0), (1.04, -0.10, 0.0)),
        (0.035, 0.045, 0.015), (0.10, 0.18), 0.35, 1.0),
    "walrus": Style(
        900, ((0.02, 0.26, 0.02), (0.40, 0.22, 0.04), (0.80, 0.06, 0.04), (1.10, -0.24, 0.04),
              (1.20, -0.62, 0.03)),
        (0.20, 0.24, 0.08), (0.24, 0.36), 0.85, 6.0),
}  # fmt: skip


class Whiskers(NamedTuple):
    """A moustache on one head at rest.

    Attributes
    ----------
    solid : Solid
    weights : (n, len(HELD)) float32
        How far each vertex goes with each landmark.
    spread : (k, 3) float64
        Points along it, x and y, mm, and half its height there: what it shades.
    """

    solid: Solid
    weights: Float32
    spread: Float64


def grown_on(wearer: Wearer, style: Style, colour: tuple[float, float, float]) -> Whiskers:
    """Return the moustache of a style on a head."""
    points = wearer.points
    guide = _guide(points, style)
    roots, along, droop = _roots(style)
    flat, off = _lain(guide, points, style, (roots, along, droop))
    lip = _Lip(wearer)
    lines = lip.on_skin(flat, off)
    vertices, normals = _ribbons(lines, lip, style.hairs)
    colours = _coloured(colour, 2 * style.hairs)
    solid = Solid(vertices, _triangles(2 * style.hairs), MATERIAL, colours=colours, normals=normals)
    half = 0.5 * float(points[54, 0] - points[48, 0])
    thick = half * np.interp(np.linspace(0.0, 1.0, len(guide)), (0.0, 0.35, 1.0), style.body)
    left = np.column_stack([guide[:, :2], thick])
    return Whiskers(solid, _weights(points, vertices), np.vstack([left, left * (-1, 1, 1)]))


def _guide(points: Float64, style: Style) -> Float64:
    """Return the left guide (100, 3): x and y, mm, head frame, and mm off the skin."""
    half = 0.5 * float(points[54, 0] - points[48, 0])
    lines = np.array(style.guide) * half
    lines[:, 1] += np.interp(lines[:, 0], points[51:55, 0], points[51:55, 1])
    return smooth_line(lines, 100)


def _roots(style: Style) -> tuple[Array, Array, Array]:
    """Return for each hair of one side where it grows: along the guide, beside it, and its
    length, all 0 to 1 or -1 to 1.
    """
    rng = np.random.default_rng(11)
    count = style.hairs
    along = (np.arange(count) + rng.uniform(0, 1, count)) / count
    beside = rng.uniform(-1.0, 1.0, count)
    long = rng.uniform(*style.long, count)
    return along * (1.0 - 0.5 * style.long[0]), beside, long


def _lain(
    guide: Float64, points: Float64, style: Style, hairs: tuple[Array, Array, Array]
) -> tuple[Float64, Float64]:
    """Return hairs of the left side (c, STEPS, 2), x and y, and how far off the skin (c, STEPS)."""
    along, beside, long = hairs
    half = 0.5 * float(points[54, 0] - points[48, 0])
    at = np.clip(along[:, None] + long[:, None] * np.linspace(0.0, 1.0, STEPS), 0.0, 1.0)
    centre = np.stack(
        [np.interp(at, np.linspace(0, 1, len(guide)), guide[:, i]) for i in range(3)], -1
    )
    ahead = np.gradient(guide[:, :2], axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    up = np.column_stack([-ahead[:, 1], ahead[:, 0]])
    across = np.stack(
        [np.interp(at, np.linspace(0, 1, len(guide)), up[:, i]) for i in range(2)], -1
    )
    body = half * np.interp(at, (0.0, 0.35, 1.0), style.body)
    rng = np.random.default_rng(12)
    step = np.linspace(0.0, 1.0, STEPS)
    fall = style.droop * step**1.3 * long[:, None] * half * 2.0
    wave = rng.normal(0.0, 0.25, (len(along), 1)) * step
    flat = centre[..., :2] + (body * beside[:, None])[..., None] * across
    flat[..., 1] -= fall * (0.8 + 0.4 * rng.random((len(along), 1)))
    flat[..., 0] -= 0.35 * fall
    flat += wave[..., None]
    bulge = (
        style.proud
        * np.sqrt(np.clip(1.0 - beside**2, 0.05, 1.0))[:, None]
        * np.clip(body / body.max(), 0.25, 1.0)
    )
    layer = rng.uniform(0.35, 1.0, (len(along), 1))
    return flat, 0.2 + centre[..., 2] + layer * bulge * np.sin(0.25 + 2.4 * step)


class _Lip:
    """The skin about the mouth as a height over x and y."""

    def __init__(self, wearer: Wearer) -> None:
        skin = wearer.skin.astype(np.float64)
        middle = wearer.points[48:60].mean(0)
        near = (np.abs(skin[:, 0]) < 65.0) & (np.abs(skin[:, 1] - middle[1]) < 45.0)
        near &= skin[:, 2] > middle[2] - 55.0
        self._skin = skin[near]
        self._tree = cKDTree(self._skin[:, :2])

    def on_skin(self, flat: Float64, off: Float64) -> Float64:
        """Return points (..., 3) at x and y `flat` (..., 2), `off` (...) mm before the skin."""
        apart, at = self._tree.query(flat, k=6)
        weight = 1.0 / np.maximum(apart, 0.3) ** 2
        depth = (weight * self._skin[at, 2]).sum(-1) / weight.sum(-1)
        return np.concatenate([flat, (depth + off)[..., None]], axis=-1)

    def slope(self, points: Float64) -> Float64:
        """Return the skin's normals (..., 3) under points, smooth."""
        x, y = np.array([3.0, 0.0]), np.array([0.0, 3.0])
        flat, none = points[..., :2], np.zeros(points.shape[:-1])
        right, left = (self.on_skin(flat + s * x, none)[..., 2] for s in (1, -1))
        above, below = (self.on_skin(flat + s * y, none)[..., 2] for s in (1, -1))
        normal = np.stack([(left - right) / 6.0, (below - above) / 6.0, np.ones_like(right)], -1)
        return np.asarray(normal / np.linalg.norm(normal, axis=-1, keepdims=True))


def _ribbons(lines: Float64, lip: _Lip, count: int) -> tuple[Float32, Float32]:
    """Return vertices and normals (2 * 2 * count * STEPS, 3) of flat hairs, both sides."""
    ahead = np.gradient(lines, axis=1)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=2, keepdims=True), 1e-9)
    normal = lip.slope(lines)
    side = np.cross(ahead, normal)
    side /= np.maximum(np.linalg.norm(side, axis=2, keepdims=True), 1e-9)
    rng = np.random.default_rng(13)
    wide = (
        0.55
        * rng.uniform(0.7, 1.2, (count, 1, 1))
        * (1.0 - np.linspace(0, 1, STEPS) ** 2.5 * 0.9)[:, None]
    )
    left = np.stack([lines - wide * side, lines + wide * side], axis=2)
    leaning = normal[:, :, None] + 0.55 * np.stack([-side, side], axis=2)
    leaning = leaning + 0.35 * rng.normal(size=(count, 1, 1, 3))
    leaning /= np.linalg.norm(leaning, axis=-1, keepdims=True)
    flip = np.array([-1.0, 1.0, 1.0])
    both = np.concatenate([left, left * flip]), np.concatenate([leaning, leaning * flip])
    return both[0].reshape(-1, 3).astype(np.float32), both[1].reshape(-1, 3).astype(np.float32)


def _triangles(hairs: int) -> Int32:
    here = np.arange(hairs * STEPS * 2).reshape(hairs, STEPS, 2)
    a, b, c, d = here[:, :-1, 0], here[:, :-1, 1], here[:, 1:, 0], here[:, 1:, 1]
    return np.ascontiguousarray(np.stack([a, b, d, a, d, c], -1).reshape(-1, 3), np.int32)


def _coloured(colour: tuple[float, float, float], hairs: int) -> Float32:
    """Return (n, 3): hairs differ, and are darker at their roots."""
    rng = np.random.default_rng(14)
    each = np.array(colour) * rng.lognormal(0.0, 0.35, (hairs, 1, 1, 1))
    along = np.linspace(0.55, 1.15, STEPS)[:, None, None]
    return np.broadcast_to(each * along, (hairs, STEPS, 2, 3)).reshape(-1, 3).astype(np.float32)


def _weights(points: Float64, vertices: Float32) -> Float32:
    """Return how far each vertex goes with each of `HELD`: smooth between them, linear beyond.

    The interpolation is linear in what it interpolates: it is asked once for each landmark.
    """
    spline = RBFInterpolator(
        points[HELD, :2], np.eye(len(HELD)), kernel="thin_plate_spline", smoothing=2.0
    )
    # Beyond the corners of the mouth the tips go with the nearest skin, not further and further.
    reach = np.abs(points[[48, 54], 0]).mean() * 1.15
    flat = vertices[:, :2].astype(np.float64)
    flat[:, 0] = np.clip(flat[:, 0], -reach, reach)
    high = points[ibug.OUTER_LIPS, 1].max() + 12.0
    flat[:, 1] = np.clip(flat[:, 1], points[48, 1] - 12.0, high)
    return np.asarray(spline(flat)).astype(np.float32)
