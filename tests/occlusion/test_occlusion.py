"""What is drawn over a mask."""

from dataclasses import replace

import numpy as np

from livemask.geometry import project
from livemask.occlusion.occlusion import Occlusion, sheet
from livemask.occlusion.unwrapping import SIDE
from livemask.records import Frame, Light, Mesh, Scene, State
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import CAMERA, shipped
from tests.occlusion.test_unwrapping import fitted


def square(at=300.0):
    x, y = np.meshgrid(*[at + np.arange(SIDE, dtype=np.float32)] * 2)
    return np.stack([x, y], -1)


def test_a_sheet_lies_at_its_pixels_before_everything():
    mesh = sheet(CAMERA, square(), np.ones((SIDE, SIDE), np.float32))

    places = project(CAMERA, mesh.camera_from_mesh, mesh.vertices)
    np.testing.assert_allclose(places, square().reshape(-1, 2), atol=0.01)
    assert (mesh.vertices[:, 2] > -30.0).all()


def test_where_a_sheet_is_opaque_the_video_shows_over_a_mask():
    image = np.random.default_rng(0).integers(0, 255, (CAMERA.size[1], CAMERA.size[0], 3), np.uint8)
    corners = [[-999, -999, -500], [999, -999, -500], [0, 999, -500]]
    black = Mesh(
        np.array(corners, np.float32), np.array([[0, 1, 2]], np.int32),
        np.tile(np.float32([0, 0, 1]), (3, 1)), CAMERA, np.eye(4),
    )  # fmt: skip
    mesh = sheet(CAMERA, square(), np.ones((SIDE, SIDE), np.float32))

    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        scene = Scene(Frame(image, 0.0, 0), (), (black, mesh), Light.default())
        drawn = renderer.render(scene)
        renderer.close()

    inner = slice(302, 360), slice(302, 360)
    assert np.abs(drawn[inner].astype(int) - image[inner]).max() <= 1
    assert np.abs(drawn[400:420, 400:420].astype(int) - image[400:420, 400:420]).max() > 50


def test_nothing_is_in_front_of_a_face_that_is_held():
    image = np.full((CAMERA.size[1], CAMERA.size[0], 3), 128, np.uint8)
    occlusion, fit = Occlusion(shipped()), fitted()
    for i in range(25):
        assert occlusion.layers(Frame(image, i / 30.0, i), fit, False) == ()
    changed = image.copy()
    below = project(
        CAMERA, fit.camera_from_head, shipped().mean[shipped().landmark_vertices[33:34]]
    )
    changed[int(below[0, 1]) :] = (30, 90, 200)

    held = replace(fit, state=State.HELD)
    assert [occlusion.layers(Frame(changed, 1.0, i), held, False) for i in range(9)] == [()] * 9
    shown = [occlusion.layers(Frame(changed, 1.0 + i / 30.0, i), fit, False) for i in range(9)]
    assert len(shown[-1]) == 1

    occlusion.keep(set())
    assert occlusion.layers(Frame(changed, 2.0, 99), fit, False) == ()
