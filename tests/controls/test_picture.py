"""What lies behind and before the masks."""

import pytest

from livemask.controls.picture import Picture
from livemask.errors import UsageError
from livemask.showing import Showing


def test_it_is_shown_otherwise_and_all_else_stays():
    shown = []
    picture = Picture(Showing(light="flat"), shown.append)
    picture.change(opacity=0.5)
    assert shown == [Showing(light="flat", opacity=0.5)]
    assert picture.showing == shown[0]


def test_a_value_that_cannot_be_changes_nothing():
    shown = []
    picture = Picture(Showing(light="flat"), shown.append)
    with pytest.raises(UsageError, match="lamp"):
        picture.change(light="lamp")
    assert shown == []
    assert picture.showing == Showing(light="flat")


def test_a_picture_that_cannot_be_read_changes_nothing():
    def fail(showing):
        raise UsageError("no picture")

    picture = Picture(show=fail)
    with pytest.raises(UsageError, match="no picture"):
        picture.change(background="room.png")
    assert picture.showing == Showing()
