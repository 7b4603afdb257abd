from types import SimpleNamespace

import pytest

from livemask.parade import Parade


class Worn:
    def __init__(self, name, hides):
        self.name, self.hides = name, hides

    def layers(self, model, fit, frame, light, time):
        return (self.name,)


@pytest.fixture
def parade():
    return Parade([Worn("a", False), Worn("b", True), Worn("c", False)], 2.0)


@pytest.mark.parametrize(
    ("time", "worn"), [(0.0, "a"), (1.99, "a"), (2.0, "b"), (4.5, "c"), (6.0, "a"), (61.0, "a")]
)
def test_each_mask_is_worn_in_its_turn(parade, time, worn):
    assert parade.layers(None, SimpleNamespace(), None, None, time) == (worn,)


def test_a_parade_hides_if_one_of_its_masks_does(parade):
    assert parade.hides
    assert not Parade([Worn("a", False)], 1.0).hides
