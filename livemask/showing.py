"""Showing: how masks and picture are put together, whichever masks they are."""

import math
import re
from dataclasses import dataclass

from livemask.errors import UsageError

LIGHTS = ("auto", "studio", "flat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What the masks are lit by.

    Attributes
    ----------
    light : str
        `auto`: as the room lights the face; `studio`: a soft lamp from above the camera;
        `flat`: the same from all sides; `AZ,EL`: a lamp so many degrees to the right of the
        picture and above the camera.

    Raises
    ------
    UsageError
        If a value is none of these.
    """

    light: str = "auto"

    def __post_init__(self) -> None:
        """Refuse what cannot be, before anything is opened."""
        if self.light not in LIGHTS and self.lamp is None:
            raise UsageError(
                f"--light {self.light} is no light; give auto, studio, flat, or two angles in "
                "degrees such as 40,20: to the right, and up."
            )

    @property
    def lamp(self) -> tuple[float, float] | None:
        """Where the lamp stands, azimuth and elevation in rad; None if no angles are given."""
        angles = re.fullmatch(r"\s*([-+]?[\d.]+)\s*,\s*([-+]?[\d.]+)\s*", self.light)
        if angles is None:
            return None
        try:
            azimuth, elevation = float(angles[1]), float(angles[2])
        except ValueError:
            return None
        if abs(azimuth) > 180.0 or abs(elevation) > 90.0:
            return None
        return math.radians(azimuth), math.radians(elevation)
