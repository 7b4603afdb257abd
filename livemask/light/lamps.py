"""Lights that do not depend on the room."""

import numpy as np

from livemask.records import Fit, Frame, Light
from livemask.showing import Showing

FLAT = 0.95
"""On a white wall: as bright as faces usually are."""


class FixedLight:
    """A light that stays as it is: in the place of `LightEstimate`.

    Attributes
    ----------
    value : Light
    """

    def __init__(self, value: Light) -> None:
        self.value = value

    def update(self, frame: Frame, fit: Fit) -> Light:  # noqa: ARG002 - as LightEstimate's
        """Return `value`."""
        return self.value


def chosen_light(showing: Showing) -> FixedLight | None:
    """Return the light that `showing` asks for; None for that of the room."""
    if showing.light == "auto":
        return None
    if showing.light == "studio":
        return FixedLight(Light.default())
    usual = Light.default()
    if showing.lamp is None:
        even = np.full(3, FLAT, np.float32)
        return FixedLight(Light(usual.direction, np.zeros(3, np.float32), even))
    azimuth, elevation = showing.lamp
    across = np.cos(elevation)
    direction = np.array(
        [across * np.sin(azimuth), np.sin(elevation), across * np.cos(azimuth)], np.float32
    )
    return FixedLight(Light(direction, usual.colour, usual.ambient))
