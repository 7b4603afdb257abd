"""Which key asks for what."""

import logging

import pytest

from livemask.controls import Controls
from livemask.controls import leaving as leaving_module
from livemask.controls.controls import Parts
from livemask.controls.keys import listed
from livemask.controls.leaving import Leaving
from livemask.controls.names import ACTIONS


def controls(worn=None, **parts):
    worn = [] if worn is None else worn
    return Controls(("toon",), lambda masks: masks, worn.append, Parts(**parts))


def test_settings_know_the_name_of_every_action():
    assert set(controls().actions) == set(ACTIONS)


def test_no_key_asks_for_two_things():
    keys = [key for action in controls().actions.values() for key in action.keys]
    assert len(keys) == len(set(keys))


def test_a_key_that_is_chosen_asks_for_that_alone():
    chosen = controls(keys={"panic": ("o", "k"), "mask_off": ()})
    assert chosen.action_of("o").name == chosen.action_of("k").name == "panic"
    assert chosen.action_of("b") is None
    assert chosen.actions["mask_off"].keys == ()
    assert chosen.action_of("m").name == "mirror"


def test_panic_is_done_at_once_and_undone_by_the_same_key():
    said = controls()
    said.press("b")
    assert said.picture.veiled
    said.press("b")
    assert not said.picture.veiled


def test_masks_are_off_for_as_long_as_the_key_is_held():
    undressed = []
    held = controls(undress=undressed.append)
    held.press("o")
    held.release("o")
    held.release("b")
    held.release("no such key")
    assert undressed == [True, False]


def test_a_number_puts_on_a_favourite_if_there_is_one():
    worn = []
    chosen = controls(worn)
    chosen.favourites = ["clay", "hat"]
    chosen.errands.do = lambda _, function: function()
    for key in ("2", "9", "1"):
        chosen.press(key)
    assert worn == [("hat",), ("clay",)]


def test_help_tells_the_keys_as_they_are():
    said = []
    controls(say=said.append, keys={"panic": ("k",)}).press("f1")
    assert any(line.startswith("K ") and "Blur everything" in line for line in said)
    assert any(line.startswith("Esc") for line in said)
    assert any("Calibrate" in line for line in said)
    assert listed({}) == []


@pytest.fixture
def now(monkeypatch):
    class Clock:
        time = 100.0

        def monotonic(self):
            return self.time

    clock = Clock()
    monkeypatch.setattr(leaving_module, "time", clock)
    return clock


def test_a_run_that_does_not_record_is_left_at_once():
    left = []
    Leaving(lambda: False, lambda: left.append(1))()
    assert left == [1]


def test_one_that_records_must_be_asked_twice_within_some_seconds(now, caplog):
    left = []
    leave = Leaving(lambda: True, lambda: left.append(1))
    with caplog.at_level(logging.WARNING, "livemask"):
        leave()
        now.time += 10.0
        leave()
    assert left == []
    assert "recording" in caplog.text
    now.time += 1.0
    leave()
    assert left == [1]
