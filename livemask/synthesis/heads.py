"""Heads: shape and albedo of any number of people, within a model and somewhat beyond it."""

import numpy as np

from livemask.landmarks import LEFT_BROW, NOSE_BRIDGE, RIGHT_BROW
from livemask.models import head
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64
from livemask.synthesis.textures import lips_area

FIELDS = 12
"""Smooth ways in which heads differ beyond the model, beside those of the stored people."""

WAVES = (70.0, 160.0)
"""mm; how long they are."""

BEYOND = 0.55
"""mm rms of each at 1; a stored person differs from the model by about 0.35 mm."""

TONES = np.array([
    (0.66, 0.465, 0.375), (0.58, 0.385, 0.295), (0.505, 0.315, 0.222), (0.42, 0.245, 0.157),
    (0.33, 0.180, 0.106), (0.245, 0.127, 0.072), (0.165, 0.083, 0.048), (0.105, 0.052, 0.031),
    (0.063, 0.033, 0.022),
])  # fmt: skip
"""Albedo of foreheads, linear RGB, from the palest to the darkest, evenly spread to the eye."""


class Heads:
    """Makes heads of a model.

    Parameters
    ----------
    model : MorphableModel

    Attributes
    ----------
    own : bool
        Whether it is livemask's own head, which hair and clothes are made for.
    beyond : (b, n, 3) float32
        What is added for each of the coefficients `beyond`, mm.
    """

    def __init__(self, model: MorphableModel) -> None:
        self.model = model
        self.own = model.name == "head"
        self.beyond = _beyond(model, with_people=self.own)
        self._identity = model.identity.reshape(len(model.identity), -1)
        self._more = self.beyond.reshape(len(self.beyond), -1)
        self._skin = _skin_share(model)
        self._lips = lips_area(model)
        self._brows = _brow_share(model) if self.own else None

    def shape(self, identity: Float64, beyond: Float64) -> Float32:
        """Return the (n, 3) vertices of a head at rest, mm, head frame."""
        ways = identity.astype(np.float32) @ self._identity + beyond.astype(np.float32) @ self._more
        return np.asarray(self.model.mean + ways.reshape(-1, 3))

    def expressed(self, shape: Float32, expression: Float64) -> Float32:
        """Return a head `shape` (n, 3) with an expression (m,): lids close on any head."""
        vertices, coefficients = shape.copy(), expression.copy()
        for lid in self.model.eyelids:
            by = lid.closing(shape) if coefficients[lid.row] else None
            if by is not None:
                vertices[lid.moved] += np.float32(coefficients[lid.row]) * by
                coefficients[lid.row] = 0.0
        for row in np.flatnonzero(coefficients):
            vertices += np.float32(coefficients[row]) * self.model.expressions[row]
        return vertices

    def albedo(self, coefficients: Float64, tone: Float64, lips: Float64) -> Float32:
        """Return the (n, 3) albedo of a person, linear RGB.

        Parameters
        ----------
        coefficients : (a,) float64
            Of the model's albedo components.
        tone : (3,) float64
            Of the forehead, linear RGB.
        lips : (3,) float64
            What lips are multiplied by.
        """
        made = self.model.albedo.copy()
        for value, component in zip(coefficients, self.model.albedo_components, strict=True):
            made += np.float32(value) * component
        made = np.maximum(made, np.float32(0.004))
        if self._brows is not None:
            rows, share, near = self._brows
            bare = np.median(made[near], axis=0)
            made[rows] += share * (bare - made[rows])
        forehead = np.median(made[self._forehead], axis=0)
        scale = (tone / forehead).astype(np.float32)
        toned = made * (1.0 + self._skin[:, None] * (scale - 1.0))
        toned *= 1.0 + self._lips[:, None] * (lips.astype(np.float32) - 1.0)
        return np.clip(toned, 0.004, 0.9).astype(np.float32)

    @property
    def _forehead(self) -> Array:
        if not hasattr(self, "_found"):
            model = self.model
            between = model.mean[model.landmark_vertices[NOSE_BRIDGE.start]] + [0.0, 32.0, 0.0]
            near = np.linalg.norm(model.mean - between, axis=1) < 22.0
            self._found = np.flatnonzero(near if near.any() else np.ones(len(near), bool))
        return self._found


def tone(place: float) -> Float64:
    """Return the albedo (3,) of a forehead; `place` 0 is the palest, 1 the darkest."""
    at = place * (len(TONES) - 1)
    logs = [np.interp(at, range(len(TONES)), column) for column in np.log(TONES).T]
    return np.exp(np.array(logs))


def _skin_share(model: MorphableModel) -> Float32:
    share = np.ones(len(model.mean), np.float32)
    for part in ("eyes", "teeth", "tongue", "mouth"):
        share[model.parts.get(part, np.empty(0, np.int32))] = 0.0
    return share


def _brow_share(model: MorphableModel) -> tuple[Array, Float32, Array]:
    """Return the vertices of painted brows, how much of them is brow, and bare skin above."""
    marks, points = model.mean[model.landmark_vertices], model.mean
    share, bare = np.zeros(len(points)), np.zeros(len(points), np.bool_)
    for brow in (LEFT_BROW, RIGHT_BROW):
        places = np.linspace(-0.4, 4.4, 60)
        line = np.stack([np.interp(places, range(5), axis) for axis in marks[brow].T], 1)
        away = np.linalg.norm(points[:, None] - line, axis=2).min(1)
        share = np.maximum(share, np.clip((13.0 - away) / 4.0, 0.0, 1.0))
        bare |= (away > 12.0) & (away < 20.0) & (points[:, 1] > line[:, 1].max())
    rows = np.flatnonzero(share)
    return rows, share[rows, None].astype(np.float32), np.flatnonzero(bare)


def _beyond(model: MorphableModel, *, with_people: bool) -> Float32:
    """Return ways (b, n, 3) mm that the model's components do not hold."""
    found: list[Array] = [_smooth(model, np.random.default_rng([31, i])) for i in range(FIELDS)]
    if with_people:
        found += [person.shape - model.mean for person in head.performers()]
    basis = model.identity.reshape(len(model.identity), -1).astype(np.float64)
    inner = basis @ basis.T + 1e-6 * np.eye(len(basis))
    ways = np.stack(found).reshape(len(found), -1).astype(np.float64)
    ways -= np.linalg.solve(inner, basis @ ways.T).T @ basis
    rms = np.sqrt((ways**2).mean(1, keepdims=True) * 3.0)
    return (ways * (BEYOND / rms)).reshape(len(found), -1, 3).astype(np.float32)


def _smooth(model: MorphableModel, random: np.random.Generator) -> Float64:
    """Return a smooth field (n, 3): few waves in random directions, half of them mirrored."""
    points = model.mean.astype(np.float64)
    field = np.zeros_like(points)
    for _ in range(5):
        towards = random.normal(size=3)
        towards *= 2.0 * np.pi / np.linalg.norm(towards) / random.uniform(*WAVES)
        way, phase = random.normal(size=3), random.uniform(0.0, 2.0 * np.pi)
        field += np.sin(points @ towards + phase)[:, None] * way
        mirror, other = points * (-1.0, 1.0, 1.0), way * (-1.0, 1.0, 1.0)
        field += random.uniform(0.4, 1.0) * np.sin(mirror @ towards + phase)[:, None] * other
    return field
