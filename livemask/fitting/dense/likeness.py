"""Likeness: who it is, from portraits of the run, a step of one in each frame.

68 points err alike in every frame of a person, and pull the fitted face to the average or
away from the true one. The picture itself knows better where lips and nose end: portraits
taken while a head turns take a third off the error of performers. What each says is averaged, as
in `fitting.identity`, and taken for the truth beside the model's own prior.
"""

from dataclasses import dataclass

import numpy as np

from livemask.fitting.dense.picture import Picture
from livemask.fitting.dense.portrait import Evidence, Portrait
from livemask.fitting.dense.surface import Surface
from livemask.morphable_model import MorphableModel
from livemask.records import Face, Fit, Float64, Frame

PAUSE, GLANCE = 4, 60
"""Frames without a portrait after each: at first, and once `ENOUGH` were taken."""

ENOUGH, MEMORY = 24, 60
"""Portraits after which a face is known well; over which the average runs at most."""

INDEPENDENT = 8.0
"""Portraits that a long run is worth at most: what the model cannot explain is in all."""

LEAST = 2
"""Portraits before anything is told of a person."""

CHANGE = 0.1
"""Standard deviations (rms) that are worth being told: every news moves the fit a little."""

MOST_TURNED = 0.64
"""Cosine of the angle to the camera, 50 degrees: a face farther turned is not portrayed."""


@dataclass
class _Person:
    """What is known of one face."""

    evidence: Evidence
    value: Float64
    looks: int = 0
    wait: int = PAUSE
    portrait: Portrait | None = None


class Likeness:
    """Learns the identities of several faces.

    Parameters
    ----------
    model : MorphableModel
    """

    def __init__(self, model: MorphableModel) -> None:
        self._model = model
        self._surface = Surface.of(model)
        self._faces: dict[int, _Person] = {}

    def see(self, frame: Frame, face: Face, fit: Fit) -> Float64 | None:
        """Look at a face a little; return its identity (k,) if that is known better now.

        Parameters
        ----------
        frame : Frame
            The picture.
        face : Face
            With the points that were fitted.
        fit : Fit
            Of these points in this frame, before any smoothing.
        """
        person = self._faces.get(face.id) or self._new(face.id, len(fit.identity))
        if person.portrait is None:
            person.wait -= 1
            if person.wait <= 0:
                person.portrait = self._begin(frame, face, fit)
                person.wait = PAUSE if person.looks < ENOUGH else GLANCE
            return None
        person.portrait.step(_prior(person))
        if not person.portrait.done:
            return None
        done, person.portrait = person.portrait, None
        return _learnt(person, done)

    def forget(self, id: int) -> None:  # noqa: A002 - the record's word
        """Drop what is known of a face."""
        self._faces.pop(id, None)

    def warm_up(self, frame: Frame, fit: Fit) -> None:
        """Let numba compile or load what a portrait needs, on any picture."""
        face = Face(fit.id, np.tile(np.array(fit.camera.centre, np.float64), (68, 1)), 1.0)
        portrait = self._begin(frame, face, fit)
        if portrait is not None:
            portrait.step(_prior(_nobody(len(fit.identity))))

    def _new(self, id: int, count: int) -> _Person:  # noqa: A002
        self._faces[id] = person = _nobody(count)
        return person

    def _begin(self, frame: Frame, face: Face, fit: Fit) -> Portrait | None:
        """Return a portrait of this frame, or None if it would show little."""
        if fit.camera_from_head[2, 2] < MOST_TURNED:
            return None
        picture = Picture.of(frame, fit)
        if picture is None:
            return None
        return Portrait(self._surface, self._model, picture, face, fit)


def _nobody(count: int) -> _Person:
    return _Person(Evidence(np.zeros((count, count)), np.zeros(count)), np.zeros(count))


def _prior(person: _Person) -> Evidence:
    """Return the model's prior and what the portraits so far are worth."""
    worth, (matrix, right) = min(person.looks, INDEPENDENT), person.evidence
    return Evidence(worth * matrix + np.eye(len(right)), worth * right)


def _learnt(person: _Person, portrait: Portrait) -> Float64 | None:
    """Take a portrait in if it is believed; return the identity if it has changed."""
    if not portrait.believed or portrait.evidence is None:
        return None
    person.looks += 1
    share = 1.0 / min(person.looks, MEMORY)
    (matrix, right), (new_matrix, new_right) = person.evidence, portrait.evidence
    matrix += share * (new_matrix - matrix)
    right += share * (new_right - right)
    value = np.linalg.solve(*_prior(person))
    change = np.sqrt(np.mean((value - person.value) ** 2))
    if person.looks < LEAST or change < CHANGE or not np.isfinite(value).all():
        return None
    person.value = np.asarray(value, np.float64)
    return person.value
