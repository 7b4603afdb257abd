"""A photo painted with known colours tells them again, but for what is no skin."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from livemask.geometry import project
from livemask.landmarks import INNER_LIPS
from livemask.light.skin import LUMINANCE
from livemask.masks.swapping.baking import hairy
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction import complexion as room
from livemask.reconstruction import views
from livemask.reconstruction.complexion import complexion, eased
from livemask.reconstruction.shape import Shape
from livemask.reconstruction.unwrapped import partners
from livemask.records import Frame, Light
from tests.heads import shipped
from tests.reconstruction.people import fitted

LIGHT = Light.default()


def painted(albedo, fit):
    """Return a photo of a head of some albedo on bright green, its shape and its points."""
    shape = Shape.of(shipped(), fit)
    shown = views.look(shape, fit.camera, albedo.astype(np.float32), LIGHT.harmonics)
    grass = np.zeros((*fit.camera.size[::-1], 3), np.uint8)
    grass[..., 1] = 200
    whole = (0, 0, *fit.camera.size)
    image = views.pasted(grass, views.rgba(shown.albedo * shown.light, shown.alpha), whole)
    points = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))
    return Frame(image, 0.0, 0), shape, points


def straight():
    return replace(fitted(turn=(0.0, 0.0, 0.0), distance=330.0), expression=np.zeros(52))


@lru_cache(maxsize=1)
def bearded():
    """Return somebody with a dark chin, before whose forehead black hair hangs."""
    model, albedo = shipped(), shipped().albedo * np.array([0.8, 0.7, 0.6], np.float32)
    marks = model.mean[model.landmark_vertices]
    chin = (model.mean[:, 1] < marks[57, 1] - 4.0) & (model.mean[:, 2] > 20.0)
    hair = (hairy(model) > 0.9) & (model.mean[:, 1] > marks[19, 1] + 12.0)
    worn = albedo.copy()
    worn[chin] *= 0.3
    worn[hair] *= 0.05
    frame, shape, points = painted(worn, straight())
    return albedo, chin, hair, complexion(frame, shape, LIGHT, points)


def is_seen(model, weight):
    return (weight > 0.9) & (model.face_weight > 0.95)


def test_a_beard_is_as_dark_as_the_photo_shows_it():
    albedo, chin, _, found = bearded()
    seen = chin & is_seen(shipped(), found.trust)
    ratio = found.albedo[seen] / albedo[seen]
    assert np.median(ratio) == pytest.approx(0.3, abs=0.06)


def test_skin_has_its_albedo():
    albedo, chin, hair, found = bearded()
    skin = shipped().parts["skin"]
    seen = skin[(is_seen(shipped(), found.trust) & ~chin & ~hair)[skin]]
    assert np.median(np.abs(found.albedo[seen] / albedo[seen] - 1.0)) < 0.06


def test_a_highlight_on_skin_is_mostly_light():
    model = shipped()
    ratio = np.ones((len(model.mean), 3))
    skin, eye = model.parts["skin"][0], model.parts["eyes"][0]
    ratio[[skin, eye]] = 2.0
    share = room._matt(model, ratio)
    assert 0.6 < share[skin] < 0.8
    assert share[eye] == 1.0
    assert np.delete(share, skin).min() == 1.0


def test_hair_before_the_forehead_is_taken_off():
    albedo, _, hair, found = bearded()
    under = hair & (shipped().face_weight > 0.6)
    assert under.sum() > 100
    assert found.trust[under].max() < 0.2
    assert np.median(found.albedo[under] / albedo[under]) > 0.6


def test_eyes_have_the_colour_of_the_photos():
    model, blue = shipped(), shipped().albedo.copy()
    blue[model.parts["eyes"]] = (0.1, 0.2, 0.6)
    frame, shape, points = painted(blue, straight())
    found = complexion(frame, shape, LIGHT, points)
    eyes = model.parts["eyes"]
    seen = eyes[found.trust[eyes] > 0.9]
    assert len(seen) > 20
    assert np.median(found.albedo[seen, 2] / found.albedo[seen, 0]) > 2.0


def test_what_lies_beside_the_lids_and_lips_is_no_eye_and_no_tooth():
    frame, shape, points = painted(shipped().albedo, straight())
    shut = points.copy()
    shut[36:48] += 500.0
    shut[INNER_LIPS] += 500.0
    found = complexion(frame, shape, LIGHT, shut)
    assert (found.trust[shipped().parts["eyes"]] == 0.0).all()
    assert (found.trust[shipped().parts["teeth"]] == 0.0).all()


def test_a_polygon_holds_what_lies_in_it():
    outline = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])
    places = np.array([[5.0, 5.0], [-0.5, 5.0], [12.0, 5.0], [5.0, -3.0], [np.nan, 1.0]])
    np.testing.assert_array_equal(room._within(places, outline), [1, 1, 0, 0, 0])


def test_the_background_beside_a_cheek_is_not_on_it():
    fit = fitted(turn=(0.0, 35.0, 0.0), distance=330.0)
    frame, _, points = painted(shipped().albedo, replace(fit, identity=np.zeros(80)))
    wide = replace(fit, identity=np.zeros(80))
    wide.camera_from_head[:3, 3] += (4.0, 0.0, 0.0)
    found = complexion(frame, Shape.of(shipped(), wide), LIGHT, points)
    skin = shipped().parts["skin"]
    skin = skin[shipped().face_weight[skin] > 0.5]
    green = found.albedo[skin, 1] > 1.2 * found.albedo[skin, 0]
    assert green.mean() < 0.02


def test_hidden_skin_is_that_of_the_other_half():
    model = shipped()
    red = model.albedo * np.where(model.mean[:, 1:2] < 0.0, (1.0, 0.4, 0.4), 1.0)
    fit = fitted(turn=(0.0, 60.0, 0.0), distance=330.0)
    frame, shape, points = painted(red, fit)
    found = complexion(frame, shape, LIGHT, points)
    partner, _ = partners(model)
    skin = model.parts["skin"]
    hidden = (found.trust == 0.0) & (found.trust[partner] > 0.9) & (model.face_weight > 0.8)
    hidden = skin[hidden[skin]]
    assert len(hidden) > 100
    apart = np.abs(found.albedo[hidden] - found.albedo[partner[hidden]])
    assert np.median(apart) < 0.03


def test_a_model_without_landmarks_is_coloured_but_keeps_its_hair():
    bare = replace(shipped(), landmark_vertices=np.full(68, -1, np.int32))
    frame, _, points = painted(shipped().albedo, straight())
    found = complexion(frame, Shape.of(bare, straight()), LIGHT, points)
    assert room._where_hair_falls(bare).max() == 0.0
    assert found.trust.max() > 0.9


def test_no_part_of_a_face_is_black_and_none_over_white():
    frame, shape, _ = painted(shipped().albedo, straight())
    harsh = LIGHT.harmonics.copy()
    harsh[1:] *= 2.0
    found = eased(replace(LIGHT, harmonics=0.2 * harsh), frame, shape)
    seen = (shape.weight > 0.5) & (shipped().face_weight > 0.5)
    lit = room.shade(found.harmonics, shape.seen_normals)[seen] @ LUMINANCE
    assert np.percentile(lit, 3) > 0.25 * np.median(lit)
    points = np.full((68, 2), -99.0)
    bright = complexion(frame, shape, found, points).albedo[seen]
    assert 0.5 < np.percentile(bright, 99.5) <= 1.0


def test_an_even_light_stays_as_it_is():
    frame, shape, _ = painted(shipped().albedo, straight())
    np.testing.assert_allclose(eased(LIGHT, frame, shape).harmonics, LIGHT.harmonics, rtol=1e-5)


def test_nobody_in_the_picture_gives_the_models_colours():
    fit = fitted(place=(6.0, 0.0))
    frame, shape, _ = painted(shipped().albedo, fit)
    assert eased(LIGHT, frame, shape) is LIGHT
    found = complexion(frame, shape, LIGHT, np.full((68, 2), 50.0))
    assert found.trust.max() == 0.0
    np.testing.assert_allclose(found.albedo, np.clip(shipped().albedo, 0.0, 1.0), atol=0.3)
