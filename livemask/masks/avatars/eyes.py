"""Eyeballs that look: their surface stays, the picture on it turns.

A ball in a socket that was made higher than wide is an egg, which cannot turn. What turns is
where on the ball of the unsculpted head each of its points lies.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.geometry import rotation_matrix, vertex_normals
from livemask.masks.avatars.sculpting import Move, moved
from livemask.masks.avatars.tints import coded, mix, step
from livemask.masks.fruit.globe import grid_triangles
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64, Int32, UInt8

SIDE = 256
"""px of the picture of an eye."""

WIDE = 1.35
"""rad from the middle of the picture to its edge."""

RINGS, SPOKES = 9, 28
FRONT = 1.56
"""rad from straight ahead that the surface reaches."""

AXES = np.array([1.28, 0.99, 0.99])
"""Of the ball's radius: it fills its socket to the corners and does not touch the lids."""

CORNERS = 12
"""Of the outline of a spot of light."""

TURNS = np.radians([30.0, 22.0])
"""How far eyes turn aside, and up and down."""


@dataclass(frozen=True, slots=True)
class Iris:
    """What an eye looks like.

    Attributes
    ----------
    outer, inner, white : (float, float, float)
        Linear RGB at the rim of the iris, near the pupil, and beside it.
    size : (float, float)
        Half breadth and half height, rad.
    pupil : (float, float)
        Half breadth and half height, shares of the iris's.
    """

    outer: tuple[float, float, float]
    inner: tuple[float, float, float]
    white: tuple[float, float, float] = (0.80, 0.80, 0.80)
    size: tuple[float, float] = (0.5, 0.5)
    pupil: tuple[float, float] = (0.45, 0.45)


@dataclass(frozen=True, slots=True, eq=False)
class Eyes:
    """Both eyeballs, and the gleam on each.

    Attributes
    ----------
    vertices, normals, colours : (n, 3) float32
    triangles : (t, 3) int32
    picture : (SIDE, SIDE, 3) uint8
    directions : (2, n / 2, 3) float64
        Where on the ball each vertex lies: left eye, right eye.
    """

    vertices: Float32
    normals: Float32
    triangles: Int32
    colours: Float32
    picture: UInt8
    directions: Float64

    def uv(self, looks: Array) -> Float32:
        """Return the (n, 2) uv of eyes that look to (2, 2): to the left and up, -1 to 1, each."""
        found = [
            _flat(directions @ rotation_matrix_of(look))
            for directions, look in zip(self.directions, np.asarray(looks, float), strict=True)
        ]
        return np.concatenate(found).astype(np.float32)


def rotation_matrix_of(look: Array) -> Float64:
    """Return the (3, 3) rotation of an eye that looks to (2,): to the left and up, -1 to 1."""
    aside, up = TURNS * look
    return rotation_matrix(np.array([0.0, aside, 0.0])) @ rotation_matrix(np.array([-up, 0.0, 0.0]))


def eyes(head: MorphableModel, moves: tuple[Move, ...], iris: Iris) -> Eyes:
    """Return the eyeballs of a head after `moves`."""
    balls = head.mean[head.parts["eyes"]]
    fall, turn = np.meshgrid(
        np.linspace(0.0, FRONT, RINGS), np.linspace(0.0, 2 * np.pi, SPOKES + 1), indexing="ij"
    )
    cap = np.stack([np.sin(fall) * np.cos(turn), np.sin(fall) * np.sin(turn), np.cos(fall)], -1)
    directions = cap.reshape(-1, 3)
    one = grid_triangles(RINGS, SPOKES + 1)
    points = []
    for side in (1.0, -1.0):
        ball = balls[side * balls[:, 0] > 0.0]
        low, high = ball.min(0), ball.max(0)
        points.append(0.5 * (low + high) + 0.5 * (high - low)[0] * AXES * directions)
    vertices = moved(np.concatenate(points), moves)[0].astype(np.float32)
    triangles = np.concatenate([one, one + len(directions)]).astype(np.int32)
    normals = np.empty_like(vertices)
    vertex_normals(vertices, triangles, normals)
    # A lid above throws its shadow on the upper half.
    shade = 1.0 - 0.62 * np.clip(directions[:, 1] * 1.5 + 0.05, 0.0, 1.0) ** 1.2
    colours = np.tile(shade[:, None], (2, 3)).astype(np.float32)
    return Eyes(
        vertices, normals, triangles, colours, _picture(iris), np.stack([directions, directions])
    )


def gleams(eyeballs: Eyes, size: float) -> tuple[Float32, Int32]:
    """Return vertices and triangles of two spots of light on each eye.

    They stay where the light is while the eye turns below.
    """
    count = len(eyeballs.directions[0])
    spots = ((-0.26, 0.30, size), (0.24, -0.27, 0.45 * size))
    vertices: list[Float64] = []
    for eye in range(2):
        surface = eyeballs.vertices[eye * count : (eye + 1) * count].astype(np.float64)
        normals = eyeballs.normals[eye * count : (eye + 1) * count]
        for x, y, radius in spots:
            weights = np.exp(60.0 * (_disc(x, y, radius) @ eyeballs.directions[eye].T - 1.0))
            weights /= weights.sum(1, keepdims=True)
            vertices.append(weights @ (surface + 0.9 * normals))
    i = np.arange(CORNERS)
    fan = np.stack([0 * i, 1 + i, 1 + (i + 1) % CORNERS], -1)
    triangles = [fan + spot * (1 + CORNERS) for spot in range(len(vertices))]
    return np.concatenate(vertices).astype(np.float32), np.concatenate(triangles).astype(np.int32)


def _disc(x: float, y: float, radius: float) -> Float64:
    """Return directions (1 + CORNERS, 3): the middle of a spot and its outline."""
    turn = 2.0 * np.pi * np.arange(CORNERS) / CORNERS
    ring = 0.9 * radius * np.stack([np.cos(turn), np.sin(turn)], -1)
    flat = np.concatenate([np.zeros((1, 2)), ring]) + np.array([x, y])
    return np.column_stack([flat, np.sqrt(np.maximum(1.0 - (flat**2).sum(1), 0.0))])


def _flat(directions: Float64) -> Float64:
    """Return uv (n, 2): the distance from the middle of the picture is the angle from ahead."""
    angle = np.arccos(np.clip(directions[:, 2], -1.0, 1.0))
    radius = np.maximum(np.hypot(directions[:, 0], directions[:, 1]), 1e-9)
    scale = np.minimum(angle, WIDE) / radius
    return np.asarray(0.5 + directions[:, :2] * (1.0, -1.0) * scale[:, None] / (2.0 * WIDE))


def _picture(iris: Iris) -> UInt8:
    """Return the (SIDE, SIDE, 3) picture of an eye, drawn twice as large."""
    line = ((np.arange(2 * SIDE) + 0.5) / SIDE - 1.0) * WIDE
    x, y = np.meshgrid(line, line)
    far = np.hypot(x / iris.size[0], y / iris.size[1])
    pupil = np.hypot(x / iris.size[0] / iris.pupil[0], y / iris.size[1] / iris.pupil[1])
    turn = np.arctan2(y / iris.size[1], x / iris.size[0])
    fibres = np.random.default_rng(5).normal(0.0, 1.0, 72)
    fibres[-1] = fibres[0]
    streak = 1.0 + 0.13 * np.interp(turn, np.linspace(-np.pi, np.pi, 72), fibres)
    low = step(y / iris.size[1], -0.5, 0.9)[..., None]  # light gathers opposite of the gleam
    inner, outer = np.array(iris.inner), np.array(iris.outer)
    depth = np.clip(0.75 * step(far, 0.35, 1.0)[..., None] + 0.55 * (1.0 - low), 0.0, 1.0)
    ring = (inner + depth * (outer - inner)) * streak[..., None]
    ring = mix(ring, 0.22 * outer, step(far, 0.84, 0.95))
    white = np.array(iris.white) * (1.0 - 0.25 * step(np.hypot(x, y), 0.6, 1.3))[..., None]
    eye = mix(ring, white, step(far, 0.97, 1.03))
    eye = mix(eye, (0.004, 0.003, 0.006), 1.0 - step(pupil, 0.94, 1.06))
    return coded(cv2.resize(eye, (SIDE, SIDE), interpolation=cv2.INTER_AREA))
