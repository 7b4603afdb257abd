"""What painters work with: a square, noise, soft shapes, strokes and fur.

Places are shares of the square, as in `livemask/masks/painting/layout.py`.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

Field = NDArray[np.float32]
Colour = tuple[float, float, float]

SIDE = 2048
"""px that are painted; what is shipped is half as large."""

BITS = 4
"""Behind the point of the pixels that OpenCV is given."""


def grid() -> tuple[Field, Field]:
    """Return u and v (SIDE, SIDE) of the middles of all pixels."""
    line = ((np.arange(SIDE) + 0.5) / SIDE).astype(np.float32)
    return np.meshgrid(line, line)[0], np.meshgrid(line, line)[1]


def noise(random: np.random.Generator, cells: int, octaves: int = 1) -> Field:
    """Return smooth noise about 0, variance near 1, with `cells` bumps from side to side."""
    total, weight = np.zeros((SIDE, SIDE), np.float32), 0.0
    for octave in range(octaves):
        count = min(cells * 2**octave, SIDE)
        knots = random.standard_normal((count, count)).astype(np.float32)
        share = 0.55**octave
        total += share * cv2.resize(knots, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        weight += share**2
    return total * np.float32(1.3 / np.sqrt(weight))


def step(value: Field, low: float, high: float) -> Field:
    """Return 0 below `low`, 1 above `high`, smooth between."""
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    return share * share * (3.0 - 2.0 * share)


def blur(field: Field, width: float) -> Field:
    """Return it blurred by a Gaussian of `width`, share of the square."""
    return cv2.GaussianBlur(field, (0, 0), width * SIDE)


def mix(under: Field, over: Colour | Field, share: Field) -> Field:
    """Return `under` (SIDE, SIDE, 3) with `over` laid on by `share` (SIDE, SIDE)."""
    return under + (np.asarray(over, np.float32) - under) * np.clip(share, 0.0, 1.0)[..., None]


def plain(colour: Colour) -> Field:
    """Return a canvas of one sRGB colour, 0 to 255."""
    return np.full((SIDE, SIDE, 3), colour, np.float32)


def curve(points: Sequence[tuple[float, float]], closed: bool = False, count: int = 160) -> Field:
    """Return a smooth line (count, 2) through `points`."""
    knots = np.asarray(points, np.float64)
    if closed:
        knots = np.vstack([knots, knots[:1]])
    at = np.r_[0.0, np.cumsum(np.sqrt(np.linalg.norm(np.diff(knots, axis=0), axis=1)))]
    spline = CubicSpline(at, knots, bc_type="periodic" if closed else "natural")
    return spline(np.linspace(0.0, at[-1], count)).astype(np.float32)


def mirrored(points: Field) -> Field:
    """Return `points` (n, 2) on the other side of the face."""
    return np.asarray(points * [-1.0, 1.0] + [1.0, 0.0], np.float32)


def pixels(points: Field) -> NDArray[np.int32]:
    """Return what OpenCV's drawing takes with `shift=BITS`."""
    return np.rint((points * SIDE - 0.5) * 2**BITS).astype(np.int32)


def shape(*outlines: Field) -> Field:
    """Return 1 inside of any of the `outlines` (n, 2), 0 elsewhere."""
    mask = np.zeros((SIDE, SIDE), np.uint8)
    for outline in outlines:
        cv2.fillPoly(mask, [pixels(outline)], 255, cv2.LINE_AA, BITS)
    return (mask / np.float32(255.0)).astype(np.float32)


def depth(mask: Field) -> Field:
    """Return how far inside of a mask each pixel is, share of the square; below 0 outside."""
    inside = (mask > 0.5).astype(np.uint8)
    within = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    beyond = cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5)
    return ((within - beyond) / SIDE).astype(np.float32)


def ribbon(line: Field, width: float, profile: str = "spindle") -> Field:
    """Return the outline (2n, 2) of a stroke along `line` (n, 2), pointed at its ends.

    `spindle` is pointed at both ends, `tail` at the last, `even` at none.
    """
    along = np.linspace(0.0, 1.0, len(line))
    half = {
        "spindle": np.sin(np.pi * along) ** 0.75,
        "tail": np.sqrt(np.minimum(along * 12.0, 1.0)) * (1.0 - along) ** 0.8,
        "even": np.ones_like(along),
    }[profile]
    tangent = np.gradient(line, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    side = np.column_stack([-tangent[:, 1], tangent[:, 0]]) * (0.5 * width * half)[:, None]
    return np.concatenate([line + side, (line - side)[::-1]]).astype(np.float32)


def lines(paths: Sequence[Field], width: float, closed: bool = False) -> Field:
    """Return 1 on lines of even `width` along `paths`."""
    mask = np.zeros((SIDE, SIDE), np.uint8)
    thick = max(1, round(width * SIDE))
    cv2.polylines(mask, [pixels(p) for p in paths], closed, 255, thick, cv2.LINE_AA, BITS)
    return (mask / np.float32(255.0)).astype(np.float32)


def relief(height: Field, strength: float) -> Field:
    """Return how light falls from above on a surface of `height`: about 0, below 0 in shade."""
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=0.125 * SIDE)
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=0.125 * SIDE)
    slope = strength * (0.9 * down + 0.25 * across)
    return np.asarray(slope / np.sqrt(1.0 + slope**2), np.float32)


def finished(colour: Field, alpha: Field | None = None) -> NDArray[np.uint8]:
    """Return the painting at half its size, (SIDE/2, SIDE/2, 3 or 4) uint8."""
    half = (SIDE // 2, SIDE // 2)
    opacity = np.ones((SIDE, SIDE), np.float32) if alpha is None else np.clip(alpha, 0.0, 1.0)
    whole = np.dstack([np.clip(colour, 0.0, 255.0) * opacity[..., None], opacity])
    small = cv2.resize(whole, half, interpolation=cv2.INTER_AREA)
    rgb = small[..., :3] / np.maximum(small[..., 3:], 1e-4)
    out = np.rint(np.clip(rgb, 0, 255)).astype(np.uint8)
    return out if alpha is None else np.dstack([out, np.rint(255 * small[..., 3]).astype(np.uint8)])
