"""A window over the whole screen, and back."""

from typing import Any

import glfw

Place = tuple[int, int, int, int]
"""Left, top, width and height of a window, in the units of the desktop."""


def change(window: Any, before: Place | None) -> Place | None:
    """Let a GLFW window fill the screen, or put it where it was `before`.

    Returns where it was if it fills the screen now. Main thread only.
    """
    if before is not None:
        glfw.set_window_monitor(window, None, *before, 0)  # type: ignore[arg-type]  # takes null
        return None
    monitor = glfw.get_primary_monitor()
    if not monitor:
        return None
    left, top = glfw.get_window_pos(window)
    width, height = glfw.get_window_size(window)
    mode = glfw.get_video_mode(monitor)
    size = mode.size
    glfw.set_window_monitor(window, monitor, 0, 0, size.width, size.height, mode.refresh_rate)
    return left, top, width, height
