"""Calibrator: takes the calibration of whoever is in front, and applies it to their fits."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from livemask.calibration.blinking import Blinking
from livemask.calibration.calibration import Calibration
from livemask.calibration.neutral import LEAST, SECONDS, Neutral
from livemask.calibration.person import Person
from livemask.calibration.stance import centre_of, stance
from livemask.records import Fit, Float64, State

LOG = logging.getLogger("livemask")

Rest = Callable[[int, Float64 | None], object]
"""Takes the (m,) coefficients of a face at rest for the face of an id; None: learns them."""


class Calibrator:
    """Of one person: the first of the faces that are followed.

    Parameters
    ----------
    names : sequence of str
        Of the model's expressions.
    rest : Rest
        Tells the fitter.

    Attributes
    ----------
    person : Person
        Whose calibration is applied, and taken if they ask for it.
    """

    def __init__(self, names: Sequence[str], rest: Rest) -> None:
        self.person = Person()
        self._names, self._rest = tuple(names), rest
        self._blinking = Blinking(names)
        self._neutral: Neutral | None = None
        self._told: tuple[int, Calibration] | None = None  # of whom the fitter knows what

    def forget(self) -> None:
        """Tell the fitter once more: it has forgotten how the face is at rest."""
        self._told = None

    def apply(self, fits: tuple[Fit, ...], time: float) -> tuple[Fit, ...]:
        """Return the fits of a frame at `time`, s, the first as its calibration has it."""
        first = fits[0] if fits else None
        self._look(first, time)
        if first is None:
            return fits
        person = self.person
        if person.wants_centre and first.state is State.TRACKED:
            person.wants_centre = False
            centre = centre_of(first.camera_from_head)
            person.calibration = replace(person.calibration, centre=centre)
        value = person.calibration
        if first.state is State.TRACKED:  # in this very frame: the fitter knows it
            self._tell(first.id, value)
        calibrated = replace(first, stance=stance(first.camera_from_head, value.centre))
        calibrated = self._blinking.applied(calibrated, value.blink, value.wink)
        if value.auto_blink:
            calibrated = self._blinking.automatic(calibrated, time)
        return calibrated, *fits[1:]

    def _look(self, fit: Fit | None, time: float) -> None:
        """Look at the face at rest, if that is asked for."""
        person = self.person
        if person.wants_rest:
            person.wants_rest, self._neutral = False, Neutral(self._names)
        neutral = self._neutral
        if neutral is None:
            return
        done = neutral.look(fit, time)
        person.left = None if done else neutral.left
        if done:
            self._neutral = None
            self._take(neutral)

    def _take(self, neutral: Neutral) -> None:
        if not neutral.enough:
            LOG.warning(
                "nothing is calibrated: the face was seen from the front in fewer than %d frames "
                "of %g s. Look into the camera, in enough light, and calibrate again.",
                LEAST,
                SECONDS,
            )
            return
        if not neutral.calm:
            LOG.warning(
                "nothing is calibrated: the face moved. Neither speak nor smile for %g s, and "
                "calibrate again.",
                SECONDS,
            )
            return
        found = neutral.value()
        self.person.calibration = replace(self.person.calibration, neutral=found)
        self.person.wants_centre = True
        LOG.info("calibrated: %d expressions at rest", len(found))

    def _tell(self, id: int, value: Calibration) -> None:  # noqa: A002 - the record's word
        """Tell the fitter how a face is at rest, if it does not know."""
        told = self._told
        if told is not None and told[0] == id and told[1].neutral is value.neutral:
            return
        self._told = id, value
        if value.neutral:
            rest = np.array([value.neutral.get(name, 0.0) for name in self._names])
            self._rest(id, rest)
        elif told is not None and told[1].neutral:
            self._rest(id, None)
