"""The shapes of hats: top hat, beanie, cap and cowboy hat."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from livemask.masks.props.crown import Crown, angles
from livemask.masks.props.solid import Solid, grid
from livemask.masks.props.wearer import Wearer
from livemask.records import Array, Float64, Material

AROUND = 96
"""Corners of a round hat."""

RIBS, PER_RIB = 46, 6
"""Of knitting, and corners of each."""

MOTTLED = 0.07
"""By how much cloth varies."""

LINED = 4.0
"""mm above its line a hat is closed from below."""

DEPTH = 0.42
"""How deep the shadow under the rim is."""

UNDER = -60.0
"""mm above the middle of the face: seen from below, nose and mouth are before the hat, too."""

FELT = Material(look="face", specular=0.03, exponent=10.0, two_sided=True)
SILK = Material(look="shaded", specular=0.30, exponent=16.0, two_sided=True)

COLOURS = {
    "black": (0.016, 0.016, 0.018),
    "grey": (0.16, 0.16, 0.17),
    "white": (0.70, 0.69, 0.66),
    "red": (0.40, 0.018, 0.022),
    "blue": (0.018, 0.045, 0.19),
    "green": (0.03, 0.14, 0.06),
    "brown": (0.17, 0.075, 0.03),
    "yellow": (0.62, 0.38, 0.03),
}
"""Linear RGB."""


class Body(NamedTuple):
    """A grid about the crown, row after row from the front to the subject's left.

    Attributes
    ----------
    points : (rows, columns, 3) float64
        mm, head frame.
    colours : (rows, columns, 3) float64
        Linear RGB.
    closed : bool
        Whether the last column meets the first.
    """

    points: Float64
    colours: Float64
    closed: bool = True


Made = Callable[[Crown, Float64], list[Body]]


class Style(NamedTuple):
    """A kind of hat: how it is made of crown and colour, its own colour, and how far its rim and
    its shadow reach, mm.
    """

    made: Made
    colour: str
    material: Material
    below: float
    reach: float


class Headgear:
    """A hat of a style, for any head.

    Parameters
    ----------
    style : Style
    colour : (float, float, float)
        Linear RGB.
    room : float
        Times as much room for hair as usual.
    """

    def __init__(self, style: Style, colour: tuple[float, float, float], room: float) -> None:
        self._style, self._colour, self._room = style, np.array(colour), room

    def needed(self, points: Array) -> Array:
        """Return which of points (n, 3) of the mean head may be before the hat."""
        return np.asarray(points[:, 1] > UNDER)

    def carried(self, moved: Float64) -> Float64:  # noqa: ARG002 - the contract's
        """Return that a hat stays where the skull is."""
        return np.zeros(3)

    def made(self, wearer: Wearer) -> tuple[Solid, ...]:
        """Return the hat."""
        crown = Crown(wearer, self._room)
        bodies = [*self._style.made(crown, self._colour), _lining(crown, self._colour)]
        return tuple(_solid(body, self._style.material) for body in bodies)

    def shadow(self, wearer: Wearer) -> Callable[[Array], Array]:
        """Return the shadow that the rim throws on forehead, temples and nape."""
        crown, style = Crown(wearer, self._room), self._style

        def deep(points: Array) -> Array:
            under = -style.below - (points - crown.centre) @ crown.up
            ahead = 0.6 + 0.4 * np.clip((points - crown.centre) @ crown.along / crown.half[1], 0, 1)
            return DEPTH * np.exp(-np.maximum(under, 0.0) / (style.reach * ahead))

        return deep


def _solid(body: Body, material: Material) -> Solid:
    rows, columns = body.points.shape[:2]
    return Solid(
        body.points.reshape(-1, 3).astype(np.float32),
        grid(rows, columns, body.closed),
        material,
        colours=body.colours.reshape(-1, 3).astype(np.float32),
    )


def _lining(crown: Crown, colour: Float64) -> Body:
    """Return what closes a hat from below: nobody shall look into it beside the head."""
    share = np.array([[1.0], [0.7], [0.02]])
    turn = angles(AROUND)[None]
    points = crown.place(turn, 0.0 * turn, LINED + 0.0 * turn + 0.0 * share, share + 0.0 * turn)
    return Body(points[::-1], np.broadcast_to(0.12 * colour, points.shape))


def _cloth(colour: Array, rows: int, columns: int, seed: int = 1) -> Float64:
    """Return (rows, columns, 3) of a colour, a little uneven."""
    uneven = np.random.default_rng(seed).uniform(-MOTTLED, MOTTLED, (rows, columns, 1))
    return np.asarray(np.asarray(colour) * (1.0 + uneven))


def _profile(*points: tuple[float, float, float]) -> tuple[Float64, Float64, Float64]:
    """Return out, height and share, (r, 1) each, of points from below."""
    listed = np.array(points, float)
    return listed[:, :1], listed[:, 1:2], listed[:, 2:]


def _top_hat(crown: Crown, colour: Float64) -> list[Body]:
    """Return a silk hat: its rim rises at the sides, its wall narrows and widens again."""
    tall, wall = 118.0, np.linspace(0.0, 1.0, 14)
    shape = 5.5 * (2.0 * wall - 0.75) ** 2 - 2.0
    rows = [
        (-2.0, 1.0, 1.0),
        (10.0, 1.0, 1.0),
        (22.0, 1.0, 1.0),
        (33.0, 1.0, 1.0),
        (35.0, 2.5, 1.0),
    ]
    rows += [(33.0, 4.0, 1.0), (22.0, 4.0, 1.0), (10.0, 4.0, 1.0), (2.0, 4.5, 1.0), (1.2, 6.0, 1.0)]
    rows += [(1.0 + o, 6.0 + tall * t, 1.0) for o, t in zip(shape, wall, strict=True)]
    rows += [(shape[-1] - 1.0, tall + 8.5, 1.0), (shape[-1] - 4.0, tall + 9.0, 1.0)]
    rows += [(0.0, tall + 9.0, s) for s in (0.75, 0.4, 0.02)]
    out, height, share = _profile(*rows)
    turn = angles(AROUND)[None]
    brim = np.clip(out / 35.0, 0.0, 1.0) * (height < 5.0)
    height = height + brim**2 * (13.0 * np.sin(turn) ** 2 - 3.0)
    points = crown.place(turn, out + 0.0 * turn, height, share + 0.0 * turn)
    colours = _cloth(colour, len(rows), AROUND)
    colours[9:14] = np.array([0.20, 0.012, 0.02]) if colour.max() < 0.1 else 0.25 * colour
    return [Body(points, colours)]


def _cowboy(crown: Crown, colour: Float64) -> list[Body]:
    """Return a hat with a wide rim, curled at the sides, and a dented crown."""
    turn, wide, tall = angles(AROUND)[None], 68.0, 88.0
    brim = np.linspace(0.0, 1.0, 9)
    rows = [(-2.0 + (wide + 2.0) * t, 0.0, 1.0) for t in brim]
    rows += [(wide - 0.5, 2.2, 1.0)] + [(wide * t, 2.8, 1.0) for t in brim[::-1][1:-1]]
    wall = np.linspace(0.0, 1.0, 12)
    rows += [(1.0, 3.0 + (tall - 3.0) * t, 1.0 - 0.20 * t**1.3) for t in wall]
    rows += [(1.0, tall + 2.0 * np.sqrt(1 - s), 0.8 * s) for s in (0.94, 0.8, 0.6, 0.4, 0.2, 0.02)]
    out, height, share = _profile(*rows)
    rim = np.clip(out / wide, 0.0, 1.0) * (height < 2.9)
    side = np.sin(turn) ** 2
    height = height + rim**1.8 * (44.0 * side - 9.0) + 0.0 * turn
    out = out * (1.0 - 0.28 * side * rim) + 0.0 * turn
    up = np.clip((height - 3.0) / tall, 0.0, 1.0) * (rim == 0.0)
    pinch = sum(
        np.exp(-(((((turn - a + np.pi) % (2 * np.pi)) - np.pi) / 0.35) ** 2)) for a in (0.62, -0.62)
    )
    share = share * (1.0 - 0.16 * pinch * up**1.2)
    across = crown.half[0] * share * np.sin(turn) / 21.0
    height = height - 19.0 * np.exp(-(across**2)) * np.clip((up - 0.66) / 0.34, 0.0, 1.0) ** 1.5
    height = height + 7.0 * up**3 * np.cos(turn) ** 2 * (share > 0.4)
    points = crown.place(turn, out, height, share)
    colours = _cloth(colour, len(rows), AROUND)
    first = len(rows) - 18
    colours[first : first + 3] = 0.22 * colour
    colours *= (1.0 - 0.35 * pinch * up - 0.3 * np.exp(-(across**2)) * (up > 0.8))[..., None]
    return [Body(points, colours)]


def _beanie(crown: Crown, colour: Float64) -> list[Body]:
    """Return a knitted cap with a turned-up edge and a bobble."""
    around = RIBS * PER_RIB
    turn = angles(around)[None]
    rib = np.cos(RIBS * turn)
    t = np.linspace(0.0, 1.0, 22)[:, None] * 0.5 * np.pi
    share = np.maximum(np.cos(t), 0.0) ** 0.72
    rise = (crown.height + 12.0) * np.sin(t) ** 0.92
    cap = crown.place(turn, 1.6 + 1.0 * rib * share, rise + 0.0 * turn, share + 0.0 * turn)
    shade = 1.0 - 0.42 * (0.5 - 0.5 * rib) + 0.0 * t
    knitted = _cloth(colour, len(t), around) * shade[..., None]
    rows = [(0.0, -17.0, 1.0), (4.0, -18.5, 1.0), (6.5, -16.0, 1.0), (7.4, -8.0, 1.0)]
    rows += [
        (7.6, 2.0, 1.0),
        (7.2, 12.0, 1.0),
        (6.4, 18.0, 1.0),
        (4.2, 20.5, 1.0),
        (1.0, 19.0, 1.0),
    ]
    out, height, cuff_share = _profile(*rows)
    fold = crown.place(turn, out + 1.3 * rib, height + 0.0 * turn, cuff_share + 0.0 * turn)
    fold_colours = _cloth(colour, len(rows), around, 2) * (1.0 - 0.5 * (0.5 - 0.5 * rib))[..., None]
    return [Body(cap, knitted), Body(fold, fold_colours), _bobble(crown, colour)]


def _bobble(crown: Crown, colour: Float64) -> Body:
    """Return a ball of wool ends on the top."""
    rng, rows, around = np.random.default_rng(4), 20, 36
    fall = np.linspace(-0.5, 0.5, rows)[:, None] * np.pi
    radius = 21.0 * (1.0 + rng.uniform(-0.16, 0.10, (rows, around)))
    turn = angles(around)[None]
    ball = np.stack(
        [
            radius * np.cos(fall) * np.sin(turn),
            radius * np.sin(fall),
            radius * np.cos(fall) * np.cos(turn),
        ],
        -1,
    )
    top = crown.centre + (crown.height + 24.0) * crown.up
    light = np.clip(0.55 + 0.55 * (radius / 21.0 - 0.84) / 0.26, 0.4, 1.1)
    pale = 0.25 * colour + 0.75 * np.array([0.72, 0.68, 0.60])
    return Body(top + ball, pale * light[..., None])


def _cap(crown: Crown, colour: Float64) -> list[Body]:
    """Return a baseball cap: six panels, a button and a bent peak."""
    turn = angles(AROUND)[None]
    t = np.linspace(0.0, 1.0, 24)[:, None] * 0.5 * np.pi
    share = np.maximum(np.cos(t), 0.0) ** 0.62
    seam = np.exp(-((((turn + np.pi / 6) % (np.pi / 3) - np.pi / 6) / 0.045) ** 2))
    rise = -6.0 + (crown.height + 11.0) * np.sin(t) ** 0.95
    button = 3.0 * np.exp(-((share / 0.09) ** 2))
    dome = crown.place(
        turn, 1.0 - 0.9 * seam * share, rise + button + 0.0 * turn, share + 0.0 * turn
    )
    colours = _cloth(colour, len(t), AROUND) * (1.0 - 0.45 * seam)[..., None]
    return [Body(dome, colours), _peak(crown, 0.8 * colour)]


def _peak(crown: Crown, colour: Float64) -> Body:
    """Return the peak of a cap, upper and lower side, its sides bent down."""
    half, columns = np.radians(64.0), 41
    turn = np.linspace(-half, half, columns)[None]
    out = np.array([0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0, 0.99, 0.9, 0.6, 0.2, 0.0])[:, None]
    lower = np.array([0.0] * 6 + [1.2] + [2.6] * 5)[:, None]
    reach = 66.0 * np.clip(np.cos(turn / half * 0.5 * np.pi), 0.0, 1.0) ** 0.55
    root = crown.place(turn, 1.2 + 0.0 * turn, -5.0 + 0.0 * turn, 1.0 + 0.0 * turn)
    points = root + (out * reach)[..., None] * crown.along
    # Where it ends at the temples it is not bent, or it would hang down there.
    bent = reach / 66.0 * out * (0.0046 * points[..., 0] ** 2 + 9.0 * out**0.5)
    points = points - (bent + lower)[..., None] * crown.up
    stitched = 1.0 - 0.18 * (np.abs(np.sin(9.0 * out)) < 0.3)
    colours = _cloth(colour, len(out), columns, 3) * stitched[..., None]
    return Body(points[::-1], colours[::-1], closed=False)


STYLES = {
    "top": Style(_top_hat, "black", SILK, 0.0, 15.0),
    "cowboy": Style(_cowboy, "brown", FELT, 0.0, 22.0),
    "beanie": Style(_beanie, "red", FELT, 17.0, 7.0),
    "cap": Style(_cap, "blue", FELT, 5.0, 20.0),
}
