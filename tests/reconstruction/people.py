"""Reconstructions whose truth is known: photos are painted with what the model itself shows."""

from functools import lru_cache

import numpy as np

from livemask.geometry import rigid, rotation_matrix
from livemask.reconstruction import views
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.reconstruction import Reconstruction
from livemask.reconstruction.shape import Shape
from livemask.records import Camera, Fit, Frame, Light, State
from tests.heads import drawn_expression, shipped

SIZE = (320, 240)


def fitted(size=SIZE, place=(0.0, 0.0), turn=(4.0, 18.0, -6.0), distance=420.0):
    """Return a fit of a random person, turned by degrees, at a place in shares of the width."""
    model, rng = shipped(), np.random.default_rng(5)
    camera = Camera.from_field_of_view(size)
    across, up = np.array(place) * size[0] * distance / camera.focal
    pose = rigid(rotation_matrix(np.radians(turn)), np.array([across, up, -distance]))
    identity, expression = 0.5 * rng.standard_normal(80), drawn_expression(model, rng)
    return Fit(0, camera, pose, identity, expression, 1.2, 1.0, State.TRACKED)


def known(fit):
    """Return the reconstruction of a photo that shows what the fit tells, on bluish noise."""
    model, light = shipped(), Light.default()
    shape = Shape.of(model, fit)
    look = views.look(shape, fit.camera, model.albedo, light.harmonics)
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 60, (*fit.camera.size[::-1], 3)).astype(np.uint8)
    noise[..., 2] += 100
    whole = (0, 0, *fit.camera.size)
    image = views.pasted(noise, views.rgba(look.albedo * look.light, look.alpha), whole)
    image.flags.writeable = False
    quality = {"landmarks": 1.2}
    landmarks = np.zeros((68, 2))
    portrayal = Portrayal(
        Frame(image, 0.0, 0), model, fit, model.albedo, light, landmarks=landmarks, quality=quality
    )
    return Reconstruction(portrayal)


@lru_cache(maxsize=1)
def person():
    """Return one of them, made once."""
    return known(fitted())
