import numpy as np

from livemask.fitting.dense import likeness
from livemask.fitting.dense.likeness import Likeness
from livemask.fitting.dense.picture import Picture
from livemask.fitting.dense.portrait import BLURS, Evidence, Portrait
from livemask.fitting.dense.surface import Surface
from livemask.geometry import rigid, rotation_matrix
from livemask.records import Face, Fit, State
from tests.fitting.dense.drawn_head import drawn
from tests.heads import CAMERA, seen_landmarks, shipped

YAWS = (-25.0, 0.0, 25.0)


def pose_at(yaw):
    return rigid(
        rotation_matrix(np.array([0.0, np.radians(yaw), 0.0])), np.array([0.0, 0.0, -420.0])
    )


def person(seed=1):
    identity = np.zeros(len(shipped().identity))
    identity[:10] = np.random.default_rng(seed).normal(0.0, 1.0, 10)
    return identity


def met(identity, yaw):
    """Return a frame, the face as a detector with a bias sees it, and a fit that knows nobody."""
    model, pose = shipped(), pose_at(yaw)
    points = seen_landmarks(model, CAMERA, pose, identity, np.zeros(len(model.expressions)))
    points = points + np.random.default_rng(9).normal(0.0, 1.5, (68, 2))  # the same in every frame
    nobody, still = np.zeros_like(identity), np.zeros(len(model.expressions))
    fit = Fit(0, CAMERA, pose, nobody, still, 0.0, 1.0, State.TRACKED)
    return drawn(pose, identity), Face(0, points, 1.0), fit


def face_error(identity, truth):
    model = shipped()
    off = np.tensordot(identity - truth, model.identity[:, model.face_weight > 0.5], 1)
    return np.linalg.norm(off - off.mean(axis=0), axis=1).mean()


def watched(views, rounds):
    """Return the last identity that is told of a face shown in turns."""
    known, last = Likeness(shipped()), None
    for turn in range(rounds):
        for _ in range(likeness.PAUSE + len(BLURS)):
            told = known.see(*views[turn % len(views)])
            last = last if told is None else told
    return last


def test_a_face_that_turns_is_known_far_better_than_the_average():
    truth = person()
    found = watched([met(truth, yaw) for yaw in YAWS], 6)
    assert found is not None
    assert face_error(found, truth) < 0.6 * face_error(np.zeros_like(truth), truth)


def test_a_face_that_is_far_turned_or_far_away_is_not_portrayed():
    frame, face, fit = met(person(), 0.0)
    turned = Fit(0, CAMERA, pose_at(70.0), fit.identity, fit.expression, 0.0, 1.0, State.TRACKED)
    assert watched([(frame, face, turned)], 4) is None


def test_a_forgotten_face_is_a_new_one():
    view = met(person(), 0.0)
    known = Likeness(shipped())
    for _ in range(40):
        known.see(*view)
    known.forget(0)
    assert all(known.see(*view) is None for _ in range(likeness.PAUSE + len(BLURS)))


def test_a_portrait_that_leaves_the_points_is_not_believed():
    frame, face, fit = met(person(), 0.0)
    away = pose_at(0.0)
    away[0, 3] += 30.0
    moved = Fit(0, CAMERA, away, fit.identity, fit.expression, 0.0, 1.0, State.TRACKED)
    picture = Picture.of(frame, moved)
    portrait = Portrait(Surface.of(shipped()), shipped(), picture, face, moved)
    count = len(fit.identity)
    while not portrait.done:
        portrait.step(Evidence(np.eye(count), np.zeros(count)))
    assert not portrait.believed


def test_each_frame_takes_one_step_at_most():
    view = met(person(), 0.0)
    known, steps = Likeness(shipped()), []
    known.see(*view)
    for _ in range(likeness.PAUSE - 1 + len(BLURS) - 1):
        known.see(*view)
        portrait = known._faces[0].portrait
        steps.append(portrait is not None and portrait._steps)
    assert steps[likeness.PAUSE - 2 :] == list(range(len(BLURS)))
