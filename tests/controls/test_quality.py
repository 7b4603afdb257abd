"""How much is done for each picture, chosen or found."""

import pytest

from livemask.controls.quality import Quality
from livemask.quality import LEVELS, SETTLED


@pytest.fixture
def used():
    return []


def busy(quality, seconds, load=3.0, *, multisamples=True):
    for step in range(int(seconds / 0.5)):
        quality.see(0.5 * step, load, multisamples=multisamples)


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_that_is_chosen_stays(used, level):
    quality = Quality("auto", used.append)
    quality.change(level.name)
    busy(quality, 60.0)
    assert quality.level is level


def test_auto_goes_down_while_the_machine_is_too_slow_and_says_so(used, caplog):
    caplog.set_level("INFO", "livemask")
    busy(Quality("auto", used.append), 4.0 * SETTLED)
    assert [level.name for level in used] == ["medium", "low"]
    assert "quality medium: a frame takes 300% of its time" in caplog.text


def test_where_no_samples_can_be_saved_it_goes_down_to_the_fast_fit_at_once(used):
    busy(Quality("auto", used.append), 4.0 * SETTLED, multisamples=False)
    assert [level.name for level in used] == ["low"]


def test_auto_begins_with_the_best_again(used):
    quality = Quality("low", used.append)
    assert used == [LEVELS[2]]
    quality.change("auto")
    assert quality.level is LEVELS[0]


@pytest.mark.parametrize("choice", ["auto", "low"])
def test_of_a_film_everything_is_done_whatever_is_chosen(used, choice):
    quality = Quality(choice, used.append, fixed=True)
    busy(quality, 60.0)
    assert used == []
    assert quality.level is LEVELS[0]
