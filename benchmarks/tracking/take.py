"""Take: what was the case and what was tracked, frame by frame, as arrays."""

from dataclasses import dataclass, fields

import numpy as np

from livemask.geometry import project
from livemask.landmarks import JAW, eye_distance
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.performer import Truth
from livemask.records import Array, Fit, Float64

ASTRAY = 0.15
"""Share of the eyes' distance: a face whose inner points are farther off is not tracked."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One frame of a take; what was not tracked is nan.

    Attributes
    ----------
    time : float
        s.
    visible, away : bool
        Whether all of the face is in the picture, and whether none of it is.
    eyes : float
        Distance of the outer corners of the eyes if they looked into the camera, px.
    true_pose, pose : (4, 4) float64
        camera_from_head; mm.
    true_expression, expression : (52,) float64
    true_points, points, detected : (68, 2) float64
        The jaw on the visible outline; `points` as the fit shows them, `detected` as the
        fit was given them; px.
    seen : bool
        Whether the face counts as tracked.
    """

    time: float
    visible: bool
    away: bool
    eyes: float
    true_pose: Float64
    pose: Float64
    true_expression: Float64
    expression: Float64
    true_points: Float64
    points: Float64
    detected: Float64
    seen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """All frames of one performer in one scenario: `Moment` with n in front of each shape.

    Attributes
    ----------
    scenario : str
    seed : int
    person : MorphableModel
    identity : (k,) float64 or None
        As it was at the end.
    """

    scenario: str
    seed: int
    person: MorphableModel
    identity: Float64 | None
    time: Float64
    visible: Array
    away: Array
    eyes: Float64
    true_pose: Float64
    pose: Float64
    true_expression: Float64
    expression: Float64
    true_points: Float64
    points: Float64
    detected: Float64
    seen: Array

    @classmethod
    def of(
        cls,
        scenario: str,
        seed: int,
        person: MorphableModel,
        moments: list[Moment],
        last: Fit | None,
    ) -> "Take":
        """Stack the moments."""
        columns = {f.name: np.array([getattr(m, f.name) for m in moments]) for f in fields(Moment)}
        return cls(scenario, seed, person, last.identity if last else None, **columns)

    @property
    def off(self) -> Float64:
        """How far the inner points are from the true ones, (n,) in distances of the eyes."""
        return inner_distance(self.points, self.true_points) / self.eyes

    @property
    def right(self) -> Array:
        """Which frames (n,) are tracked, and where the face is."""
        return np.asarray(self.seen & self.visible & (np.nan_to_num(self.off, nan=9.0) < ASTRAY))


def inner_distance(points: Float64, others: Float64) -> Float64:
    """Return the mean distance (n,) of all points but the jaw's, of (n, 68, 2)."""
    return np.asarray(np.linalg.norm(points - others, axis=2)[:, JAW.stop :].mean(axis=1))


def moment(
    truth: Truth, person: MorphableModel, model: MorphableModel, fit: Fit | None, found: Float64
) -> Moment:
    """Return a frame; `fit` is None where nothing was tracked, `found` the points given to it."""
    true = true_points(truth, person)
    nothing = np.full(truth.expression.shape, np.nan)
    scale = truth.camera.focal / -truth.camera_from_head[2, 3]
    return Moment(
        truth.time,
        truth.visible,
        _is_away(truth, true),
        eye_distance(truth.landmarks) * float(scale),
        truth.camera_from_head,
        np.full((4, 4), np.nan) if fit is None else fit.camera_from_head,
        truth.expression,
        nothing if fit is None else fit.gesture,
        true,
        np.full((68, 2), np.nan) if fit is None else shown(model, fit),
        found,
        fit is not None,
    )


def shown(model: MorphableModel, fit: Fit) -> Float64:
    """Return the 68 points (68, 2) px of a fit."""
    return project(fit.camera, fit.camera_from_head, fit_landmarks(model, fit))


def true_points(truth: Truth, person: MorphableModel) -> Float64:
    """Return the 68 points (68, 2) px, the jaw on the visible outline."""
    turn = truth.camera_from_head[:3, :3]
    points = person.landmark_model.landmarks(np.zeros(0), truth.expression, turn)
    return project(truth.camera, truth.camera_from_head, points)


def _is_away(truth: Truth, points: Float64) -> bool:
    return bool((np.isnan(points) | (points < 0) | (points >= truth.camera.size)).any(1).all())
