"""Showing: how masks and picture are put together, whichever masks they are."""

import math
import re
from dataclasses import dataclass

from livemask.errors import UsageError

LIGHTS = ("auto", "studio", "flat")

BACKGROUNDS = ("video", "blur", "transparent")

OCCLUSIONS = ("auto", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What the masks are lit by, what lies behind them, and how much they cover.

    Attributes
    ----------
    light : str
        `auto`: as the room lights the face; `studio`: a soft lamp from above the camera;
        `flat`: the same from all sides; `AZ,EL`: a lamp so many degrees to the right of the
        picture and above the camera.
    background : str
        `video`: the picture as it is. `blur`, `transparent`, `#rrggbb` or a picture's file:
        nothing of the picture but the masked heads.
    opacity : float
        Of all masks together, 0 to 1.
    occlusion : str
        `auto`: a hand or a cup before the face stays in front of its mask, as far as it is told
        from the face; `off`: masks lie over everything.

    Raises
    ------
    UsageError
        If a value is none of these.
    """

    light: str = "auto"
    background: str = "video"
    opacity: float = 1.0
    occlusion: str = "off"

    def __post_init__(self) -> None:
        """Refuse what cannot be, before anything is opened."""
        if self.light not in LIGHTS and self.lamp is None:
            raise UsageError(
                f"--light {self.light} is no light; give auto, studio, flat, or two angles in "
                "degrees such as 40,20: to the right, and up."
            )
        colour = self.background.startswith("#")
        if not self.background or (colour and self.colour is None):
            raise UsageError(
                f"--background {self.background!r} is no background; give video, blur, "
                "transparent, #rrggbb or a picture's file."
            )
        if not 0.0 <= self.opacity <= 1.0:
            raise UsageError(f"--opacity {self.opacity:g} cannot be; give 0 to 1.")
        if self.occlusion not in OCCLUSIONS:
            raise UsageError(f"--occlusion {self.occlusion} cannot be; give auto or off.")

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

    @property
    def colour(self) -> tuple[int, int, int] | None:
        """Red, green and blue of a plain background, 0 to 255, sRGB-coded; else None."""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.background):
            return None
        red, green, blue = bytes.fromhex(self.background[1:])
        return red, green, blue

    @property
    def replaces(self) -> bool:
        """Whether nothing of the video is kept behind the heads."""
        return self.background != "video"
