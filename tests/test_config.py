from pathlib import Path

import pytest

from livemask.config import Config
from livemask.errors import UsageError


def test_without_options_the_webcam_is_shown_in_a_window():
    config = Config()
    assert (config.source, config.masks, config.headless) == ("0", ("textured",), False)
    assert not config.has_output


@pytest.mark.parametrize("fov", [0.0, -60.0, 4.0, 151.0, float("nan"), float("inf")])
def test_a_field_of_view_that_cannot_be_is_refused(fov):
    with pytest.raises(UsageError, match="--fov"):
        Config(fov=fov)


def test_reading_no_frame_is_refused():
    with pytest.raises(UsageError, match="--frames 0"):
        Config(frames=0)


@pytest.mark.parametrize("number", [0, -1, 17])
def test_a_number_of_faces_that_cannot_be_is_refused(number):
    with pytest.raises(UsageError, match=f"--max-faces {number}"):
        Config(max_faces=number)


def test_by_default_the_largest_face_is_chosen_and_the_others_are_left_alone():
    people = Config().people
    assert (people.most, people.choice, people.others) == (1, "largest", "real")


def test_a_run_that_shows_and_writes_nothing_is_refused():
    with pytest.raises(UsageError, match="--headless alone"):
        Config(headless=True)


@pytest.mark.parametrize("option", ["record", "csv", "stats"])
def test_without_a_window_any_output_is_enough(option):
    assert Config(headless=True, **{option: Path("out")}).has_output


def test_the_first_virtual_camera_is_named_by_nothing():
    assert Config(headless=True, virtual_camera="").has_output
