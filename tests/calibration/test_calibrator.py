"""The calibration of whoever is in front."""

import numpy as np
import pytest

from livemask.calibration.calibration import Calibration
from livemask.calibration.calibrator import Calibrator
from tests.calibration.conftest import NAMES


@pytest.fixture
def told():
    return []


@pytest.fixture
def calibrator(told):
    return Calibrator(NAMES, lambda *what: told.append(what))


def play(calibrator, fits, start=0.0):
    return [calibrator.apply(fits, start + n / 30.0) for n in range(64)][-1]


def test_two_seconds_of_a_calm_face_are_its_rest(calibrator, told, fit_of):
    calibrator.person.wants_rest = True
    calibrator.apply((fit_of(0.1, 0.0, 0.0, 0.4),), -0.1)
    assert calibrator.person.left == 2.0
    play(calibrator, (fit_of(0.1, 0.0, 0.0, 0.4),))
    assert calibrator.person.left is None
    assert calibrator.person.calibration.neutral == {"jawOpen": 0.1, "browDownLeft": 0.4}
    (face, rest), *_ = told
    assert face == 0
    assert rest.tolist() == [0.1, 0.0, 0.0, 0.4, 0.0]
    assert len(told) == 1


def test_a_calibrated_face_looks_straight_ahead(calibrator, fit_of):
    calibrator.person.wants_rest = True
    (last,) = play(calibrator, (fit_of(0.1, turn=(0.0, 0.3, 0.0)),))
    assert last.stance[:3, :3] == pytest.approx(np.eye(3), abs=1e-9)
    assert last.camera_from_head[0, 2] != pytest.approx(0.0, abs=0.1)


def test_nobody_is_calibrated_who_is_not_seen(calibrator, told, fit_of, caplog):
    before = calibrator.person.calibration
    calibrator.person.wants_rest = True
    play(calibrator, ())
    assert calibrator.person.calibration is before
    assert told == []
    assert "nothing is calibrated" in caplog.text


def test_who_is_met_again_is_known_to_be_at_rest(calibrator, told, fit_of):
    calibrator.person.calibration = Calibration({"jawOpen": 0.2})
    calibrator.apply((fit_of(),), 0.0)
    calibrator.apply((fit_of(face=7),), 1.0)
    assert [face for face, _ in told] == [0, 7]


def test_a_calibration_that_is_taken_back_is_learnt_anew(calibrator, told, fit_of):
    calibrator.person.calibration = Calibration({"jawOpen": 0.2})
    calibrator.apply((fit_of(),), 0.0)
    calibrator.person.calibration = Calibration()
    calibrator.apply((fit_of(),), 0.1)
    assert told[-1] == (0, None)


def test_only_the_first_face_is_calibrated(calibrator, fit_of):
    calibrator.person.calibration = Calibration(centre=(0.0, 0.3, 0.0, 0.0, 0.0, -600.0), blink=0.5)
    other = fit_of(0.0, 0.5, 0.5, face=1)
    assert calibrator.apply((fit_of(0.0, 0.5, 0.5), other), 0.0)[1] is other


def test_recentring_waits_for_a_face_that_is_seen(calibrator, fit_of):
    calibrator.person.wants_centre = True
    calibrator.apply((fit_of(state="held", turn=(0.0, 0.5, 0.0)),), 0.0)
    assert calibrator.person.calibration.centre is None
    (fit,) = calibrator.apply((fit_of(turn=(0.0, 0.2, 0.0)),), 0.1)
    assert fit.stance[:3, :3] == pytest.approx(np.eye(3), abs=1e-9)


def test_eyes_that_are_to_blink_of_themselves_do(calibrator, fit_of):
    calibrator.person.calibration = Calibration(auto_blink=True)
    (fit,) = calibrator.apply((fit_of(0.0, 0.8, 0.8),), 0.0)
    assert fit.gesture[1:3].tolist() == [0.0, 0.0]


def test_a_fitter_that_has_forgotten_is_told_again(calibrator, told, fit_of):
    calibrator.person.calibration = Calibration({"jawOpen": 0.2})
    calibrator.apply((fit_of(),), 0.0)
    calibrator.forget()
    calibrator.apply((fit_of(state="held"),), 0.1)  # it does not know this face yet
    assert len(told) == 1
    calibrator.apply((fit_of(),), 0.2)
    assert len(told) == 2


def test_who_speaks_meanwhile_is_asked_to_do_it_again(calibrator, fit_of, caplog):
    before = calibrator.person.calibration
    calibrator.person.wants_rest = True
    for number in range(64):
        calibrator.apply((fit_of(0.6 * (number % 2)),), number / 30.0)
    assert calibrator.person.calibration is before
    assert "the face moved" in caplog.text
