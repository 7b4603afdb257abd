from dataclasses import replace

import numpy as np

from livemask.synthesis.studio import Studio
from tests.heads import shipped
from tests.synthesis.making import COUNT, ORDER, picture, studio


def test_a_picture_is_the_same_whatever_was_made_before():
    first = picture(1)
    studio().picture(5)
    again = studio().picture(1)
    assert (again.image == first.image).all()
    assert all((again.labels[name] == first.labels[name]).all() for name in first.labels)


def test_no_two_pictures_are_alike():
    images = [picture(index).image.astype(int) for index in range(COUNT)]
    for i, one in enumerate(images):
        assert all(np.abs(one - other).mean() > 5.0 for other in images[:i])


def test_pictures_are_neither_black_nor_white():
    for index in range(COUNT):
        image = picture(index).image
        assert 15.0 < image.mean() < 240.0
        head = picture(index).labels["depth"] > 0
        assert 15.0 < image[head].mean() < 245.0


def test_a_head_without_parts_and_hair_is_drawn_too():
    bare = replace(
        shipped(), name="another", parts={}, albedo_components=shipped().albedo[None] * 0
    )
    order = replace(ORDER, size=64, labels=("mask", "points"))
    made = Studio(order, bare).picture(0)
    assert set(np.unique(made.labels["mask"])) == {0, 1}
    assert set(made.labels) >= {"mask", "points_2d"}
    assert "depth" not in made.labels
