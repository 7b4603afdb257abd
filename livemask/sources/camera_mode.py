"""A way in which a camera can deliver its pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mode:
    """A way in which a camera can deliver.

    Attributes
    ----------
    format : str
        Four characters: MJPG, YUYV...
    size : (int, int)
        Width and height, px.
    rate : float or None
        The highest, frames per second; None if the driver does not tell.
    """

    format: str
    size: tuple[int, int]
    rate: float | None
