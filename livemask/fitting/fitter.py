"""Fitter: 68 points of a frame -> pose, expression and identity of the head model."""

from dataclasses import dataclass, field

import numpy as np

from livemask.contour import basis_on_contour, contour_weights, on_contour
from livemask.fitting.expression import Prior, solve_expression
from livemask.fitting.identity import IdentityEstimate, information
from livemask.fitting.kernels import View, robust_weights
from livemask.fitting.pose import refine_pose, start_pose
from livemask.geometry import project, rigid
from livemask.landmarks import (
    INNER_LIPS,
    JAW,
    LEFT_BROW,
    LEFT_EYE,
    OUTER_LIPS,
    RIGHT_BROW,
    RIGHT_EYE,
)
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Face, Fit, Float64, State

COLD_ROUNDS, WARM_ROUNDS = 6, 2
"""Alternations of pose, expression and identity: for a new face, and from frame to frame."""

GLANCE = 5
"""Once the identity has settled, every such frame is still asked about it."""

TOLERANCE = 2.5
"""Standard deviations by which a point may be off and count half."""

SWEEPS = 60
"""Of the bounded solve; warm it stops after a few."""

UNSEEN = ("eyeLook", "tongue")
"""Expressions that 68 points do not show; their coefficients stay 0."""


def point_noise() -> Float64:
    """Return the standard deviation of each iBUG point on a head, (68,) mm.

    What dlib scatters about its own mean plus what the model cannot follow; measured on
    portraits, see `benchmarks`. The outline is the least certain.
    """
    noise = np.full(68, 1.2)
    noise[JAW] = 3.0
    noise[RIGHT_BROW] = noise[LEFT_BROW] = 1.6
    noise[RIGHT_EYE] = noise[LEFT_EYE] = 0.7
    noise[OUTER_LIPS] = 1.0
    noise[INNER_LIPS] = 0.9
    return noise


@dataclass
class _Person:
    """What the fitter remembers of one face."""

    identity: IdentityEstimate
    expression: Float64  # (q,) of the active expressions
    frames: int = 0
    shape: Float64 = field(default_factory=lambda: np.empty(0))  # (N, 3) without expression
    shape_of: Float64 | None = None  # the identity that `shape` was made of


class Fitter:
    """Fits a model to faces, frame by frame; remembers each person by its id.

    Alternates a closed-form pose (affine camera, nearest rotation), bounded expressions and
    the identity of the whole run, then refines the pose in perspective (analysis by
    synthesis of sparse points: Blanz & Vetter 1999; Huber et al. 2016).

    Parameters
    ----------
    model : MorphableModel
    camera : Camera
    """

    def __init__(self, model: MorphableModel, camera: Camera) -> None:
        rows = model.landmark_model
        self._camera, self._rows = camera, rows
        seen = [not name.startswith(UNSEEN) for name in model.expression_names]
        self._active = np.flatnonzero(seen)
        self._count = len(seen)
        self._expressions = np.ascontiguousarray(rows.expressions[self._active])
        bounds = model.expression_bounds[self._active].astype(np.float64)
        sigmas = model.expression_sigmas[self._active].astype(np.float64)
        self._prior = Prior(sigmas**-2, bounds[:, 0].copy(), bounds[:, 1].copy())
        self._weights = np.where(rows.known, 1.0 / point_noise() ** 2, 1e-12)
        self._people: dict[int, _Person] = {}
        # Scratch of one fit: the rows that the outline picks at the present pose.
        self._outline = np.empty(rows.strips.shape)
        self._points = np.empty((68, 3))
        self._moves = np.empty((len(self._active), 68, 3))
        self._components = np.empty((len(rows.identity), 68, 3))
        self._information = np.empty((len(rows.identity), len(rows.identity)))
        self._gradient = np.empty(len(rows.identity))

    def fit(self, face: Face) -> Fit:
        """Return the fit to the 68 points of `face`, before any smoothing."""
        person = self._people.get(face.id) or self._new(face.id)
        # One memory layout whatever the detector's: another would be compiled for, in mid-show.
        pixels = np.ascontiguousarray((face.landmarks - self._camera.centre) * (1.0, -1.0))
        view = View(pixels, self._weights.copy(), self._camera.focal, np.eye(3), np.zeros(3))
        self._pick(person, view.rotation)
        start_pose(self._points, view)
        cold = person.frames == 0
        for turn in range(COLD_ROUNDS if cold else WARM_ROUNDS):
            self._move(person, view)
            if cold and turn:
                person.identity.restart()
                self._learn(person, view)
        self._pick(person, view.rotation)
        robust_weights(self._points, view, self._weights, TOLERANCE)
        refine_pose(self._points, view, 2)
        if not cold and (not person.identity.settled or person.frames % GLANCE == 0):
            self._learn(person, view)
        person.frames += 1
        self._pick(person, view.rotation)
        return self._result(face, person, rigid(view.rotation, view.translation))

    def warm_up(self) -> None:
        """Let numba compile or load everything that `fit` needs, with arrays as it makes them.

        Takes seconds on the first start of a machine, else a quarter of one.
        """
        pose = rigid(np.eye(3), np.array([0.0, 0.0, -700.0]))
        points = self._rows.landmarks(
            np.zeros(len(self._rows.identity)), np.zeros(self._count), np.eye(3)
        )
        face = Face(-1, project(self._camera, pose, points), 1.0)
        for _ in range(2):  # a new face, then one that is known
            self.fit(face)
        self.forget(face.id)

    def forget(self, id: int) -> None:  # noqa: A002 - the record's word
        """Drop what is known of a face."""
        self._people.pop(id, None)

    def _new(self, id: int) -> _Person:  # noqa: A002
        person = _Person(IdentityEstimate(len(self._rows.identity)), np.zeros(len(self._active)))
        self._people[id] = person
        return person

    def _pick(self, person: _Person, rotation: Float64) -> None:
        """Write the 68 points and their bases as seen at `rotation`, the jaw on the outline."""
        identity = person.identity.value
        if person.shape_of is not identity:
            person.shape = self._rows.mean + np.tensordot(identity, self._rows.identity, 1)
            person.shape_of = identity
        points = person.shape + np.tensordot(person.expression, self._expressions, 1)
        strips = self._rows.strips
        contour_weights(points, strips, rotation, self._outline)
        on_contour(points, strips, self._outline, self._points)
        basis_on_contour(self._expressions, strips, self._outline, self._moves)

    def _move(self, person: _Person, view: View) -> None:
        """Improve the pose, then the expression."""
        self._pick(person, view.rotation)
        refine_pose(self._points, view, 2)
        robust_weights(self._points, view, self._weights, TOLERANCE)
        solve_expression(self._points, self._moves, view, self._prior, person.expression, SWEEPS)

    def _learn(self, person: _Person, view: View) -> None:
        """Let the frame speak to the identity of the run."""
        self._pick(person, view.rotation)
        basis_on_contour(self._rows.identity, self._rows.strips, self._outline, self._components)
        information(
            self._points,
            self._components,
            self._moves,
            view,
            self._prior.precision,
            person.expression,
            self._information,
            self._gradient,
        )
        person.identity.learn(self._information, self._gradient)
        person.identity.solve()

    def _result(self, face: Face, person: _Person, camera_from_head: Float64) -> Fit:
        shown = project(self._camera, camera_from_head, self._points)
        missing = (shown - face.landmarks)[self._rows.known]
        expression = np.zeros(self._count)
        expression[self._active] = person.expression
        return Fit(
            id=face.id,
            camera=self._camera,
            camera_from_head=camera_from_head,
            identity=person.identity.value,
            expression=expression,
            residual=float(np.sqrt(np.mean(np.sum(missing**2, axis=1)))),
            confidence=face.confidence,
            state=State.TRACKED,
        )
