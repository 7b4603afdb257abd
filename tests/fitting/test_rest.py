import numpy as np

from livemask.fitting.expression import Prior
from livemask.fitting.fitter import Fitter
from livemask.fitting.rest import FEW, MOST, Rest, solve_gesture
from livemask.records import Face
from tests.heads import CAMERA, seen_landmarks, shipped

RATE = 30.0


def watched(rest, values, start=0.0):
    for index, value in enumerate(values):
        rest.learn(np.array(value, np.float64), start + index / RATE)
    return rest.value


def test_a_face_that_does_nothing_is_at_rest():
    assert np.allclose(watched(Rest(2), [[0.3, 0.0]] * 60), [0.3, 0.0])


def test_speech_and_a_smile_of_a_second_are_no_rest():
    rest = Rest(1)
    watched(rest, [[0.1]] * 30)
    spoken = 0.1 + 0.5 * np.sin(np.arange(120) / RATE * 2.0 * np.pi * 2.0) ** 2
    watched(rest, spoken[:, None], 1.0)
    watched(rest, [[0.9]] * 30, 5.0)
    assert abs(float(rest.value[0]) - 0.1) < 0.06


def test_whoever_comes_in_laughing_is_soon_known_better():
    rest = Rest(1)
    first = float(watched(rest, [[1.0]] * 60)[0])
    assert first == MOST
    assert float(watched(rest, [[0.0]] * 300, 2.0)[0]) < 0.4 * first


def test_a_rest_that_was_set_stays():
    rest = Rest(2)
    rest.set(np.array([0.2, 0.1]))
    assert np.allclose(watched(rest, [[0.9, 0.9]] * 90), [0.2, 0.1])


def test_a_rest_does_not_depend_on_the_rate_of_the_frames():
    slow, quick = Rest(1), Rest(1)
    for index in range(300):
        quick.learn(np.array([0.4 if index < 60 else 0.0]), index / 60.0)
        if index % 3 == 0:
            slow.learn(np.array([0.4 if index < 60 else 0.0]), index / 60.0)
    assert abs(float(slow.value[0] - quick.value[0])) < 0.02


def test_a_gesture_is_the_best_one_beyond_the_rest_among_few():
    rng = np.random.default_rng(4)
    rows = rng.normal(0.0, 1.0, (12, 3))
    prior = Prior(np.full(3, 4.0), np.zeros(3), np.ones(3))
    rest, played = np.array([0.3, 0.0, 0.2]), np.array([0.0, 0.7, 0.0])
    matrix, right = rows.T @ rows + np.diag(prior.precision), rows.T @ rows @ (rest + played)
    right = right + prior.precision * rest  # a rest that is known is not drawn to 0
    gesture = np.zeros(3)
    solve_gesture(matrix.copy(), right, prior, rest, gesture, 200)
    tighter = matrix + np.diag(prior.precision)

    def cost(x):
        return 0.5 * x @ tighter @ x - (right - matrix @ rest - FEW) @ x

    around = np.clip(gesture + rng.normal(0.0, 0.05, (500, 3)), 0.0, 1.0)
    assert all(cost(gesture) <= cost(x) + 1e-9 for x in around)
    assert gesture[1] > 0.2
    assert gesture[[0, 2]].max() < 0.1


def test_somebody_whose_brows_lie_low_does_not_frown_all_the_time():
    model = shipped()
    frown, smile = (model.expression_names.index(n) for n in ("browDownLeft", "mouthSmileLeft"))
    fitter, pose = Fitter(model, CAMERA), np.eye(4)
    pose[2, 3] = -600.0
    own = np.zeros(len(model.expressions))
    own[[frown, frown + 1]] = 0.4
    for index in range(40):
        played = own.copy()
        if index >= 30:
            played[[smile, smile + 1]] = 0.8
        points = seen_landmarks(model, CAMERA, pose, np.zeros(len(model.identity)), played)
        fit = fitter.fit(Face(0, points, 1.0), index / RATE)
    assert fit.expression[frown] > 0.15
    assert fit.gesture[frown] < 0.05
    assert fit.gesture[smile] > 0.4


def test_a_still_has_no_rest_but_the_model_s():
    model = shipped()
    smile = model.expression_names.index("mouthSmileLeft")
    pose, played = np.eye(4), np.zeros(len(model.expressions))
    pose[2, 3], played[[smile, smile + 1]] = -600.0, 0.8
    points = seen_landmarks(model, CAMERA, pose, np.zeros(len(model.identity)), played)
    assert Fitter(model, CAMERA).fit(Face(0, points, 1.0)).gesture[smile] > 0.5
