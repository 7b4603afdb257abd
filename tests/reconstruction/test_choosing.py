"""Of what a film shows of a person, good pictures from many sides are chosen."""

import numpy as np

from livemask.reconstruction.choosing import chosen
from livemask.reconstruction.glimpses import Glimpse


def glimpse(index, yaw=0.0, sharpness=1.0, off=0.02, likeness=1.0):
    angles = np.radians([0.0, yaw])
    box = np.array([0.0, 0.0, 200.0, 200.0])
    return Glimpse(index, 0.1 * index, box, angles, off, sharpness, likeness)


def indices(seen, count):
    return [one.index for one in chosen(seen, count)]


def test_the_first_is_sharp_and_looks_ahead():
    seen = [glimpse(0, yaw=30.0), glimpse(1, sharpness=0.3), glimpse(2), glimpse(3, yaw=-30.0)]
    assert indices(seen, 1) == [2]
    assert indices([*seen[:2], glimpse(2, likeness=0.2), glimpse(4, yaw=8.0)], 1) == [4]


def test_the_others_are_from_other_sides():
    seen = [glimpse(i, yaw=y) for i, y in enumerate([0.0, 1.0, 2.0, 25.0, 26.0, -25.0])]
    first, *others = indices(seen, 3)
    assert first < 3
    assert sorted(seen[i].angles[1] > 0.0 for i in others) == [False, True]
    assert all(abs(seen[i].angles[1]) > 0.4 for i in others)


def test_of_a_head_that_does_not_turn_they_are_from_other_times():
    assert sorted(indices([glimpse(i) for i in range(41)], 3)) == [0, 20, 40]


def test_blurred_pictures_are_left_out_and_so_are_those_that_hardly_fit():
    seen = [glimpse(0), glimpse(1, yaw=25.0, sharpness=0.05), glimpse(2, yaw=18.0)]
    assert indices(seen, 2) == [0, 2]
    seen = [glimpse(0), glimpse(1, yaw=25.0, off=0.1), glimpse(2)]
    assert 1 not in indices(seen, 3)
    assert indices([glimpse(7, off=0.3)], 3) == [7]


def test_no_more_are_chosen_than_there_are():
    assert len(chosen([glimpse(0), glimpse(1)], 8)) == 2
