"""How much is done for each picture, chosen or found."""

import pytest

from livemask.controls.quality import Quality
from livemask.quality import LEVELS, SETTLED, Level, Load

DRAWING, TRACKING = Load(3.0, 0.5), Load(0.5, 3.0)


@pytest.fixture
def used():
    return []


def busy(quality, seconds, load=DRAWING, *, multisamples=True, start=0.0):
    for step in range(int(seconds / 0.5)):
        quality.see(start + 0.5 * step, load, multisamples=multisamples)


def names(levels):
    return [level.name for level in levels]


@pytest.mark.parametrize("choice", LEVELS)
def test_a_level_that_is_chosen_stays(used, choice):
    quality = Quality("auto", used.append)
    quality.change(choice)
    busy(quality, 60.0)
    assert quality.level == LEVELS[choice]


def test_auto_draws_less_while_drawing_is_too_slow_and_says_so(used, caplog):
    caplog.set_level("INFO", "livemask")
    busy(Quality("auto", used.append), 10.0 * SETTLED)
    assert names(used) == ["plain outlines", "3/4 size", "1/2 size"]
    assert "quality plain outlines: drawing takes 300% of a frame's time" in caplog.text


def test_auto_looks_less_thoroughly_while_tracking_is_too_slow(used):
    busy(Quality("auto", used.append), 10.0 * SETTLED, TRACKING)
    assert names(used) == ["fast fit"]


def test_where_the_processor_draws_all_that_can_be_left_out_helps(used):
    busy(Quality("auto", used.append), 10.0 * SETTLED, TRACKING, multisamples=False)
    assert names(used) == ["fast fit", "3/4 size, fast fit", "1/2 size, fast fit"]


def test_what_was_left_out_last_is_done_again_first(used):
    quality = Quality("auto", used.append)
    busy(quality, 1.5 * SETTLED)
    busy(quality, 1.5 * SETTLED, TRACKING, start=1.5 * SETTLED)
    busy(quality, 60.0, Load(0.3, 0.3), start=3.0 * SETTLED)
    assert names(used) == [
        "plain outlines", "plain outlines, fast fit", "plain outlines", "everything",
    ]  # fmt: skip


def test_auto_begins_with_the_best_again(used):
    quality = Quality("low", used.append)
    assert used == [LEVELS["low"]]
    quality.change("auto")
    assert quality.level == Level()


@pytest.mark.parametrize("choice", ["auto", "low"])
def test_of_a_film_everything_is_done_whatever_is_chosen(used, choice):
    quality = Quality(choice, used.append, fixed=True)
    busy(quality, 60.0)
    assert used == []
    assert quality.level == Level()
