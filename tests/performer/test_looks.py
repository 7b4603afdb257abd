"""Skin, eyes, hair, lashes: where they are, not how they look."""

import numpy as np
import pytest

from livemask.landmarks import JAW, LEFT_EYE, NOSE_TIP
from livemask.performer import eyes, hair, skin
from livemask.performer.cast import cast
from livemask.performer.lashes import COLUMNS, Lashes
from livemask.performer.style import Style


@pytest.fixture(scope="module")
def style(person):
    return Style.of(person, 0)


@pytest.fixture(scope="module")
def painted(person, style):
    return skin.paint(person, style, hair.scalp(person, style))


def colour_at(painted, uv):
    column, row = (uv * painted.texture.shape[0]).astype(int)
    return painted.texture[row, column, :3].astype(int)


def of_vertex(person, painted, vertex):
    return colour_at(painted, painted.uv[np.flatnonzero(person.uv_vertices == vertex)[0]])


def test_skin_is_more_red_than_blue(person, painted):
    tip = of_vertex(person, painted, person.landmark_vertices[NOSE_TIP])
    assert tip[0] > 1.2 * tip[2]


def test_the_pupil_is_black_and_lies_where_the_model_has_it(person, painted):
    ball = person.parts["eyes"]
    darkest = ball[np.argsort(person.albedo[ball].sum(1))[:6]]
    for vertex in darkest:
        assert of_vertex(person, painted, vertex).max() < 60


def test_only_the_front_of_an_eyeball_is_drawn(person):
    shown = eyes.front(person)
    ball = person.parts["eyes"]
    assert shown[person.parts["skin"]].all()
    assert 0.3 < shown[ball].mean() < 0.8
    assert person.mean[ball][shown[ball], 2].min() > person.mean[ball, 2].min() + 5.0


def test_hair_grows_on_the_crown_and_not_on_the_face(person, style):
    mask = hair.scalp(person, style)
    top = np.argmax(person.mean[:, 1])
    assert mask[top] == 1.0
    assert mask[person.landmark_vertices[JAW.stop :]].max() == 0.0
    assert mask[np.setdiff1d(np.arange(len(mask)), person.parts["skin"])].max() == 0.0


def test_hair_stands_off_the_head(person, style):
    shell = hair.grow(person, style)
    top = shell.vertices[:, 1].max() - person.mean[:, 1].max()
    assert 8.0 < top < 50.0
    assert np.isfinite(shell.normals).all()


def test_every_face_has_hair_or_none_by_its_own_paint(model):
    bald = [Style.of(cast(model, seed), seed).bald for seed in range(12)]
    assert 0 < sum(bald) < 6


def test_lashes_stand_on_the_upper_lids_and_follow_them(person):
    lashes = Lashes.of(person)
    expression = np.zeros(len(person.expression_names))
    rows = lashes.grow(person.vertices(np.zeros(0), expression)).reshape(3, 2, COLUMNS, 3)
    lid = person.mean[person.landmark_vertices][LEFT_EYE]
    roots, tips = rows[0, 1], rows[-1, 1]
    assert np.abs(roots[:, 0] - lid[:, 0].mean()).max() < 20.0
    assert roots[:, 1].max() > lid[:, 1].mean()
    assert tips[COLUMNS // 2, 2] > roots[COLUMNS // 2, 2]
    expression[person.expression_names.index("eyeBlinkLeft")] = 1.0
    closed = lashes.grow(person.vertices(np.zeros(0), expression)).reshape(3, 2, COLUMNS, 3)
    assert closed[0, 1, COLUMNS // 2, 1] < roots[COLUMNS // 2, 1] - 4.0
    assert np.allclose(closed[0, 0], rows[0, 0], atol=0.2)
