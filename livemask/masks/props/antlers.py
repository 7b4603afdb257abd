"""The shapes of horns: a ram's, a devil's, a unicorn's."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from livemask.masks.props.solid import Shape, Solid, joined, mirrored, smooth_line, tube
from livemask.masks.props.wearer import Wearer
from livemask.records import Array, Float64, Material

ALONG, AROUND = 72, 20
"""Sections of a horn, and corners of each."""

SUNK = 4.0
"""mm that a horn begins below the skin."""

SOFT = 0.07
"""Share of a horn that fades in: so it seems to grow out of hair."""

DEPTH, REACH = 0.5, 9.0
"""How deep its shadow on the skin is, and mm over which it fades."""

MOTTLED = 0.06


class Horn(NamedTuple):
    """A horn that grows from the origin, its foot along +y, +x outward and +z forward.

    Attributes
    ----------
    line : (ALONG, 3) float64
        mm.
    radii : (ALONG,) float64
    rough : (ALONG, AROUND) float64
        Times as large: rings and grooves.
    colours : (ALONG, AROUND, 3) float64
        Linear RGB.
    """

    line: Float64
    radii: Float64
    rough: Float64
    colours: Float64


class Style(NamedTuple):
    """A kind of horn: the horn, where it grows (from the middle of the head), one or two, gloss,
    and whether it stands upright rather than on the skin.
    """

    horn: Callable[[], Horn]
    towards: tuple[float, float, float]
    paired: bool
    material: Material
    upright: bool = False


class Antlers:
    """Horns of a style, for any head.

    Parameters
    ----------
    style : Style
    size : float
        Times as large.
    """

    def __init__(self, style: Style, size: float) -> None:
        self._style, self._size, self._horn = style, size, style.horn()

    def needed(self, points: Array) -> Array:
        """Return which of points (n, 3) of the mean head may be before horns."""
        return np.asarray(points[:, 1] > -60.0)

    def carried(self, moved: Float64) -> Float64:  # noqa: ARG002 - the contract's
        """Return that horns stay where the skull is."""
        return np.zeros(3)

    def made(self, wearer: Wearer) -> tuple[Solid, ...]:
        """Return the horns."""
        horn, count = self._horn, 2 if self._style.paired else 1
        foot, turned = self._foot(wearer)
        radii = self._size * np.column_stack([horn.radii, horn.radii])
        shape = tube(self._size * horn.line, radii, AROUND, horn.rough)
        shape = _outward((foot + shape[0] @ turned.T, shape[1]))
        vertices, triangles = joined(shape, mirrored(shape)) if count == 2 else shape
        soft = np.clip(np.linspace(0.0, 1.0, ALONG) / SOFT - 0.4, 0.0, 1.0).repeat(AROUND)
        return (
            Solid(
                vertices.astype(np.float32),
                triangles,
                self._style.material,
                colours=np.tile(horn.colours.reshape(-1, 3), (count, 1)).astype(np.float32),
                alpha=np.tile(soft, count).astype(np.float32),
            ),
        )

    def shadow(self, wearer: Wearer) -> Callable[[Array], Array]:
        """Return the shadow about the feet."""
        foot, _ = self._foot(wearer)
        wide = self._size * float(self._horn.radii[0])

        def deep(points: Array) -> Array:
            beside = np.abs(points[:, :1]) if self._style.paired else points[:, :1]
            apart = np.linalg.norm(np.hstack([beside, points[:, 1:]]) - foot, axis=1)
            return DEPTH * np.exp(-(np.maximum(apart - wide, 0.0) / REACH))

        return deep

    def _foot(self, wearer: Wearer) -> tuple[Float64, Float64]:
        """Return where the left horn grows (3,), and the (3, 3) rotation that stands it there."""
        skin = wearer.skin.astype(np.float64)
        eyes = wearer.points[36:48]
        middle = np.array([0.0, eyes[:, 1].mean() + 10.0, 0.25 * eyes[:, 2].mean()])
        wanted = np.array(self._style.towards) / np.linalg.norm(self._style.towards)
        away = skin - middle
        at = np.argmax(away @ wanted / np.maximum(np.linalg.norm(away, axis=1), 1e-6))
        reach = float(np.linalg.norm(away[at]))
        forward = np.array([0.0, 0.0, 1.0])
        side = np.cross(wanted, forward)
        side /= np.linalg.norm(side)
        turned = np.column_stack([side, wanted, np.cross(side, wanted)])
        turned = np.eye(3) if self._style.upright else turned
        return middle + (reach - SUNK) * wanted, turned


def _outward(shape: Shape) -> Shape:
    """Return the shape with its triangles looking outward."""
    vertices, triangles = shape
    a, b, c = (vertices[triangles[:, i]] for i in range(3))
    inside_out = np.einsum("ij,ij->i", a - vertices.mean(0), np.cross(b - a, c - a)).sum() < 0.0
    return vertices, np.ascontiguousarray(triangles[:, ::-1]) if inside_out else triangles


def _painted(foot: tuple[float, ...], tip: tuple[float, ...], groove: Array) -> Float64:
    """Return (ALONG, AROUND, 3) colours from foot to tip, darker in grooves (ALONG, AROUND)."""
    t = np.linspace(0.0, 1.0, ALONG)[:, None, None]
    uneven = np.random.default_rng(2).uniform(-MOTTLED, MOTTLED, (ALONG, AROUND, 1))
    even = (1.0 - t) * np.array(foot) + t * np.array(tip)
    return np.asarray(even * (1.0 + uneven) * (1.0 - groove[..., None]))


def _devil() -> Horn:
    t, around = np.linspace(0.0, 1.0, ALONG), np.zeros((1, AROUND))
    line = smooth_line(
        np.array([[0, 0, 0], [3, 14, 3], [10, 32, 5], [13, 50, 2], [8, 66, -3], [-1, 78, -6]]),
        ALONG,
    )
    radii = 13.0 * (1.0 - t) ** 0.8 * (1.0 - 0.15 * t) + 0.3
    ring = np.clip(np.sin(2.0 * np.pi * 9.0 * t), 0, 1)[:, None] ** 2 * (1.0 - t[:, None]) + around
    colours = _painted(
        (0.30, 0.015, 0.012), (0.03, 0.008, 0.008), 0.35 * (1.0 - ring) * (1 - t[:, None])
    )
    return Horn(line, radii, 1.0 + 0.05 * ring, colours)


def _ram() -> Horn:
    t = np.linspace(0.0, 1.0, ALONG)
    turn = np.radians(65.0) + t * np.radians(440.0)
    reach = 42.0 - 19.0 * t
    # A coil beside the head: up and back first, then down, forward, and outward all the way.
    coil = np.column_stack([12.0 + 40.0 * t**1.2, reach * np.sin(turn), reach * np.cos(turn)])
    line = coil - coil[0]
    line += np.outer(np.clip(1.0 - 5.0 * t, 0.0, 1.0) ** 2, (0.0, -8.0, 0.0))
    radii = 20.0 * (1.0 - t) ** 0.75 + 1.0
    along = np.cumsum(np.r_[0.0, np.linalg.norm(np.diff(line, axis=0), axis=1)])
    ring = (0.5 - 0.5 * np.cos(2.0 * np.pi * along / 9.0))[:, None] + np.zeros((1, AROUND))
    colours = _painted((0.42, 0.27, 0.14), (0.13, 0.075, 0.04), 0.55 * (1.0 - ring))
    return Horn(line, radii, 1.0 + 0.09 * (ring - 0.5), colours)


def _unicorn() -> Horn:
    t, turn = np.linspace(0.0, 1.0, ALONG), 2.0 * np.pi * np.arange(AROUND) / AROUND
    line = np.column_stack([np.zeros(ALONG), 150.0 * t, 10.0 * t**2])
    radii = 13.5 * (1.0 - t) + 0.3
    spiral = 0.5 + 0.5 * np.cos(2.0 * turn[None] - 2.0 * np.pi * 5.0 * t[:, None])
    colours = _painted((0.78, 0.70, 0.66), (0.85, 0.62, 0.25), 0.42 * (1.0 - spiral) ** 2)
    return Horn(line, radii, 0.88 + 0.16 * spiral**0.7, colours)


_HORN = Material(look="shaded", specular=0.22, exponent=28.0)

STYLES = {
    "devil": Style(_devil, (0.50, 0.78, 0.55), True, _HORN),
    "ram": Style(
        _ram, (0.72, 0.66, 0.24), True, Material(look="shaded", specular=0.10, exponent=18.0), True
    ),
    "unicorn": Style(
        _unicorn, (0.0, 0.62, 0.80), False, Material(look="shaded", specular=0.45, exponent=40.0)
    ),
}
