"""A photo of the performer, drawn once, with the reconstruction of it that a test needs."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from livemask.editing.pair import turned
from livemask.geometry import project, rigid
from livemask.light.estimate import LightEstimate
from livemask.light.inverse import Albedo
from livemask.performer import Performer
from livemask.performer.cast import cast
from livemask.reconstruction.portrait import Portrayal
from livemask.records import Camera, Fit, Frame, State
from tests.heads import shipped

SEED, SIZE = 3, (360, 360)
CAMERA = Camera.from_field_of_view(SIZE, np.radians(45.0))
POSE = rigid(np.eye(3), np.array([0.0, 10.0, -520.0]))


@lru_cache(maxsize=1)
def _performer():
    performer = Performer(size=SIZE, seed=SEED)
    performer.camera = CAMERA
    return performer


def close():
    """Let go of what draws."""
    if _performer.cache_info().currsize:
        _performer().close()
        _performer.cache_clear()


def expression(**amounts):
    """Return (52,) coefficients, those that are named."""
    made = np.zeros(52)
    for name, amount in amounts.items():
        made[shipped().expression_names.index(name)] = amount
    return made


@lru_cache(maxsize=8)
def _picture(amounts, turn):
    performer = _performer()
    return performer.picture(performer.pose(turned(POSE, turn), expression(**dict(amounts))))


def picture(turn=(0.0, 0.0, 0.0), **amounts):
    """Return the performer (h, w, 3) with an expression, turned by yaw, pitch and roll."""
    return _picture(tuple(amounts.items()), turn)


@lru_cache(maxsize=1)
def portrayal():
    """Return the performer at rest, known exactly: the model is cast as the performer."""
    person = replace(cast(shipped(), SEED))
    frame = Frame(picture(), 0.0, 0)
    fit = Fit(0, CAMERA, POSE, np.zeros(0), expression(), 0.0, 1.0, State.TRACKED)
    light = LightEstimate(person).update(frame, fit)
    albedo = Albedo(person).update(frame, fit, light)
    return Portrayal(frame, person, fit, albedo, light, landmarks(), {})


def landmarks(turn=(0.0, 0.0, 0.0), **amounts):
    """Return where the 68 points (68, 2) of a picture are, px."""
    person = cast(shipped(), SEED)
    vertices = person.vertices(np.zeros(0), expression(**amounts))
    return project(CAMERA, turned(POSE, turn), vertices[person.landmark_vertices])
