"""The stream gets what may be changed, however it is asked for."""

from types import SimpleNamespace

import pytest

from livemask.config import Config
from livemask.start.wanted import played, wanted_outputs

FILM = SimpleNamespace(path=None, rate=25.0, live=False)


@pytest.mark.parametrize("asked", [{"stream": 0}, {"sinks": ("stream,port=0",)}])
def test_a_stream_may_change_masks_and_tell_its_address(asked):
    masks, told = object(), []
    ((name, given),) = wanted_outputs(Config(**asked, headless=True), FILM, masks, told.append)
    assert name.startswith("stream")
    assert given["masks"] is masks
    given["tell"]("here")
    assert told == ["here"]


def test_a_stream_that_is_switched_on_anew_is_where_the_command_line_had_it():
    asked = Config(stream=6000, stream_host="0.0.0.0", headless=True)  # noqa: S104 - not opened
    assert played("stream", asked, FILM) == {"port": 6000, "host": asked.stream_host}
    assert played("stream", Config(), FILM) == {}


def test_other_outputs_by_name_get_nothing_of_it():
    assert wanted_outputs(Config(sinks=("opentrack",)), FILM, object()) == [("opentrack", {})]


def test_a_film_that_is_streamed_is_played_at_its_own_speed():
    assert Config(stream=0, headless=True).is_watched
