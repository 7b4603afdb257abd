"""Which quality is chosen, in made-up runs: nothing here waits."""

from itertools import pairwise

import numpy as np
import pytest

from livemask.quality import CALM, LEVELS, LONGEST, SETTLED, Governor

STEP = 0.5  # s between two looks


def driven(loads, seconds=120.0, worst=2, noise=0.0):
    """Return the times, s, and levels of a run; `loads(t)` are those of the levels at `t` s."""
    governor, random, now, levels = Governor(), np.random.default_rng(1), 0.0, []
    while now < seconds:
        load = loads(now)[governor.level] * (1.0 + noise * random.standard_normal())
        levels.append((now, governor.see(now, load, worst)))
        now += STEP
    return levels


def changes(levels):
    return [(now, b) for (_, a), (now, b) in pairwise(levels) if a != b]


def test_a_machine_that_keeps_up_is_left_alone():
    assert changes(driven(lambda _: (0.85, 0.6, 0.4), noise=0.03)) == []


@pytest.mark.parametrize(("loads", "level"), [((1.5, 0.8, 0.5), 1), ((2.0, 1.4, 0.9), 2)])
def test_it_goes_down_step_by_step_to_the_first_level_that_keeps_up(loads, level):
    done = driven(lambda _: loads)
    assert [b for _, b in changes(done)] == list(range(1, level + 1))
    assert done[-1][1] == level


def test_it_ends_at_the_worst_though_that_is_not_enough():
    assert driven(lambda _: (5.0, 5.0, 5.0))[-1][1] == len(LEVELS) - 1


def test_a_hiccup_changes_nothing():
    assert changes(driven(lambda t: (3.0,) * 3 if 20.0 <= t < 21.5 else (0.5,) * 3)) == []


def test_when_there_is_room_again_it_goes_up_again():
    done = changes(driven(lambda t: (2.0, 1.5, 1.0) if t < 30.0 else (0.4, 0.3, 0.2)))
    assert [b for _, b in done] == [1, 2, 1, 0]
    assert done[2][0] >= 30.0 + CALM - STEP


def test_changes_are_seconds_apart_whatever_happens():
    random = np.random.default_rng(2)
    done = changes(driven(lambda _: random.uniform(0.0, 2.0, 3), 3600.0))
    times = [now for now, _ in done]
    assert all(b - a >= SETTLED for a, b in pairwise(times))


def test_where_less_helps_too_much_it_does_not_flicker():
    """The better level is always too slow and the next has much room: each try is in vain."""
    done = changes(driven(lambda _: (1.2, 0.3, 0.2), 3600.0, noise=0.05))
    ups = [now for now, level in done if level == 0]
    waits = np.diff(ups)
    assert len(ups) <= 3600.0 / LONGEST + 7
    assert waits[-1] >= LONGEST
    assert all(b >= a - 3.0 * STEP for a, b in pairwise(waits))


def test_without_steps_there_is_nothing_to_change():
    assert changes(driven(lambda _: (9.0,), worst=0)) == []
