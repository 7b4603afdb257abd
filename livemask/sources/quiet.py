"""Keeps OpenCV from writing to the terminal what livemask says in its own words."""

from collections.abc import Iterator
from contextlib import contextmanager

import cv2


def silence_opencv() -> None:
    """Turn OpenCV's own log lines off for the rest of the process."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


@contextmanager
def quiet_opencv() -> Iterator[None]:
    """Turn OpenCV's own log lines off inside a `with`."""
    level = cv2.utils.logging.getLogLevel()
    silence_opencv()
    try:
        yield
    finally:
        cv2.utils.logging.setLogLevel(level)
