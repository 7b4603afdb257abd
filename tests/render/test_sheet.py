"""Masks that are drawn smaller and enlarged over the picture."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from livemask.quality import DRAWINGS, Drawing
from livemask.records import Effect, Material, Mesh
from livemask.render.renderer import Renderer
from tests.render import shapes
from tests.render.test_golden import CAMERA, SIZE

SMALLER = [drawing for drawing in DRAWINGS.values() if drawing.share < 1.0]
REGION = np.array([(60, 30), (200, 30), (200, 140), (60, 140)], np.float32)


def ball(x=0, look="locks", depth=-330, **fields):
    vertices, triangles, normals, uv = shapes.sphere(60.0, 32, 17)
    material = fields.pop("material", Material(look, colour=(0.7, 0.3, 0.2)))
    pose = shapes.at(x, 0, depth)
    return Mesh(vertices, triangles, normals, CAMERA, pose, material, uv=uv, **fields)


def soft(x=0):
    return ball(x, alpha=np.full(len(ball().vertices), 0.5, np.float32))


def smaller(renderer, drawing, scene, **how):
    """Return the picture with `drawing`, and as it is otherwise."""
    whole = renderer.render(scene, **how)
    renderer.drawing = drawing
    return renderer.render(scene, **how), whole


def inside(picture, whole, image, width=5):
    """Return how far pictures differ but for a rim of what is drawn over `image`."""
    drawn = (whole[..., :3] != image).any(axis=2).astype(np.uint8)
    kernel = np.ones((width, width), np.uint8)
    rim = cv2.dilate(drawn, kernel) != cv2.erode(drawn, kernel)
    return np.abs(picture.astype(int) - whole)[~rim]


@pytest.mark.parametrize("drawing", SMALLER)
@pytest.mark.parametrize("size", [SIZE, (241, 179)])
def test_what_is_beside_a_mask_stays_bit_for_bit_the_frame(plain_renderer, drawing, size):
    image = shapes.noise(*size)
    picture, whole = smaller(plain_renderer, drawing, shapes.scene(image, ball()))
    beside = (whole == image).all(axis=2)
    beside = cv2.erode(beside.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert beside.any()
    assert picture.shape == whole.shape
    np.testing.assert_array_equal(picture[beside], image[beside])


@pytest.mark.parametrize("drawing", SMALLER)
@pytest.mark.parametrize("mesh", [ball(), soft(), ball(look="shaded")], ids=["full", "soft", "lit"])
def test_a_mask_looks_the_same_but_for_its_rim(plain_renderer, drawing, mesh):
    image = shapes.plain(*SIZE)
    picture, whole = smaller(plain_renderer, drawing, shapes.scene(image, mesh))
    assert (whole != image).any()
    assert inside(picture, whole, image).max() <= 4


@pytest.mark.parametrize("drawing", SMALLER)
def test_an_enlarged_rim_has_no_fringe(plain_renderer, drawing):
    """Between a white mask and a white wall nothing is darker than both."""
    image = np.full((SIZE[1], SIZE[0], 3), 250, np.uint8)
    white = ball(material=Material("flat", colour=(1.0, 1.0, 1.0), lit=False))
    picture, _ = smaller(plain_renderer, drawing, shapes.scene(image, white))
    assert picture.min() >= 248


@pytest.mark.parametrize("drawing", SMALLER)
@pytest.mark.parametrize(
    "first", [ball(), soft(), ball(look="shaded")], ids=["full", "soft", "lit"]
)
def test_a_blur_lies_behind_the_mask_and_hides_as_much(plain_renderer, drawing, first):
    image = shapes.noise(*SIZE)
    scene = shapes.scene(image, Effect("blur", REGION), first, ball(-50))
    picture, whole = smaller(plain_renderer, drawing, scene)
    masked = plain_renderer.render(shapes.scene(shapes.plain(*SIZE), first, ball(-50)))
    beside = (masked == shapes.plain(*SIZE)).all(axis=2)
    beside = cv2.erode(beside.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    middle = np.zeros_like(beside)
    middle[55:115, 85:175] = True
    assert np.abs(picture.astype(int) - whole)[beside & middle].max(initial=0) <= 6
    assert np.abs(picture.astype(int) - whole)[middle].mean() < 6


@pytest.mark.parametrize("drawing", SMALLER)
def test_a_blur_of_the_whole_picture_leaves_nothing_bare(plain_renderer, drawing):
    image = shapes.noise(*SIZE)
    for layers in [(Effect("blur"),), (Effect("blur"), ball()), (ball(), Effect("blur"))]:
        picture, whole = smaller(plain_renderer, drawing, shapes.scene(image, *layers))
        assert inside(picture, whole, image, 9).max(initial=0) <= 8
        assert (np.abs(picture.astype(int) - image) > 20).mean() > 0.5


@pytest.mark.parametrize("drawing", SMALLER)
def test_gaps_of_a_transparent_picture_stay(plain_renderer, drawing):
    scene = shapes.scene(shapes.noise(*SIZE), Effect("blur", REGION), ball(), soft(60))
    scene = replace(scene, background="transparent")
    picture, whole = smaller(plain_renderer, drawing, scene, alpha=True)
    np.testing.assert_array_equal(picture[whole[..., 3] == 0].sum(axis=0)[3] < 255 * 400, True)
    assert picture[0, 0, 3] == 0
    assert np.abs(picture[..., 3].astype(int) - whole[..., 3]).mean() < 2.0
    full = cv2.erode((whole[..., 3] == 255).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert (picture[full][:, 3] == 255).all()


@pytest.mark.parametrize("drawing", SMALLER)
def test_what_shows_the_video_itself_is_as_sharp_as_ever(plain_renderer, drawing):
    image = shapes.noise(*SIZE)
    pixels = (np.stack(np.meshgrid([0, 240], [0, 180]), 2).reshape(-1, 2)).astype(np.float32)
    corners = np.column_stack([pixels - (119.5, 89.5), np.full(4, -CAMERA.focal)])
    corners[:, 1] *= -1.0
    quad = Mesh(
        (0.1 * corners).astype(np.float32),
        np.array([[0, 2, 1], [1, 2, 3]], np.int32),
        np.tile(np.array([0, 0, 1], np.float32), (4, 1)),
        CAMERA,
        np.eye(4),
        Material(texture="frame", lit=False),
        uv=((pixels + 0.5) / SIZE).astype(np.float32),
    )
    picture, whole = smaller(plain_renderer, drawing, shapes.scene(image, ball(), quad))
    np.testing.assert_array_equal(picture, whole)


@pytest.mark.parametrize("look", ["stroke", "disc", "wireframe"])
def test_thin_lines_and_what_is_drawn_with_them_are_not_drawn_smaller(plain_renderer, look):
    image = shapes.plain(*SIZE)
    scene = shapes.scene(image, ball(-20), ball(20, look))
    picture, whole = smaller(plain_renderer, SMALLER[-1], scene)
    np.testing.assert_array_equal(picture, whole)


def test_back_at_full_size_pictures_are_what_they_were_bit_for_bit(renderer: Renderer):
    scene = shapes.scene(shapes.noise(*SIZE), Effect("blur", REGION), ball(), soft(30))
    first = renderer.render(scene)
    for drawing in (*SMALLER, Drawing()):
        renderer.drawing = drawing
        last = renderer.render(scene)
        np.testing.assert_array_equal(renderer.render(scene), last)  # nor does a change flash
    np.testing.assert_array_equal(last, first)
    renderer.close()
    renderer.close()


def test_nothing_is_made_anew_from_frame_to_frame(plain_renderer: Renderer, monkeypatch):
    scene = shapes.scene(shapes.noise(*SIZE), Effect("blur", REGION), ball())
    plain_renderer.drawing = SMALLER[0]
    plain_renderer.render(scene)
    monkeypatch.setattr("livemask.render.gl.Texture.__init__", None)
    monkeypatch.setattr("livemask.render.gl.Framebuffer.__init__", None)
    plain_renderer.render(scene)
