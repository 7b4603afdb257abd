"""Photos of two people whose truth is known: painted by the model, each in a light of its own."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from livemask.geometry import project, rigid, rotation_matrix
from livemask.harmonics import of_lamp
from livemask.landmarks import OUTER_LIPS
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction import views
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.shape import Shape
from livemask.records import Camera, Fit, Frame, Light, State
from tests.heads import shipped

SIZE = (320, 320)

FRONT, SIDE = np.array([0.0, 0.2, 0.98]), np.array([0.75, 0.2, 0.63])

LIPS = (0.25, 0.05, 0.2)
"""Linear, of the one whose face is put on."""


def albedo(lips=None, tone=1.0):
    """Return (n, 3) the model's, with lips of another colour."""
    model = shipped()
    colours = model.albedo.copy()
    if lips is not None:
        marks = model.mean[model.landmark_vertices[OUTER_LIPS]]
        apart = np.linalg.norm(model.mean[:, None, :2] - marks[:, :2], axis=2).min(axis=1)
        colours[(apart < 3.5) & (model.mean[:, 2] > 60.0)] = lips
    return (tone * colours).astype(np.float32)


def light(direction, ambient=0.35):
    colour, even = np.full(3, 0.9 - ambient), np.full(3, ambient)
    harmonics = of_lamp(direction / np.linalg.norm(direction), colour, even)
    return replace(Light.default(), harmonics=harmonics)


def photo(colours, lit, turn=(0.0, 0.0, 0.0), place=(0.0, 0.0), seed=3, distance=330.0):
    """Return the portrayal of a person with known colours, light and pose, on noise."""
    model, rng = shipped(), np.random.default_rng(seed)
    camera = Camera.from_field_of_view(SIZE)
    x, y = np.array(place) * SIZE[0] * distance / camera.focal
    pose = rigid(rotation_matrix(np.radians(turn)), np.array([x, y, -distance]))
    identity = 0.4 * rng.standard_normal(len(model.identity))
    expression = np.zeros(len(model.expressions))
    fit = Fit(0, camera, pose, identity, expression, 0.5, 1.0, State.TRACKED)
    image = rng.integers(90, 130, (*SIZE[::-1], 3)).astype(np.uint8)
    return seen(fit, colours, lit, image)


def seen(fit, colours, lit, under):
    """Return the portrayal of a picture (h, w, 3) in which a face is painted."""
    model = shipped()
    image = views.pasted(under, drawn(fit, colours, lit), (0, 0, *fit.camera.size))
    image.flags.writeable = False
    points = project(fit.camera, fit.camera_from_head, fit_landmarks(model, fit))
    return Portrayal(Frame(image, 0.0, 0), model, fit, colours, lit, points, {})


@lru_cache(maxsize=1)
def whole():
    """Return the model, all of whose head counts as face: it is painted with ears and neck."""
    return replace(shipped(), face_weight=np.ones_like(shipped().face_weight))


def drawn(fit, colours, lit):
    """Return the (h, w, 4) head in its colours and a light."""
    look = views.look(Shape.of(whole(), fit), fit.camera, colours, lit.harmonics)
    return views.rgba(look.albedo * look.light, look.alpha)


@lru_cache(maxsize=1)
def source():
    """Return one with purple lips and darker skin, turned a little, in light from the front."""
    return photo(albedo(LIPS, 0.4), light(FRONT), turn=(0.0, -12.0, 0.0), seed=8)


@lru_cache(maxsize=1)
def target():
    """Return one turned the other way, in light from the side."""
    return photo(albedo(), light(SIDE), turn=(4.0, 14.0, 5.0))


def face_of(given, weight=0.0):
    """Return (h, w) bool where a face is, as far as its weight is more."""
    model = given.model
    alpha = np.where(views.alpha_of(Shape.of(model, given.fit)) > weight, 1.0, 0.0)
    alpha = alpha.astype(np.float32)
    shape = Shape.of(whole(), given.fit)
    image = views.look(shape, given.fit.camera, np.repeat(alpha[:, None], 3, 1), np.zeros((9, 3)))
    return image.albedo[..., 0] * image.alpha > 0.5
