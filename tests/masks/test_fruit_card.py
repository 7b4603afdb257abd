"""The fruit that fills the picture."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import ModelError, UsageError
from livemask.geometry import project
from livemask.masks import fruit_card
from livemask.masks.fruit.features import AROUND, RINGS
from livemask.morphable_model import fit_landmarks
from livemask.records import Camera, Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny


@pytest.fixture(scope="module")
def mask():
    return fruit_card.create("orange")


def drawn(mask, pose=None, camera=tiny.CAMERA, **moved):
    fit = tiny.fit(shipped(), pose, camera, **moved)
    frame = tiny.frame(size=camera.size)
    return mask.layers(shipped(), fit, frame, tiny.LIGHT, 0.0)


def pixels(mesh):
    return project(mesh.camera, mesh.camera_from_mesh, mesh.vertices.astype(float))


def middles(mesh):
    """Return the middle of the right eye, the left eye and the mouth, px."""
    return pixels(mesh)[:: RINGS * AROUND]


@pytest.mark.parametrize("size", [(241, 181), (320, 90), (90, 320), (64, 64), (1280, 720)])
def test_nothing_of_the_video_is_seen_whatever_the_shape_of_the_picture(mask, size):
    camera = Camera.from_field_of_view(size)
    frame = tiny.frame(tiny.plain((0, 0, 255), size))
    fit = tiny.fit(shipped(), tiny.pose(), camera)
    layers = mask.layers(shipped(), fit, frame, tiny.LIGHT, 0.0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (), layers[:1], tiny.LIGHT))
        renderer.close()

    assert (picture[..., 2] < 200).all()


@pytest.mark.parametrize(
    ("turn", "place"),
    [((0, 0.6, 0), (0, 0, -480)), ((0, 0, 0.7), (0, 0, -480)), ((0.3, 0, 0), (60, 20, -700))],
)
def test_features_stay_at_their_places_however_the_head_is_turned(mask, turn, place):
    ahead = drawn(mask)[1]
    moved = drawn(mask, tiny.pose(turn, place))[1]

    np.testing.assert_allclose(middles(moved), middles(ahead), atol=0.01)
    assert np.abs(moved.uv - ahead.uv).max() > 0.02


def test_a_rolled_head_has_level_eyes(mask):
    right, left, mouth = middles(drawn(mask, tiny.pose((0, 0, 0.6)))[1])

    assert right[1] == pytest.approx(left[1], abs=0.01)
    assert right[0] < mouth[0] < left[0]
    assert mouth[1] > right[1]


def test_the_pupils_of_the_video_are_in_the_middles_of_the_eyes(mask):
    pose = tiny.pose((0.1, 0.4, 0.2), (10, 0, -480))
    fit = tiny.fit(shipped(), pose)
    lids = project(fit.camera, pose, fit_landmarks(shipped(), fit))

    uv = drawn(mask, pose)[1].uv.reshape(3, -1, 2)[:2, 0]

    for place, group in zip(uv * tiny.SIZE - 0.5, (slice(36, 42), slice(42, 48)), strict=True):
        assert np.linalg.norm(place - lids[group].mean(0)) < 1.0


def test_an_open_mouth_is_open_on_the_picture(mask):
    shut, wide = (np.ptp(pixels(drawn(mask, jawOpen=o)[1])[-RINGS * AROUND :], 0) for o in (0, 0.8))

    assert wide[1] > 1.2 * shut[1]


def test_a_child_has_features_as_large_as_an_adult(mask):
    fit = tiny.fit(tiny.model())
    sizes = []
    for identity in (np.zeros(1), np.array([-4.0])):
        layers = fruit_card.create("orange").layers(
            tiny.model(), replace(fit, identity=identity), tiny.frame(), tiny.LIGHT, 0.0
        )
        sizes.append(np.ptp(pixels(layers[1])[: 5 * AROUND], axis=0)[0])

    assert sizes[1] == pytest.approx(sizes[0], rel=0.02)


def test_a_model_without_all_points_and_an_unknown_fruit_are_refused(mask):
    lame = tiny.model()
    lame = replace(lame, landmark_vertices=np.r_[-1, lame.landmark_vertices[1:]].astype(np.int32))

    with pytest.raises(ModelError, match="'tiny' lacks some of the 68 points"):
        mask.layers(lame, tiny.fit(lame), tiny.frame(), tiny.LIGHT, 0.0)
    with pytest.raises(UsageError, match="fruit='plum' must be"):
        fruit_card.create("plum")
