"""Colours that users write."""

import pytest

from livemask.errors import UsageError
from livemask.masks.colours import linear_rgb


@pytest.mark.parametrize("text", ["#ff0080", "FF0080"])
def test_a_written_colour_becomes_linear(text):
    assert linear_rgb("colour", text) == pytest.approx((1.0, 0.0, 0.2158605))


@pytest.mark.parametrize("text", ["red", "#12345", "#1234567", "#gg0000", "", "0x112233"])
def test_what_is_no_colour_is_refused_with_the_options_name(text):
    with pytest.raises(UsageError, match="tint="):
        linear_rgb("tint", text)
