"""Painted masks."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from livemask import plugins
from livemask.errors import UsageError
from livemask.geometry import project
from livemask.masks import paint
from livemask.masks.painting.layout import PLACES
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.wardrobe import will_hide
from tests.heads import shipped
from tests.masks import tiny


@pytest.fixture
def file(tmp_path):
    """A picture that is red on the subject's right, blue on the left, and clear around the lips."""
    image = np.zeros((64, 64, 4), np.uint8)
    image[:, :32], image[:, 32:] = (0, 0, 255, 255), (255, 0, 0, 255)
    image[40:50, 24:40, 3] = 0
    path = tmp_path / "own.png"
    assert cv2.imwrite(str(path), image)
    return path


def layers(mask, model):
    return mask.layers(model, tiny.fit(model), tiny.frame(), tiny.LIGHT, 0.0)


def test_the_picture_lies_on_the_face_and_what_is_clear_shows_the_person(file):
    model, frame = shipped(), tiny.frame()
    fit = tiny.fit(model)
    mesh = replace(layers(paint.create(file), model)[0])
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (fit,), (mesh,), tiny.LIGHT))
        renderer.close()
    points = model.mean[model.landmark_vertices[[19, 24, 51]]]
    right, left, lip = (
        picture[y, x]
        for x, y in np.rint(project(fit.camera, fit.camera_from_head, points)).astype(int)
    )

    assert right[0] > 3 * right[2]
    assert left[2] > 3 * left[0]
    x, y = np.rint(project(fit.camera, fit.camera_from_head, points[2:])).astype(int)[0]
    assert lip.tolist() == frame.image[y, x].tolist()


def test_uv_is_that_of_the_layout(file):
    model = shipped()
    (mesh,) = layers(paint.create(file), model)
    brow = model.landmark_vertices[19]
    kept = np.flatnonzero((mesh.vertices == model.mean[brow]).all(1))

    np.testing.assert_allclose(mesh.uv[kept[0]], PLACES[19], atol=0.01)


def test_teeth_are_not_painted(file):
    face, inner = layers(paint.create(file, mouth="model"), shipped())[::-1]

    assert inner.material.texture is None
    assert inner.colours is not None
    assert len(face.vertices) == len(layers(paint.create(file), shipped())[0].vertices)


def test_it_is_taken_to_hide_unless_told_otherwise(file):
    assert paint.create(file).hides
    assert not paint.create(file, hides=False).hides
    assert will_hide([str(file)])  # before it is loaded nobody knows


def test_a_picture_alone_names_the_mask(file):
    mask = plugins.create("masks", f"{file},gloss=0.5")

    assert layers(mask, tiny.model())[0].material.specular == 0.5


def test_a_picture_that_is_not_there_is_an_error():
    with pytest.raises(UsageError, match=r"nowhere\.png cannot be opened"):
        plugins.create("masks", "nowhere.png")


def test_an_impossible_opacity_is_refused(file):
    with pytest.raises(UsageError, match="opacity=2"):
        paint.create(file, opacity=2.0)


@pytest.mark.parametrize("name", ["tiger", "skull", "robot", "carnival"])
def test_a_shipped_painting_is_square_and_light(name):
    (mesh,) = layers(plugins.create("masks", name), tiny.model())

    assert mesh.material.texture.shape[:2] == (1024, 1024)
    assert paint.resource(f"assets/paint/{name}.webp").stat().st_size < 500_000


def test_the_half_mask_leaves_eyes_and_mouth_free():
    (mesh,) = layers(plugins.create("masks", "carnival"), tiny.model())
    texture = mesh.material.texture

    for point in (PLACES[36:42].mean(0), PLACES[42:48].mean(0), PLACES[48:60].mean(0)):
        x, y = (point * 1024).astype(int)
        assert texture[y, x, 3] == 0
    assert texture[int(0.33 * 1024), 512, 3] == 255
