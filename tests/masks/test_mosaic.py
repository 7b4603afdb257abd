"""The mask of squares."""

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.masks import mosaic
from tests.masks import tiny


def effect(mask, place=(0, 0, -480), time=0.0):
    fit = tiny.fit(tiny.model(), tiny.pose(place=place))
    (layer,) = mask.layers(tiny.model(), fit, tiny.frame(), tiny.LIGHT, time)
    return layer


def test_squares_are_a_share_of_the_head():
    few, many = effect(mosaic.create(cells=4)), effect(mosaic.create(cells=8))

    assert few.amount == pytest.approx(2 * many.amount)
    assert np.ptp(few.region[:, 0]) == pytest.approx(1.1 * 4 * few.amount, rel=0.12)  # and slack


def test_squares_keep_their_size_until_the_head_has_come_clearly_nearer():
    mask = mosaic.create()
    first, near, nearer = (
        effect(mask, (0, 0, -depth), 0.04 * i).amount for i, depth in enumerate((500, 480, 420))
    )

    assert near == first
    assert nearer > 1.1 * first


@pytest.mark.parametrize("cells", [2, 11, 500])
def test_so_many_squares_that_somebody_may_be_known_are_refused(cells):
    with pytest.raises(UsageError, match=f"cells={cells} must be 3 to 10"):
        mosaic.create(cells=cells)
