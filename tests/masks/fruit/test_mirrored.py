"""The near side of a turned face in place of its far one."""

import numpy as np
import pytest

from livemask.masks import fruit_card
from livemask.masks.fruit.features import Features, Layout
from livemask.masks.fruit.mirrored import ACROSS, TWINS, given_up
from livemask.morphable_model import fit_landmarks
from tests.masks import tiny


def cut():
    """Return the features of a symmetrical face, (n, 3) mm."""
    return Features(Layout()).cut(fit_landmarks(tiny.model(), tiny.fit(tiny.model())))[0]


def turned(degrees):
    return tiny.fit(tiny.model(), tiny.pose((0, np.radians(degrees), 0)))


def test_a_twin_is_where_the_mirror_image_of_a_symmetrical_face_is():
    np.testing.assert_array_equal(TWINS[TWINS], np.arange(len(TWINS)))
    np.testing.assert_allclose(cut()[TWINS], cut() * (-1, 1, 1), atol=2.0)


def test_the_sides_are_told_apart_by_where_they_lie():
    x = cut()[:, 0]
    assert (np.sign(ACROSS) == np.sign(x))[np.abs(x) > 4.0].all()


def test_a_face_that_looks_into_the_camera_keeps_both_sides():
    assert given_up(turned(0)) is None
    assert given_up(turned(20)) is None


@pytest.mark.parametrize(("degrees", "far"), [(45, 1.0), (-45, -1.0)])
def test_of_a_turned_face_the_far_eye_is_given_up(degrees, far):
    share = given_up(turned(degrees))
    x = cut()[:, 0]
    assert share[x * far > 15.0].min() > 0.9
    assert share[x * far < -15.0].max() < 0.1


def test_the_far_eye_of_a_card_shows_what_the_near_one_does():
    frame, fit = tiny.frame(), turned(45)
    _, direct, twins = fruit_card.create().layers(tiny.model(), fit, frame, tiny.LIGHT, 0.0)
    given = given_up(fit) == 1.0
    assert (direct.alpha[given] == 0.0).all()
    assert twins.alpha[given].max() == 1.0
    np.testing.assert_array_equal(twins.uv[given], direct.uv[TWINS[given]])
