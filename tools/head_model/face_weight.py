"""The soft edge of the face: 1 on it, falling to 0 before ears, hair line and neck."""

import numpy as np

from livemask.records import Float64

HAIR_LINE = (86.0, 74.0)
"""Half width and height above the eyes, mm along the skin, where a mask has vanished."""
EARS = 0.3
"""What MakeHuman's mask still gives to the ears."""
HAIR_FADE = 0.62
"""Where it starts to vanish, of these."""


def face_weight(mean: Float64, eyes: Float64, face: Float64) -> Float64:
    """Return the (c,) weight of the cage.

    `mean` (c, 3) and the middle between the `eyes` (3,) in the head frame, mm; `face` (c,)
    is MakeHuman's mask of the face, which ends well at cheeks and chin but covers the crown.
    """
    around = 70.0 * np.arctan2(mean[:, 0], mean[:, 2] - eyes[2] + 95.0)
    up = np.maximum(mean[:, 1] - eyes[1], 0.0)
    radius = np.hypot(around / HAIR_LINE[0], up / HAIR_LINE[1])
    fade = _smooth((1.0 - radius) / (1.0 - HAIR_FADE))
    face = _smooth((face - EARS) / (1.0 - EARS))
    return np.asarray(np.where(up > 0.0, np.minimum(face, fade * face), face))


def _smooth(x: Float64) -> Float64:
    """Return the (n,) smooth step from 0 to 1."""
    t = np.clip(x, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))
