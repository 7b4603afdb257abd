"""What is kept of a run for the next one."""

import pytest

from livemask.calibration.calibration import Calibration
from livemask.config import Config
from livemask.controls import Controls
from livemask.controls.controls import Parts
from livemask.controls.following import Following
from livemask.controls.picture import Picture
from livemask.settings.changes import changes
from livemask.tracking.manner import Manner


@pytest.fixture
def config():
    return Config(masks=("toon",), opacity=0.9, smoothing="high", favourites=("hat",))


@pytest.fixture
def controls(config):
    parts = Parts(picture=Picture(config.showing), following=Following(Manner("high", "full")))
    controls = Controls(config.masks, lambda masks: masks, lambda _: None, parts)
    controls.favourites = list(config.favourites)
    return controls


def test_of_a_run_in_which_nothing_was_changed_nothing_is_kept(config, controls):
    assert changes(config, controls) == {}


def test_what_was_changed_is_kept_and_nothing_else(config, controls):
    controls.wear("clay", "hat")
    controls.picture.change(light="flat", opacity=0.5)
    controls.following.change(smoothing="off")
    controls.like("clay")
    controls.picture.mirrored = controls.picture.veiled = True
    controls.toggle_panel()
    assert changes(config, controls) == {
        "masks": ("clay", "hat"),
        "light": "flat",
        "opacity": 0.5,
        "smoothing": "off",
        "panel": False,
        "mirror": True,
        "favourites": ("hat", "clay"),
    }


def test_what_was_changed_and_changed_back_is_not(config, controls):
    controls.picture.change(light="flat")
    controls.picture.change(light="auto")
    assert changes(config, controls) == {}


def test_a_smoothing_that_has_no_name_is_not_kept(config, controls):
    controls.following.change(smoothing=0.3)
    assert changes(config, controls) == {}


def test_a_calibration_is_kept_as_a_table(config, controls):
    controls.acquaintance.change(blink=0.7, neutral={"browDownLeft": 0.3})
    kept = changes(config, controls)
    assert kept == {"calibration": {"blink": 0.7, "neutral": {"browDownLeft": 0.3}}}


def test_a_calibration_that_was_taken_back_is_kept_as_none(controls):
    config = Config(
        masks=("toon",), opacity=0.9, smoothing="high", favourites=("hat",),
        calibration=Calibration({"browDownLeft": 0.3}),
    )  # fmt: skip
    assert changes(config, controls) == {"calibration": {}}
