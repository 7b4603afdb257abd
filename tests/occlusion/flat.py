"""A face laid flat that is drawn, not seen."""

import numpy as np

from livemask.occlusion.unwrapping import SIDE, Unwrapped

ALL = np.zeros((SIDE, SIDE), bool)
ALL[4:60, 8:56] = True
LOW = slice(44, 60), slice(20, 44)
"""Cells of a hand that comes in from below."""


def colours(seed=0, gain=1.0):
    """Return the colours of a face with eyes and a mouth, with noise that differs by `seed`."""
    picture = np.full((SIDE, SIDE, 3), (190.0, 140.0, 120.0))
    picture[20:26, 14:26] = picture[20:26, 38:50] = (60.0, 40.0, 40.0)
    picture[42:46, 24:40] = (150.0, 60.0, 70.0)
    picture = gain * picture + np.random.default_rng(seed).normal(0.0, 1.5, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def flat(picture, facing=1.0, moved=0.0):
    """Return it as seen from straight ahead, a pixel a cell."""
    x, y = np.meshgrid(*[np.arange(SIDE, dtype=np.float32)] * 2)
    return Unwrapped(
        picture,
        np.stack([x, y], -1),
        np.full((SIDE, SIDE), facing, np.float32),
        np.full((SIDE, SIDE, 3), moved, np.float32),
    )


def hand(seed=0, where=LOW):
    """Return the colours with something of another colour before them."""
    picture = colours(seed)
    picture[where] = (60, 110, 190)
    return picture
