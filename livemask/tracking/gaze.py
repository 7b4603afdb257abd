"""Where the eyes look: irises in the picture, on the eyeballs of the fitted head.

A line from the camera through the middle of an iris meets the eyeball where its pupil is. No
fit knows to a millimetre where the eyeballs are, and one millimetre is four degrees; but who
faces the camera mostly looks towards it, so that what all glances have in common then is the
error of that eye. Both eyes look the same way: the one that is seen better speaks for both.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from numba import njit

from livemask.morphable_model import MorphableModel
from livemask.records import Face, Fit, Float64, Frame
from livemask.tracking import iris

FULL = {"In": 14.5, "Out": 14.5, "Up": 9.5, "Down": 11.0}
"""Degrees at coefficient 1, as on the shipped model's eyeballs."""

AHEAD = np.radians([[-6.5, 8.0], [6.5, 8.0]])
"""rad to the left and up, right eye first: how an iris usually lies on its eyeball when the eye
looks ahead. What is different in this person is learnt."""

IRIS_DEPTH = 0.93
"""How far from the middle of the eyeball the iris lies, in radii: behind the cornea."""

START, LEARN = 0.7, 20.0
"""s in which the error of a new face's eyes is learnt, and in which it is from then on."""

GLANCE, WORST = np.radians(5.0), np.radians(12.0)
"""rad: a glance so far aside counts half for the error; the error is never greater."""

FRONTAL = np.cos(np.radians(15.0))
"""Only a face that is turned less tells what the error is."""

HIDDEN = np.sin(np.radians(30.0))
"""Of a head that is turned farther than this, the far eye is not asked."""

LEAST_SCALE = 0.4
"""px per mm: an iris of fewer than five pixels is not looked for."""

SIDES = ("Right", "Left")
"""In the order of the 68 points."""


@dataclass
class _Eyes:
    """What is known of one face's eyes; angles in rad to the subject's left and up."""

    error: Float64 = field(default_factory=lambda: np.zeros((2, 2)))
    gaze: Float64 = field(default_factory=lambda: np.zeros(2))
    time: float = 0.0
    age: float = 0.0
    frames: int = 0


class Gaze:
    """Sees where several faces look.

    Parameters
    ----------
    model : MorphableModel
        Without ARKit's names of glances, or without eyeballs, nothing is done.
    """

    def __init__(self, model: MorphableModel) -> None:
        rows = {name: row for row, name in enumerate(model.expression_names)}
        self._rows = [[rows.get(f"eyeLook{way}{side}", -1) for way in FULL] for side in SIDES]
        self._blink = [rows.get(f"eyeBlink{side}", -1) for side in SIDES]
        eyes = model.parts.get("eyes", np.empty(0, np.int32))
        side = model.mean[eyes, 0]
        balls = [eyes[side < 0.0], eyes[side > 0.0]]
        self._sees = min(map(len, balls)) > 0 and min(min(*self._rows, self._blink)) >= 0
        if self._sees:
            self._ball = np.array([_middle(model.mean[ball]) for ball in balls])
            self._moves = np.stack([model.identity[:, ball].mean(axis=1) for ball in balls], axis=1)
            self._radius = IRIS_DEPTH * 0.5 * float(np.ptp(model.mean[balls[0], 1]))
        self._faces: dict[int, _Eyes] = {}

    def see(self, frame: Frame, face: Face, fit: Fit) -> Fit:
        """Return `fit`, whose lids have been seen, with the glance of `face` in `frame`."""
        scale = fit.camera.focal / max(-float(fit.camera_from_head[2, 3]), 1.0)
        if not self._sees or scale < LEAST_SCALE:
            return fit
        eyes = self._faces.setdefault(fit.id, _Eyes(time=frame.time))
        balls = self._ball + np.tensordot(fit.identity, self._moves, 1)
        angles, trust = np.zeros((2, 2)), self._trust(fit)
        for side in np.flatnonzero(trust):
            pixel = iris.find_iris(frame.image, face.landmarks, bool(side), scale)
            if pixel is None:
                trust[side] = 0.0
            else:
                ray = (pixel - fit.camera.centre) / fit.camera.focal
                angles[side] = pupil(fit.camera_from_head, balls[side], self._radius, ray)
        angles -= AHEAD
        self._learn(eyes, angles, trust, fit, frame.time)
        if trust.any():
            seen = trust @ (angles - eyes.error) / trust.sum()
            eyes.gaze = eyes.gaze + trust.max() * (seen - eyes.gaze)
        return self._looking(fit, eyes.gaze)

    def warm_up(self) -> None:
        """Let numba compile or load everything that `see` needs."""
        iris.warm_up()
        pupil(np.eye(4), np.array([0.0, 0.0, -1.0]), 1.0, np.zeros(2))

    def forget(self, id: int) -> None:  # noqa: A002 - the record's word
        """Drop what is known of a face."""
        self._faces.pop(id, None)

    def _trust(self, fit: Fit) -> Float64:
        """Return how far each eye is to be believed, (2,) from 0 to 1."""
        trust = np.clip(1.0 - 2.0 * fit.gesture[self._blink], 0.0, 1.0)
        turn = float(fit.camera_from_head[0, 2])  # > 0: the nose points to the subject's left
        if abs(turn) > HIDDEN:
            trust[1 if turn > 0.0 else 0] = 0.0
        return np.asarray(trust)

    def _learn(self, eyes: _Eyes, angles: Float64, trust: Float64, fit: Fit, time: float) -> None:
        """Take in where each eye (2, 2) seems to look from a head that looks ahead."""
        seconds, eyes.time = min(max(time - eyes.time, 0.0), 0.1), time
        if fit.camera_from_head[2, 2] < FRONTAL or trust.min() < 1.0:
            return
        eyes.age += seconds
        eyes.frames += 1
        new = angles - eyes.error
        share = 1.0 - np.exp(-seconds / LEARN)
        taken = share / (1.0 + (new / GLANCE) ** 2) if eyes.age > START else 1.0 / eyes.frames
        eyes.error = np.clip(eyes.error + taken * new, -WORST, WORST)

    def _looking(self, fit: Fit, gaze: Float64) -> Fit:
        """Return `fit` with both eyes turned by `gaze`."""
        left, up = np.degrees(gaze).tolist()
        expression, gesture = fit.expression.copy(), fit.gesture.copy()
        for rows, outwards in zip(self._rows, (-left, left), strict=True):
            turned = np.array([-outwards, outwards, up, -up]) / list(FULL.values())
            expression[rows] = gesture[rows] = np.clip(turned, 0.0, 1.0)
        return replace(fit, expression=expression, gesture=gesture)


@njit(cache=True, nogil=True)
def pupil(camera_from_head, ball, radius, ray):  # type: ignore[no-untyped-def]
    """Return where on an eyeball a pupil is, (2,) rad to the subject's left and up.

    `ball` (3,) mm is the middle of the eyeball in the head frame, `radius` mm that of the sphere
    on which irises lie; `ray` (2,) is where the iris is seen, px of y down per px of focal length
    from the principal point. Off by less than a radius: as if the lines of sight were parallel.
    """
    middle, there, direction = np.zeros(3), np.zeros(3), np.zeros(3)
    for a in range(3):
        middle[a] = camera_from_head[a, 3]
        for b in range(3):
            middle[a] += camera_from_head[a, b] * ball[b]
    there[0], there[1] = -ray[0] * middle[2] - middle[0], ray[1] * middle[2] - middle[1]
    depth = max(radius**2 - there[0] ** 2 - there[1] ** 2, 0.0) ** 0.5
    away = (middle[0] ** 2 + middle[1] ** 2 + middle[2] ** 2) ** 0.5
    for a in range(3):
        there[a] -= depth * middle[a] / away
    for a in range(3):
        for b in range(3):
            direction[a] += camera_from_head[b, a] * there[b]
    x, y, z = direction
    return np.array([np.arctan2(x, z), np.arctan2(y, np.hypot(x, z))])


def _middle(points: Float64) -> Float64:
    return np.asarray(0.5 * (points.min(axis=0) + points.max(axis=0)), np.float64)
