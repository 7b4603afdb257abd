"""Colours of a head, from a picture that was drawn from known colours."""

import numpy as np
import pytest

from livemask.geometry import rigid, rotation_matrix
from livemask.records import Camera, Fit, Frame, Light, Material, Mesh, Scene, State
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.texture import vertex_colours
from tests.heads import shipped

CAMERA = Camera.from_field_of_view((800, 600))
BACK = (10, 250, 10)


def true_colours():
    """Return (n, 3) sRGB-coded colours, the same left and right, never the background's."""
    place = shipped().mean / 100.0
    red = 0.6 + 0.2 * np.sin(5.0 * np.abs(place[:, 0]) + 3.0 * place[:, 1])
    return np.stack([red, 0.75 * red, 0.9 * red], axis=1)


def drawn(yaw):
    """Return the fit and the picture of a head turned by `yaw` degrees."""
    model = shipped()
    pose = rigid(rotation_matrix(np.radians([0.0, yaw, 0.0])), np.array([0.0, 0.0, -500.0]))
    nobody = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    fit = Fit(0, CAMERA, pose, *nobody, 1.0, 1.0, State.TRACKED)
    vertices = model.vertices(*nobody)
    linear = np.where(true_colours() < 0.04, 0.0, ((true_colours() + 0.055) / 1.055) ** 2.4)
    mesh = Mesh(
        vertices, model.triangles, model.normals(vertices), CAMERA, pose,
        Material(lit=False), colours=linear.astype(np.float32),
    )  # fmt: skip
    frame = Frame(np.full((600, 800, 3), BACK, np.uint8), 0.0, 0)
    with offscreen() as context:
        renderer = Renderer(context)
        image = renderer.render(Scene(frame, (fit,), (mesh,), Light.default()))
        renderer.close()
    return fit, Frame(image, 0.0, 0)


@pytest.mark.parametrize("yaw", [0.0, -30.0, 40.0])
def test_the_face_gets_its_own_colours_back(yaw):
    model = shipped()
    fit, frame = drawn(yaw)
    colours, seen = vertex_colours(frame, model, fit)
    skin = np.zeros(len(seen), bool)
    skin[model.parts["skin"]] = True
    sure = skin & (seen > 0.9) & (model.face_weight > 0.95)
    assert sure.mean() > 0.1
    assert np.abs(colours - true_colours())[sure].max(axis=1).mean() < 0.02


def test_the_hidden_cheek_is_filled_from_the_seen_one():
    model = shipped()
    fit, frame = drawn(40.0)  # the nose to the image's right: the subject's left is hidden
    colours, seen = vertex_colours(frame, model, fit)
    skin = np.zeros(len(seen), bool)
    skin[model.parts["skin"]] = True
    hidden = skin & (seen < 0.05) & (model.face_weight > 0.95) & (model.mean[:, 0] > 30.0)
    assert hidden.sum() > 50
    assert np.abs(colours - true_colours())[hidden].mean() < 0.08


def test_hardly_a_vertex_takes_the_colour_of_the_background_and_none_stays_black():
    fit, frame = drawn(-40.0)
    colours, _ = vertex_colours(frame, shipped(), fit)
    assert (colours[:, 1] > colours[:, 0] + 0.12).mean() < 0.0005
    assert colours.min() >= 0.0
    assert colours.max() <= 1.0
    skin = shipped().parts["skin"]
    assert colours[skin].max(axis=1).min() > 0.15


def test_a_face_that_is_not_in_the_picture_gets_a_colour_all_the_same():
    fit, frame = drawn(0.0)
    away = Fit(0, CAMERA, rigid(np.eye(3), np.array([5000.0, 0.0, -500.0])), fit.identity,
               fit.expression, 1.0, 1.0, State.TRACKED)  # fmt: skip
    colours, seen = vertex_colours(frame, shipped(), away)
    assert seen.max() == 0.0
    assert np.isfinite(colours).all()
