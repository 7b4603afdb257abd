"""Where a head is hidden."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.hiding import head_outline
from livemask.masks.hidden.region import FARTHEST, HeadRegion
from livemask.records import State
from tests.masks import tiny


def fit(place=(0, 0, -480), state=State.TRACKED, turn=(0.0, 0.5, 0.3)):
    return replace(tiny.fit(tiny.model(), tiny.pose(turn, place)), state=state)


def inside(points, polygon):
    """Tell for points (n, 2) whether they lie within a convex polygon, or on it."""
    edges = np.roll(polygon, -1, 0) - polygon
    off = points[:, None] - polygon[None]
    turns = edges[:, 0] * off[..., 1] - edges[:, 1] * off[..., 0]
    return bool((turns > -0.5).all() or (turns < 0.5).all())


@pytest.mark.parametrize("shape", ["head", "box"])
def test_the_head_stays_within_while_it_moves_about(shape):
    rng = np.random.default_rng(4)
    region, place = HeadRegion(1.0, shape), np.array([0.0, 0.0, -600.0])
    for step in range(60):
        place += rng.normal(0, (6, 6, 12))
        now = fit(place, turn=rng.normal(0, 0.1, 3))
        assert inside(head_outline(now), region.of(now, 0.04 * step))


def test_a_head_that_trembles_has_a_region_at_rest():
    rng = np.random.default_rng(5)
    region = HeadRegion(1.1, "box")
    region.of(fit(), 0.0)

    places = np.array([0, 0, -480]) + rng.normal(0, 0.2, (30, 3))
    seen = [region.of(fit(place), 0.04 * i) for i, place in enumerate(places, 1)]

    assert np.ptp(seen, axis=0).max() < 0.2


def test_the_region_grows_at_once_and_on_while_the_head_is_not_seen():
    region = HeadRegion(1.0, "box")
    sizes = [np.ptp(region.of(fit(), 1.0), axis=0)[0]]

    sizes += [np.ptp(region.of(fit(state=State.HELD), t), axis=0)[0] for t in (1.04, 1.3, 9.0)]
    again = np.ptp(region.of(fit(), 9.04), axis=0)[0]

    assert sizes[1] > 1.2 * sizes[0]
    assert sizes[2] > 1.1 * sizes[1]
    assert sizes[3] == pytest.approx(FARTHEST * sizes[0], rel=0.05)
    assert again == pytest.approx(sizes[0], rel=0.05)


def test_a_head_that_was_never_seen_is_hidden_with_room_to_spare():
    held = HeadRegion(1.0, "head").of(fit(state=State.HELD), 3.0)

    assert np.ptp(held, axis=0)[0] > 1.2 * np.ptp(head_outline(fit()), axis=0)[0]


def test_too_small_a_margin_and_an_unknown_shape_are_refused():
    with pytest.raises(UsageError, match=r"margin=0\.5 must be 1 to 3"):
        HeadRegion(0.5, "head")
    with pytest.raises(UsageError, match="shape='star' must be head or box"):
        HeadRegion(1.0, "star")
