"""A scene in which nobody can be recognised."""

import numpy as np

from livemask.records import Effect, Frame, Light, Scene
from livemask.safety.veil import blurred, veiled
from tests.safety.heads import head

FRAME = Frame(np.zeros((2, 2, 3), np.uint8), 0.0, 0)


def test_the_whole_picture_is_blurred_and_the_numbers_stay():
    scene = Scene(FRAME, (head(),), (), Light.default())
    (blur,) = veiled(scene).layers
    assert (blur.look, blur.region) == ("blur", None)
    assert veiled(scene).fits == scene.fits


def test_where_the_background_is_replaced_nothing_of_the_video_is_shown():
    for background in ("transparent", "blur", np.zeros((2, 2, 3), np.uint8)):
        scene = Scene(FRAME, (head(),), (Effect("mosaic"),), Light.default(), background)
        assert veiled(scene).layers == ()
        assert veiled(scene).background is background


def test_without_a_graphics_driver_nobody_is_recognised_either():
    image = np.random.default_rng(0).integers(0, 256, (90, 160, 3), np.uint8)
    scene = Scene(Frame(image, 0.0, 0), (), (), Light.default())
    plain = blurred(scene)
    assert (plain.shape, plain.dtype) == (image.shape, np.uint8)
    assert np.abs(np.diff(plain.astype(int), axis=1)).max() <= 12
    assert blurred(scene, alpha=True).shape == (90, 160, 4)
    replaced = Scene(scene.frame, (), (), scene.light, "transparent")
    assert not blurred(replaced, alpha=True).any()
