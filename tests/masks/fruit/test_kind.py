"""Kinds of fruit."""

import numpy as np
import pytest

from livemask.masks.fruit.globe import globe, grid_normals
from livemask.masks.fruit.kind import KINDS
from tests.masks.solids import agreement, volume

POLES = np.array([[0.0, 1.0, 0.0], [0.0, -1.0, 0.0]])


def test_a_lemon_has_nipples_and_an_apple_hollows():
    lemon, apple = (KINDS[name].shaped(POLES)[:, 1] for name in ("lemon", "apple"))

    assert lemon[0] > 1.1
    assert lemon[1] < -1.1
    assert 0.7 < apple[0] < 0.9
    assert apple[1] > -1.0


def test_the_stalk_grows_from_the_pole():
    for kind in KINDS.values():
        assert kind.top() == pytest.approx(kind.shaped(POLES)[0, 1])


@pytest.mark.parametrize("name", KINDS)
def test_a_fruit_keeps_its_front_where_features_are(name):
    front = np.array([[0.4, 0.3, 0.85], [-0.4, 0.3, 0.85], [0.0, 0.0, 1.0]])

    moved = np.abs(KINDS[name].shaped(front) - front).max()

    assert moved < 0.03


@pytest.mark.parametrize("name", KINDS)
def test_a_fruit_is_closed_and_its_normals_look_outward(name):
    directions, triangles, _ = globe(36, 24)
    points = KINDS[name].shaped(directions)
    normals = grid_normals(points, 25, 37)

    assert volume(points, triangles) > 3.0
    cosines = agreement(points, triangles, normals)
    assert np.median(cosines) > 0.98
    assert cosines.min() > 0.2


@pytest.mark.parametrize("name", KINDS)
def test_a_skin_is_the_same_array_every_time(name):
    assert KINDS[name].paint(1) is KINDS[name].paint(1)
