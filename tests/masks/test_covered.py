"""A figure in place of a head, and what covers the rest of that."""

import pytest

from livemask.errors import UsageError
from livemask.masks.covered import Covered, is_blurred, sized
from livemask.records import Effect
from tests.masks import tiny


class Nothing:
    def meshes(self, model, fit):
        return (Effect("figure"),)


def looks(blurred):
    model = tiny.model()
    mask = Covered(Nothing(), blurred=blurred)
    layers = mask.layers(model, tiny.fit(model, tiny.pose()), tiny.frame(), tiny.LIGHT, 0.0)
    return [layer.look for layer in layers]


def test_the_head_is_blurred_behind_the_figure_if_it_is_asked_for():
    assert looks(blurred=True) == ["blur", "figure"]
    assert looks(blurred=False) == ["figure"]


def test_a_cover_is_blur_or_none():
    assert is_blurred("blur")
    assert not is_blurred("none")
    with pytest.raises(UsageError, match="must be blur or none"):
        is_blurred("veil")


@pytest.mark.parametrize("size", [0.2, 3.1, float("nan")])
def test_a_size_beyond_its_bounds_is_refused(size):
    with pytest.raises(UsageError, match=r"must be 0.5 to 3"):
        sized(size, 0.5, 3.0)
