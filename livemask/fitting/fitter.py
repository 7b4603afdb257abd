"""Fitter: 68 points of a frame -> pose, expression and identity of the head model."""

from dataclasses import dataclass, field

import numpy as np

from livemask.contour import basis_on_contour
from livemask.fitting.alternation import SWEEPS, Head, alternate, pick
from livemask.fitting.expression import Prior, Quadratic
from livemask.fitting.identity import IdentityEstimate, information
from livemask.fitting.kernels import View
from livemask.fitting.pose import start_pose
from livemask.fitting.rest import Rest, solve_gesture
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

COLD_ROUNDS, WARM_ROUNDS = 6, 1
"""Alternations of pose, expression and identity: for a new face, and from frame to frame. More
of them find the same: an expression that was right a frame ago is nearly right now."""

ATTENTION, GLANCE = 1, 8
"""Every such frame is asked about the identity: until it has settled, and from then on. Frames
that follow one another say nearly the same."""

FAR_OFF = 0.25
"""Share of a face by which it may have moved since the frame before for that pose to be a start."""

FRONTAL = np.cos(np.radians(25.0))
"""A face that is turned farther from the camera does not tell how it is at rest."""

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
    gesture: Float64  # (q,)
    rest: Rest
    frames: int = 0
    seen: Float64 | None = None  # (68, 2) px, of the last frame, and the pose then
    rotation: Float64 = field(default_factory=lambda: np.eye(3))
    translation: Float64 = field(default_factory=lambda: np.zeros(3))
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
        expressions = rows.expressions[self._active]
        self._moves, self._components = _by_point(expressions), _by_point(rows.identity)
        bounds = model.expression_bounds[self._active].astype(np.float64)
        sigmas = model.expression_sigmas[self._active].astype(np.float64)
        self._prior = Prior(sigmas**-2, bounds[:, 0].copy(), bounds[:, 1].copy())
        self._certain = np.where(rows.known, 1.0 / point_noise() ** 2, 1e-12)
        self._people: dict[int, _Person] = {}
        self._locked: Float64 | None = None
        # Scratch of one fit: what the outline picks at the present pose.
        self._whole, self._points = np.empty_like(rows.mean), np.empty((68, 3))
        self._outline = np.empty(rows.strips.shape)
        self._seen_moves = _of_landmarks(expressions)
        self._seen_components = _of_landmarks(rows.identity)
        self._information = np.empty((len(rows.identity), len(rows.identity)))
        self._gradient = np.empty(len(rows.identity))
        count = len(self._active)
        self._said = Quadratic(np.empty((count, count)), np.empty(count))

    def fit(self, face: Face, time: float | None = None) -> Fit:
        """Return the fit to the 68 points of `face`, before any smoothing.

        Parameters
        ----------
        face : Face
            As detected, or with points that flow holds.
        time : float, optional
            s. Without it nothing is learnt of how the face is at rest: a still does not tell.
        """
        person = self._people.get(face.id) or self._new(face.id)
        # One memory layout whatever the detector's: another would be compiled for, in mid-show.
        pixels = np.ascontiguousarray((face.landmarks - self._camera.centre) * (1.0, -1.0))
        view = View(pixels, self._certain.copy(), self._camera.focal, np.eye(3), np.zeros(3))
        cold = person.frames == 0
        head = self._head(person)
        self._start(person, head, view)
        for turn in range(COLD_ROUNDS if cold else 1):
            alternate(head, view, self._prior, person.expression, 1 if cold else WARM_ROUNDS)
            if cold and turn:
                person.identity.restart()
                head = self._learn(person, head, view)
        self._gesticulate(person, view, time)
        every = GLANCE if person.identity.settled else ATTENTION
        if not cold and person.frames % every == 0:
            head = self._learn(person, head, view)
        if cold or person.frames % every == 0:
            pick(head, view.rotation, person.expression)
        person.frames += 1
        person.seen, person.rotation, person.translation = pixels, view.rotation, view.translation
        return self._result(face, person, rigid(view.rotation, view.translation))

    def rest(self, id: int) -> Rest:  # noqa: A002 - the record's word
        """Return the rest of a face that was fitted: to be looked at, or to be set."""
        return self._people[id].rest

    def take_rest(self, id: int, expression: Float64 | None) -> None:  # noqa: A002
        """Take `expression` (m,) for how a face that was fitted is at rest; None: learn it anew."""
        rest = self._people[id].rest = Rest(len(self._active))
        if expression is not None:
            rest.set(expression[self._active])

    def lock(self, id: int | None) -> None:  # noqa: A002
        """Take the identity of a face that was fitted for everybody's, and learn no other.

        None: learn again, of whoever is new.
        """
        self._locked = None if id is None else self._people[id].identity.value

    def _gesticulate(self, person: _Person, view: View, time: float | None) -> None:
        """Bring up to date how the person is at rest and what is played beyond that."""
        if time is not None and view.rotation[2, 2] > FRONTAL:
            person.rest.learn(person.expression, time)
        solve_gesture(
            self._said.matrix,
            self._said.right,
            self._prior,
            person.rest.value,
            person.gesture,
            SWEEPS,
        )

    def _start(self, person: _Person, head: Head, view: View) -> None:
        """Write the pose of the frame before, if that was a moment ago; else the nearest affine."""
        if person.seen is not None:
            moved = np.abs((view.pixels - person.seen).mean(axis=0)).max()
            if moved < FAR_OFF * float(np.ptp(view.pixels[:, 1])):
                view.rotation[:], view.translation[:] = person.rotation, person.translation
                return
        pick(head, view.rotation, person.expression)
        start_pose(head.points, view)

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
        count = len(self._active)
        person = _Person(
            IdentityEstimate(len(self._rows.identity)),
            np.zeros(count),
            np.zeros(count),
            Rest(count),
        )
        if self._locked is not None:
            person.identity.value = self._locked
        self._people[id] = person
        return person

    def _head(self, person: _Person) -> Head:
        """Return the head that is fitted: the person's, as known so far."""
        identity = person.identity.value
        if person.shape_of is not identity:
            person.shape = self._rows.mean + np.tensordot(identity, self._rows.identity, 1)
            person.shape_of = identity
        return Head(
            person.shape,
            self._moves,
            self._rows.strips,
            self._certain,
            self._whole,
            self._outline,
            self._points,
            self._seen_moves,
            self._said,
        )

    def _learn(self, person: _Person, head: Head, view: View) -> Head:
        """Let the frame speak to the identity of the run; return the head that it then is."""
        if self._locked is not None:
            return head
        basis_on_contour(self._components, head.strips, head.outline, self._seen_components)
        information(
            head.points,
            self._seen_components,
            head.seen_moves,
            view,
            self._prior.precision,
            person.expression,
            self._information,
            self._gradient,
        )
        person.identity.learn(self._information, self._gradient)
        person.identity.solve()
        return self._head(person)

    def _result(self, face: Face, person: _Person, camera_from_head: Float64) -> Fit:
        shown = project(self._camera, camera_from_head, self._points)
        missing = (shown - face.landmarks)[self._rows.known]
        expression, gesture = np.zeros(self._count), np.zeros(self._count)
        expression[self._active], gesture[self._active] = person.expression, person.gesture
        return Fit(
            id=face.id,
            camera=self._camera,
            camera_from_head=camera_from_head,
            identity=person.identity.value,
            expression=expression,
            residual=float(np.sqrt(np.mean(np.sum(missing**2, axis=1)))),
            confidence=face.confidence,
            state=State.TRACKED,
            gesture=gesture,
        )


def _by_point(basis: Float64) -> Float64:
    """Return a basis (q, N, 3) as (N, 3 q): what is mixed for one point lies together."""
    return np.ascontiguousarray(basis.transpose(1, 2, 0)).reshape(basis.shape[1], -1)


def _of_landmarks(basis: Float64) -> Float64:
    """Return what a basis (q, N, 3) does to the landmarks, (q, 3, 68): loops run over points."""
    return np.ascontiguousarray(basis[:, :68].transpose(0, 2, 1))
