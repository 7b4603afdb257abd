from dataclasses import replace

import numpy as np
import pytest

from livemask.geometry import project, rigid, rotation_matrix, rotation_vector
from livemask.records import Camera, Fit, State
from livemask.tracking.smoothing import Smoother, share

CAMERA = Camera.from_field_of_view((640, 480))
STEP = 1.0 / 30.0


def fit_at(vector=(0.0, 0.0, 0.0), place=(0.0, 0.0, -600.0), expression=0.0, face=0):
    pose = rigid(rotation_matrix(np.array(vector)), np.array(place))
    return Fit(face, CAMERA, pose, np.zeros(3), np.full(4, expression), 1.0, 1.0, State.TRACKED)


def run(fits, smoother=None):
    smoother = smoother or Smoother()
    return [smoother.smooth(fit, i * STEP) for i, fit in enumerate(fits)]


def test_the_share_of_a_new_value_is_that_of_a_first_order_low_pass():
    tau = 1.0 / (2.0 * np.pi * 3.0)
    assert share(3.0, STEP) == pytest.approx(1.0 / (1.0 + tau / STEP))


def test_the_first_fit_is_shown_as_it_is():
    fit = fit_at((0.1, 0.2, 0.3))
    assert Smoother().smooth(fit, 0.0) is fit


def test_a_still_head_comes_to_rest_where_it_is():
    out = run([fit_at((0.0, 0.3, 0.0), (30.0, 0.0, -500.0), 0.4)] * 5)
    np.testing.assert_allclose(out[-1].camera_from_head, out[0].camera_from_head, atol=1e-12)


def test_trembling_is_calmed():
    rng = np.random.default_rng(0)
    noisy = [
        fit_at(rng.normal(0, 0.001, 3), rng.normal((0, 0, -600), [0.05, 0.05, 0.4]), 0.3)
        for _ in range(120)
    ]
    calm = run(noisy)

    def tremble(fits):
        turns = np.array([rotation_vector(f.camera_from_head[:3, :3]) for f in fits[20:]])
        places = np.array([f.camera_from_head[:3, 3] for f in fits[20:]])
        return np.abs(np.diff(turns, 2, axis=0)).mean(), np.abs(np.diff(places, 2, axis=0)).mean(0)

    before, after = tremble(noisy), tremble(calm)
    assert after[0] < 0.35 * before[0]
    assert (after[1] < 0.5 * before[1]).all()


def test_a_quick_turn_is_followed_within_three_frames():
    turn = np.radians(200.0) * STEP  # as fast as people shake their heads
    fits = [fit_at((0.0, turn * i, 0.0)) for i in range(10)]
    behind = rotation_vector(
        run(fits)[-1].camera_from_head[:3, :3].T @ fits[-1].camera_from_head[:3, :3]
    )
    assert np.linalg.norm(behind) < 3.0 * turn


def test_noise_of_the_distance_does_not_move_the_picture():
    rng = np.random.default_rng(1)
    ray = np.array([0.15, -0.1, -1.0])
    fits = [fit_at(place=ray * (600.0 + rng.normal(0.0, 20.0))) for _ in range(30)]
    pixels = [project(CAMERA, f.camera_from_head, np.zeros((1, 3)))[0] for f in run(fits)]
    np.testing.assert_allclose(pixels, np.broadcast_to(pixels[0], (30, 2)), atol=1e-9)


def test_it_is_timed_by_the_frames_and_not_by_their_number():
    slow, fast = Smoother(), Smoother()
    target = fit_at((0.0, 0.05, 0.0))
    for smoother, rate in ((slow, 15.0), (fast, 60.0)):
        smoother.smooth(fit_at(), 0.0)
        for i in range(int(rate * 0.2)):
            last = smoother.smooth(target, (i + 1) / rate)
        smoother.reached = rotation_vector(last.camera_from_head[:3, :3])[1]
    assert slow.reached == pytest.approx(fast.reached, rel=0.1)


def test_after_a_loss_the_next_fit_is_shown_as_it_is():
    smoother = Smoother()
    run([fit_at()] * 3, smoother)
    smoother.forget(0)
    moved = fit_at((0.0, 0.9, 0.0))
    assert smoother.smooth(moved, 1.0) is moved


def test_a_time_that_stands_still_does_no_harm():
    smoother = Smoother()
    smoother.smooth(fit_at(), 1.0)
    again = fit_at((0.0, 0.1, 0.0))
    assert smoother.smooth(again, 1.0) is again


def test_faces_do_not_pull_at_one_another():
    smoother = Smoother()
    first, second = fit_at(), fit_at((0.0, 0.5, 0.0), face=1)
    smoother.smooth(first, 0.0)
    assert smoother.smooth(second, 0.0) is second
    np.testing.assert_allclose(
        smoother.smooth(first, STEP).camera_from_head, np.array(first.camera_from_head), atol=1e-12
    )


def test_identity_state_and_residual_pass_through():
    smoother = Smoother()
    smoother.smooth(fit_at(), 0.0)
    given = replace(fit_at((0.0, 0.1, 0.0)), residual=2.5)
    shown = smoother.smooth(given, STEP)
    assert shown.identity is given.identity
    assert (shown.residual, shown.state) == (2.5, State.TRACKED)


def test_each_level_is_calmer_than_the_one_before():
    rng = np.random.default_rng(1)
    noisy = [fit_at(rng.normal(0, 0.001, 3), expression=rng.normal(0.3, 0.02)) for _ in range(90)]

    def tremble(level):
        fits = run(noisy, Smoother(level))[20:]
        turns = [rotation_vector(f.camera_from_head[:3, :3]) for f in fits]
        coefficients = [f.expression for f in fits]
        return [np.abs(np.diff(x, 2, axis=0)).mean() for x in (turns, coefficients)]

    trembling = np.array([tremble(level) for level in ("off", "low", "medium", "high")])
    assert (np.diff(trembling, axis=0) < 0.0).all()


def test_smoothing_that_is_off_returns_every_fit_as_it_is():
    fits = [fit_at((0.01 * i, 0.0, 0.0)) for i in range(5)]
    assert all(a is b for a, b in zip(run(fits, Smoother("off")), fits, strict=True))
