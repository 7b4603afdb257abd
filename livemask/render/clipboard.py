"""The desktop's clipboard."""

import logging
from typing import Any

import glfw

LOG = logging.getLogger("livemask")


def put(window: Any, text: str) -> None:
    """Put a text into it; a desktop that lets nobody do so is no reason to end a run."""
    try:
        glfw.set_clipboard_string(window, text)
    except glfw.GLFWError as error:
        LOG.warning("nothing was copied, the desktop refuses it: %s.", error)
