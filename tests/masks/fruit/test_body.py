"""The body of a fruit about a head."""

import numpy as np
import pytest

from livemask.masks.fruit.body import Body
from livemask.masks.fruit.kind import KINDS
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.fruit.test_melon import used


def body(name="watermelon", size=1.0, **moved):
    made = Body(shipped(), KINDS[name], size)
    made.follow(tiny.fit(shipped(), **moved))
    return made


def test_a_larger_fruit_is_larger_all_around():
    usual, large = body(), body(size=1.2)

    np.testing.assert_allclose(large.melon.axes, 1.2 * usual.melon.axes)


@pytest.mark.parametrize("name", KINDS)
def test_the_head_is_within_the_fruit(name):
    model = shipped()
    melon = body(name).melon
    chin = model.landmark_vertices[8]
    head = model.mean[model.mean[:, 1] > model.mean[chin, 1]]

    assert used(melon, head).max() < 1.15  # what sticks out ahead is the nose


@pytest.mark.parametrize("name", KINDS)
def test_a_fruit_is_as_broad_beside_its_height_as_its_kind_says(name):
    axes = body(name).melon.axes

    assert axes[0] / axes[1] > 0.95 * KINDS[name].breadth


def test_a_place_on_the_front_has_the_skin_of_its_vertex():
    made = body(jawOpen=0.6)
    vertices, normals = made.shape()
    ahead = np.flatnonzero(normals[:, 2] > 0.6)

    points, outward, uv = made.front(vertices[ahead, :2].astype(float), 0.0)

    np.testing.assert_allclose(points, vertices[ahead], atol=0.5)
    np.testing.assert_allclose(outward, normals[ahead], atol=0.06)
    np.testing.assert_allclose(uv, made.uv[ahead], atol=0.006)
