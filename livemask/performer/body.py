"""Shoulders in a sweater, the neck that joins them to the head, and how the body follows."""

from dataclasses import dataclass

import numpy as np

from livemask.geometry import euler_angles, rigid, rotation_matrix
from livemask.landmarks import CHIN
from livemask.morphable_model import MorphableModel
from livemask.performer.colour import encode
from livemask.performer.noise import spots, streaks
from livemask.performer.piece import Piece, grid_triangles, normals
from livemask.performer.style import Style
from livemask.records import Array, Float32, Float64, UInt8

COLUMNS = 72
SIZE = 512
# mm below the collar's upper edge, share of the neck's own outline (the rest is a rounded
# box), mm outwards or half width and half depth of the box, mm backwards, squareness.
COLLAR = (
    (6.0, -4.0),
    (0.0, 1.2),
    (2.5, 4.0),
    (0.5, 6.5),
    (-9.0, 8.0),
    (-17.0, 9.0),
    (-19.0, 10.5),
)
"""Rings of the collar: mm up from its line, mm out from the neck."""
SHOULDERS = (
    (-26.0, 96.0, 78.0, 0.30),
    (-33.0, 122.0, 86.0, 0.55),
    (-41.0, 146.0, 93.0, 0.75),
    (-52.0, 168.0, 100.0, 0.9),
    (-68.0, 187.0, 107.0, 1.0),
    (-92.0, 201.0, 113.0, 1.0),
    (-125.0, 209.0, 119.0, 1.0),
    (-170.0, 213.0, 124.0, 1.0),
    (-230.0, 216.0, 126.0, 1.0),
    (-320.0, 219.0, 124.0, 1.0),
    (-430.0, 221.0, 120.0, 1.0),
    (-600.0, 222.0, 118.0, 1.0),
)
"""Rings below it: mm up, half width, half depth, share of this box in the outline."""
LINE = 13.0
"""mm above the neck's lower end where the collar's line runs."""
FOLLOWS = np.array([0.10, 0.30, 0.22])
"""Share of the head's pitch, yaw and roll that the shoulders take part in."""
LEANS = np.array([0.35, 0.30, 0.45])
"""The same of the neck, on whose upper end the head turns."""


@dataclass(frozen=True, slots=True, eq=False)
class Neck:
    """Where a neck is, and which vertices move with the body.

    Attributes
    ----------
    base : (3,) float64
        The middle of its lower end, head frame, mm: the origin of the body's frame.
    line : (c, 3) float64
        Points around it where a collar lies, from the back to the subject's left.
    outwards : (c, 3) float64
        Unit vectors away from its axis, level.
    own : (v,) int
        Vertices that bend.
    share : (v, 1) float32
        By which they follow the body: 0 at the jaw, 1 under the collar.
    under_collar : (n,) bool
        Which vertices of the head the collar hides.
    """

    base: Float64
    line: Float64
    outwards: Float64
    own: Array
    share: Float32
    under_collar: Array

    @classmethod
    def of(cls, person: MorphableModel) -> "Neck":
        """Find the neck of a person."""
        points = person.mean.astype(np.float64)
        marks = points[person.landmark_vertices]
        edge = points[_edge(person, below=marks[CHIN, 1] - 5.0)]
        base = 0.5 * (edge.max(0) + edge.min(0)) * [0.0, 1.0, 1.0]
        turn = np.linspace(0.0, 2.0 * np.pi, COLUMNS, endpoint=False)
        outwards = np.stack([np.sin(turn), 0.0 * turn, -np.cos(turn)], 1)
        low = _around(edge - base, turn)
        neck = points[person.parts["skin"]] - base
        angle = np.arctan2(neck[:, 0], -neck[:, 2])
        above = neck[:, 1] - np.interp(angle, turn, low[:, 1], period=2.0 * np.pi)
        line = _around(neck[np.abs(above - LINE) < 9.0], turn)
        hidden = np.zeros(len(points), np.bool_)
        hidden[person.parts["skin"]] = above < LINE - 5.0
        share = _share(points, marks, low, base, turn)
        share[np.setdiff1d(np.arange(len(points)), person.parts["skin"])] = 0.0
        own = np.flatnonzero(share > 0.0)
        place = base + line[:, :1] * outwards + line[:, 1:] * [0.0, 1.0, 0.0]
        return cls(base, place, outwards, own, share[own, None].astype(np.float32), hidden)

    def bend(self, vertices: Float32, camera_from_head: Float64) -> None:
        """Move the neck's vertices in `vertices` (n, 3), head frame, to where the body wants."""
        still = vertices[self.own]
        camera_from_body = body_pose(camera_from_head, self.base)
        head_from_body = np.linalg.inv(camera_from_head) @ camera_from_body
        turn, move = head_from_body[:3, :3], head_from_body[:3, 3]
        moved = (still - self.base) @ turn.T + move
        vertices[self.own] = still + self.share * (moved - still)


def _edge(person: MorphableModel, below: float) -> Array:
    """Return the vertices (v,) along which the neck is cut off."""
    t = person.triangles
    sides = np.sort(np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]), axis=1)
    found, count = np.unique(sides, axis=0, return_counts=True)
    edge = np.intersect1d(found[count == 1], person.parts["skin"])
    return edge[person.mean[edge, 1] < below]


def _around(points: Float64, turn: Float64) -> Float64:
    """Return radius and height (c, 2) of `points` (v, 3) about the vertical at angles `turn`."""
    angle = np.arctan2(points[:, 0], -points[:, 2])
    away = np.abs(np.angle(np.exp(1j * (angle - turn[:, None]))))
    weight = np.exp(-((away / 0.12) ** 2)) + 1e-12
    values = np.stack([np.hypot(points[:, 0], points[:, 2]), points[:, 1]], 1)
    return np.asarray(weight @ values / weight.sum(1, keepdims=True))


def _share(points: Float64, marks: Float64, low: Float64, base: Float64, turn: Float64) -> Float64:
    """Return how far down the neck each vertex is, (n,): 0 above the jaw, 1 at its lower end."""
    chin, corner = marks[CHIN], 0.5 * (marks[4] + marks[12])
    slope = (corner[1] - chin[1]) / (corner[2] - chin[2])
    jaw = chin[1] - 7.0 + slope * (points[:, 2] - chin[2])
    top = np.minimum(jaw, corner[1] - 6.0)
    angle = np.arctan2(points[:, 0], base[2] - points[:, 2])
    end = base[1] + np.interp(angle, turn, low[:, 1], period=2.0 * np.pi) + LINE
    t = np.clip((top - points[:, 1]) / np.maximum(top - end, 1.0), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def body_pose(camera_from_head: Float64, base: Float64) -> Float64:
    """Return camera_from_body (4, 4): shoulders turn less than the head, the neck half-way."""
    angles = np.array(euler_angles(camera_from_head[:3, :3]))
    neck = _rotation(LEANS * angles)
    place = camera_from_head[:3, 3] + neck @ base
    return rigid(_rotation(FOLLOWS * angles), place)


def _rotation(angles: Float64) -> Float64:
    """Return the rotation of pitch, yaw and roll, the inverse of `euler_angles`."""
    pitch, yaw, roll = (
        rotation_matrix(a * axis) for a, axis in zip(angles, np.eye(3), strict=True)
    )
    return np.asarray(roll @ yaw @ pitch)


def dress(neck: Neck, style: Style) -> Piece:
    """Return shoulders and sweater of a person, in the frame of the head at rest."""
    rings = np.concatenate([_collar(neck), _shoulders(neck)])
    rings += _folds(rings, style)
    count = len(rings)
    vertices = rings.reshape(-1, 3).astype(np.float32)
    triangles = grid_triangles(count, COLUMNS)
    down = np.linalg.norm(np.diff(rings, axis=0), axis=2).mean(1)
    around = np.arange(COLUMNS) / COLUMNS * 8.0
    uv = np.stack(np.broadcast_arrays(around, np.cumsum(np.r_[0.0, down])[:, None] / 60.0), -1)
    return Piece(
        vertices,
        normals(vertices, triangles),
        triangles,
        uv.reshape(-1, 2).astype(np.float32),
        _knit(style),
        _creases(rings - neck.base).reshape(-1, 3),
        np.ones(len(vertices), np.float32),
    )


def _collar(neck: Neck) -> Float64:
    """Return rings (r, c, 3) that lie around the neck like a ribbed band."""
    up, out = np.array(COLLAR).T[:, :, None]
    return neck.line + out[..., None] * neck.outwards + up[..., None] * [0.0, 1.0, 0.0]


def _shoulders(neck: Neck) -> Float64:
    """Return rings (r, c, 3) from the collar down, ever more a rounded box."""
    up, wide, deep, share = _denser(np.array(SHOULDERS)).T[:, :, None]
    x, z = neck.outwards[:, 0], neck.outwards[:, 2]
    length = (np.abs(x / wide) ** 2.5 + np.abs(z / deep) ** 2.5) ** (-1 / 2.5)
    level = neck.line[:, 1].mean() + up
    box = np.stack(np.broadcast_arrays(x * length, level, z * length + neck.base[2] - 6.0), -1)
    own = neck.line + 10.0 * neck.outwards + up[..., None] * [0.0, 1.0, 0.0]
    return np.asarray(own + share[..., None] * (box - own))


def _creases(points: Float64) -> Float32:
    """Return how dark the cloth is, (r, c, 3): between arms and chest, and on the collar."""
    arm = np.abs(np.abs(points[..., 0]) - 160.0) / 15.0
    dark = 1.0 - 0.5 * np.exp(-(arm**2)) * np.clip((-points[..., 1] - 130.0) / 70.0, 0.0, 1.0)
    dark[: len(COLLAR)] *= 0.85
    return np.repeat(dark[..., None], 3, axis=2).astype(np.float32)


def _denser(rings: Float64) -> Float64:
    """Return twice the rings, interpolated."""
    at = np.linspace(0, len(rings) - 1, 2 * len(rings) - 1)
    return np.stack([np.interp(at, range(len(rings)), column) for column in rings.T], 1)


def _folds(rings: Float64, style: Style) -> Float64:
    """Return small displacements (r, c, 3) that make cloth of a smooth surface."""
    wave = streaks(rings.shape[:2], (9.0, 5.0), style.seed + 60)
    wave *= np.clip((np.arange(len(rings)) - len(COLLAR)) / 8.0, 0.0, 1.0)[:, None]
    wave[:, :6] *= np.linspace(0.0, 1.0, 6)  # the ring closes at the back
    wave[:, -6:] *= np.linspace(1.0, 0.0, 6)
    outwards = rings - rings.mean(1, keepdims=True)
    outwards /= np.linalg.norm(outwards, axis=2, keepdims=True)
    return np.asarray(3.0 * wave[..., None] * outwards)


def _knit(style: Style) -> UInt8:
    """Return the cloth's texture."""
    rows = np.sin(np.arange(SIZE) * 2.0 * np.pi / 8.0)[:, None]
    rough = 1.0 + 0.06 * rows + 0.05 * spots(SIZE, 3.0, style.seed + 61)
    colour = np.array(style.shirt) * rough[..., None]
    return np.dstack([encode(colour), np.full((SIZE, SIZE), 26, np.uint8)])
