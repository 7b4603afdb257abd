"""Metals."""

import pytest

from livemask.errors import UsageError
from livemask.masks.looks.metal import metal


def test_what_is_polished_mirrors_more_sharply():
    brushed, polished = (metal((1.0, 1.0, 1.0), gloss).exponent for gloss in (0.0, 1.0))

    assert polished > 50 * brushed


def test_an_impossible_gloss_is_refused():
    with pytest.raises(UsageError, match=r"gloss=1\.5 must be 0 to 1"):
        metal((1.0, 1.0, 1.0), 1.5)
