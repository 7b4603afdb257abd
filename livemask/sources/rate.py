"""How fast frames come that do not tell it themselves."""

from livemask.errors import UsageError

FASTEST = 1000.0
"""Frames per second; more is a slip of the pen."""


def checked(fps: float) -> float:
    """Return the frames per second, if there can be so many."""
    if not 0 < fps <= FASTEST:
        raise UsageError(f"--fps {fps:g} is no rate; give frames per second, up to {FASTEST:g}.")
    return fps
