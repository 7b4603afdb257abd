"""The mask that blurs."""

import pytest

from livemask.errors import UsageError
from livemask.masks import blur
from tests.masks import tiny


def test_it_blurs_the_head_as_far_as_asked():
    fit = tiny.fit(tiny.model())

    (layer,) = blur.create(strength=2).layers(tiny.model(), fit, tiny.frame(), tiny.LIGHT, 0.0)

    assert (layer.look, layer.amount) == ("blur", 2)
    assert len(layer.region) > 3


@pytest.mark.parametrize("strength", [0.5, 4.0, float("nan")])
def test_a_blur_that_hides_nobody_is_refused(strength):
    with pytest.raises(UsageError, match="must be 1, which hides anybody, to 3"):
        blur.create(strength=strength)
