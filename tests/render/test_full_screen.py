"""On which monitor a window fills the screen, on desktops of all kinds."""

import logging
from types import SimpleNamespace

import pytest

glfw = pytest.importorskip("glfw")

from livemask.render import clipboard, full_screen  # noqa: E402 - it loads GLFW

LEFT, RIGHT = "left", "right"


@pytest.fixture
def desk(monkeypatch):
    """Two monitors side by side, and a window at `desk.place`."""
    desk = SimpleNamespace(place=(100, 100), shown=None, refuses=False)

    def place(_):
        if desk.refuses:
            raise glfw.GLFWError(b"Wayland: the platform does not tell")
        return desk.place

    mode = SimpleNamespace(size=SimpleNamespace(width=1000, height=800), refresh_rate=60)
    monkeypatch.setattr(glfw, "get_window_pos", place)
    monkeypatch.setattr(glfw, "get_window_size", lambda _: (600, 400))
    monkeypatch.setattr(glfw, "get_monitors", lambda: [LEFT, RIGHT])
    monkeypatch.setattr(glfw, "get_primary_monitor", lambda: LEFT)
    monkeypatch.setattr(glfw, "get_monitor_pos", lambda m: (0 if m == LEFT else 1000, 0))
    monkeypatch.setattr(glfw, "get_video_mode", lambda _: mode)
    monkeypatch.setattr(glfw, "set_window_monitor", lambda _, *given: setattr(desk, "shown", given))
    return desk


@pytest.mark.parametrize(
    ("place", "monitor"),
    [((100, 100), LEFT), ((1200, 50), RIGHT), ((800, 0), RIGHT), ((5000, 0), LEFT)],
)
def test_a_window_fills_the_monitor_on_which_most_of_it_is(desk, place, monitor):
    desk.place = place
    assert full_screen.change("window", None) == (*place, 600, 400)
    assert desk.shown[0] == monitor


def test_where_nobody_is_told_where_windows_are_it_fills_the_first_one_and_comes_back(desk):
    desk.refuses = True
    before = full_screen.change("window", None)
    assert desk.shown[0] == LEFT
    assert full_screen.change("window", before) is None
    assert desk.shown[0] is None
    assert desk.shown[3:5] == (600, 400)


def test_a_clipboard_that_refuses_is_said_and_ends_nothing(monkeypatch, caplog):
    def refuse(*_):
        raise glfw.GLFWError(b"no")

    monkeypatch.setattr(glfw, "set_clipboard_string", refuse)
    with caplog.at_level(logging.WARNING, "livemask"):
        clipboard.put("window", "text")
    assert "nothing was copied" in caplog.text
