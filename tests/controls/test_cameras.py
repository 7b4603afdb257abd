"""Which camera is looked through."""

import pytest

from livemask.controls.cameras import Cameras, Seen
from livemask.errors import SourceError


def test_another_is_looked_through_in_the_size_that_is_asked_for():
    played = []
    cameras = Cameras("0", lambda source, size: played.append((source, size)))
    cameras.choose("2", (1280, 720))
    assert played == [("2", (1280, 720))]
    assert (cameras.source, cameras.size) == ("2", (1280, 720))


def test_where_another_cannot_be_opened_the_former_goes_on():
    def fail(source, size):
        raise SourceError("no such camera.")

    cameras = Cameras("0", fail)
    with pytest.raises(SourceError):
        cameras.choose("7", (640, 480))
    assert (cameras.source, cameras.size) == ("0", None)


def test_instead_of_a_film_none_can_be_chosen():
    cameras = Cameras("talk.mp4")
    assert not cameras.can_change
    cameras.choose("0")
    assert cameras.source == "talk.mp4"


def test_they_are_looked_for_only_when_that_is_asked_for():
    there = [Seen("0", "built in")]
    cameras = Cameras(listed=lambda: tuple(there))
    assert cameras.seen == ()
    cameras.look()
    there.append(Seen("2", "by USB"))
    assert [seen.name for seen in cameras.seen] == ["built in"]
    cameras.look()
    assert [seen.name for seen in cameras.seen] == ["built in", "by USB"]
