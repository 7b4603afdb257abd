"""The melon-head filter."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import ModelError, UsageError
from livemask.geometry import project
from livemask.masks import watermelon
from livemask.morphable_model import fit_landmarks
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.solids import agreement


def drawn(mask, pose=None, frame=None, model=None, **moved):
    model = model or shipped()
    fit = tiny.fit(model, pose, **moved)
    return mask.layers(model, fit, frame or tiny.frame(), tiny.LIGHT, 0.0)


@pytest.fixture(scope="module")
def mask():
    return watermelon.create()


def test_it_is_a_melon_a_stalk_and_live_features(mask):
    melon, stalk, features = drawn(mask)

    assert melon.material.texture.dtype == np.uint8
    assert stalk.colours is not None
    assert features.material.texture == "frame"
    assert not features.material.lit


def test_the_stalk_stands_on_top(mask):
    melon, stalk, _ = drawn(mask)
    head_from_camera = np.linalg.inv(melon.camera_from_mesh)

    foot = (head_from_camera @ stalk.camera_from_mesh)[:3, 3]

    assert foot[1] == pytest.approx(melon.vertices[:, 1].max(), abs=0.1)


def test_features_float_just_above_the_melon(mask):
    melon, _, features = drawn(mask, jawOpen=0.5)
    solid = features.alpha > 0.5
    surface = melon.vertices[(melon.normals[:, 2] > 0.2)]
    for place in features.vertices[solid][::40]:
        near = surface[np.argmin(np.linalg.norm(surface - place, axis=1))]
        normal = melon.normals[np.argmin(np.linalg.norm(melon.vertices - near, axis=1))]
        assert -0.6 < (place - near) @ normal < 3.0


def test_a_pupil_of_the_video_is_in_the_middle_of_the_eye_on_the_melon(mask):
    """The texture of each eye's middle is where the fit sees the eye."""
    model, pose = shipped(), tiny.pose((0.1, 0.4, 0.0), (10, 0, -480))
    fit = tiny.fit(model, pose)
    _, _, features = drawn(mask, pose)
    lids = project(fit.camera, pose, fit_landmarks(model, fit))

    for start, group in ((0, slice(36, 42)), (len(features.uv) // 3, slice(42, 48))):
        middle = features.uv[start] * tiny.SIZE - 0.5
        assert np.linalg.norm(middle - lids[group].mean(0)) < 1.0


def test_an_open_mouth_makes_the_melon_longer_and_nothing_else(mask):
    shut, wide = drawn(mask)[0], drawn(mask, jawOpen=0.8)[0]

    assert wide.vertices[:, 1].min() < shut.vertices[:, 1].min() - 8
    assert wide.vertices[:, 1].max() == shut.vertices[:, 1].max()
    np.testing.assert_array_equal(wide.vertices[:, [0, 2]], shut.vertices[:, [0, 2]])


def test_the_normals_of_a_longer_melon_are_those_of_its_triangles(mask):
    wide = drawn(mask, jawOpen=0.8)[0]

    np.testing.assert_allclose(np.linalg.norm(wide.normals, axis=1), 1.0, atol=1e-5)
    assert agreement(wide.vertices, wide.triangles, wide.normals).min() > 0.999


def test_the_person_sets_the_size_once(mask):
    fit = tiny.fit(shipped())
    other = replace(fit, identity=np.full(len(fit.identity), 0.8))

    first = mask.layers(shipped(), fit, tiny.frame(), tiny.LIGHT, 0.0)[0]
    changed = mask.layers(shipped(), other, tiny.frame(), tiny.LIGHT, 0.0)[0]
    back = mask.layers(shipped(), fit, tiny.frame(), tiny.LIGHT, 0.0)[0]

    assert np.abs(changed.vertices - first.vertices).max() > 0.5
    np.testing.assert_array_equal(back.vertices, first.vertices)


def picture(mask, frame, **moved):
    layers = drawn(mask, frame=frame, **moved)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        image = renderer.render(Scene(frame, (), layers, tiny.LIGHT))
        renderer.close()
    return image


def test_skin_around_the_eyes_turns_green_and_the_eyes_do_not():
    skin = tiny.plain((205, 160, 140))
    fit = tiny.fit(shipped())
    lids = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))
    image = picture(watermelon.create(), tiny.frame(skin)).astype(int)

    face = image[int(lids[27, 1]) - 25 : int(lids[8, 1]) - 5, int(lids[4, 0]) : int(lids[12, 0])]
    green = (face[..., 1] > face[..., 0]).mean()

    assert 0.75 < green < 0.99  # what is left are eyes and mouth


def test_no_bare_skin_is_left_of_a_face_that_the_melon_covers():
    red = tiny.plain((255, 0, 0))
    fit = tiny.fit(shipped())
    image = picture(watermelon.create(brows=False), tiny.frame(red))
    points = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))

    for x, y in np.rint(points[np.r_[0:17, 27:36]]).astype(int):
        assert image[y, x, 1] > image[y, x, 0]


def test_a_model_without_all_points_is_refused():
    lame = tiny.model()
    lame = replace(lame, landmark_vertices=np.r_[-1, lame.landmark_vertices[1:]].astype(np.int32))

    with pytest.raises(ModelError, match="'tiny' lacks some of the 68 points"):
        drawn(watermelon.create(), model=lame)


def test_its_options_are_read():
    small, large = (
        np.ptp(drawn(watermelon.create(eyes=e, mouth=e, brows=False))[2].vertices, axis=0)
        for e in (1.0, 1.6)
    )

    assert (large[:2] > small[:2]).all()
    assert drawn(watermelon.create(gloss=0.9))[0].material.specular == 0.9
    large = drawn(watermelon.create(size=1.3))[0]
    assert np.ptp(large.vertices) > 1.2 * np.ptp(drawn(watermelon.create())[0].vertices)


@pytest.mark.parametrize("fruit", ["orange", "lemon", "apple"])
def test_other_fruits_have_a_skin_and_a_stalk_of_their_own(mask, fruit):
    melon, stem, _ = drawn(mask)
    skin, stalk, features = drawn(watermelon.create(fruit=fruit))

    assert skin.material.texture is not melon.material.texture
    assert len(stalk.vertices) != len(stem.vertices)
    assert features.material.texture == "frame"


def test_an_unknown_fruit_and_one_too_small_for_a_head_are_refused():
    with pytest.raises(UsageError, match="fruit='plum' must be watermelon or orange"):
        watermelon.create(fruit="plum")
    with pytest.raises(UsageError, match=r"size=0\.5 must be 1 to 2"):
        watermelon.create(size=0.5)


def test_an_eye_that_has_turned_away_is_not_shown(mask):
    ahead, left, right = (
        drawn(mask, tiny.pose((0, turn, 0)))[2].alpha.reshape(3, -1).max(1)
        for turn in (0.0, 1.3, -1.3)
    )

    assert ahead.min() == 1.0
    assert left[1] == 0.0
    assert right[0] == 0.0
