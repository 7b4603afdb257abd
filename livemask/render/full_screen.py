"""A window over the whole screen, and back."""

from contextlib import suppress
from typing import Any

import glfw

Place = tuple[int, int, int, int]
"""Left, top, width and height of a window, in the units of the desktop."""


def change(window: Any, before: Place | None) -> Place | None:
    """Let a GLFW window fill the screen that it is on, or put it where it was `before`.

    Returns where it was if it fills the screen now. Main thread only.
    """
    if before is not None:
        glfw.set_window_monitor(window, None, *before, 0)  # type: ignore[arg-type]  # takes null
        return None
    place = _place(window)
    monitor = _screen_of(place)
    if not monitor:
        return None
    mode = glfw.get_video_mode(monitor)
    size = mode.size
    glfw.set_window_monitor(window, monitor, 0, 0, size.width, size.height, mode.refresh_rate)
    return place


def _place(window: Any) -> Place:
    """Return where a window is; Wayland tells nobody, and puts it where it likes."""
    left = top = 0
    with suppress(glfw.GLFWError):
        left, top = glfw.get_window_pos(window)
    width, height = glfw.get_window_size(window)
    return left, top, width, height


def _screen_of(place: Place) -> Any:
    """Return the monitor on which most of a window is; the first one if it is on none."""
    shares = [(_shared(place, monitor), monitor) for monitor in glfw.get_monitors()]
    most = max((share for share, _ in shares), default=0)
    found = (monitor for share, monitor in shares if share == most > 0)
    return next(found, glfw.get_primary_monitor())


def _shared(place: Place, monitor: Any) -> int:
    """Return how much of a window is on a monitor, in its units squared."""
    left, top = glfw.get_monitor_pos(monitor)
    size = glfw.get_video_mode(monitor).size
    across = min(place[0] + place[2], left + size.width) - max(place[0], left)
    down = min(place[1] + place[3], top + size.height) - max(place[1], top)
    return max(across, 0) * max(down, 0)
