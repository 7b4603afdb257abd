"""A face drawn with ellipses that dlib's detector takes for one: no real person is needed."""

import cv2
import numpy as np

from livemask.records import UInt8

EYES = ((-42.0, -18.0), (42.0, -18.0))
"""Centres of the image-left and image-right eye, for a face of width 200, from its centre."""

SKIN, HAIR, SHADE = (200, 165, 140), (70, 50, 40), (165, 130, 110)
BROW, WHITE, IRIS, LIPS = (110, 80, 70), (240, 240, 240), (50, 40, 40), (160, 80, 80)


def drawn_face(
    size: tuple[int, int] = (640, 480),
    centre: tuple[float, float] = (320, 250),
    width: float = 200,
) -> UInt8:
    """Return a picture (h, w, 3) uint8 RGB of a face `width` px wide at `centre` px."""
    image = np.full((size[1], size[0], 3), (120, 130, 135), np.uint8)
    pen = _Pen(image, centre, width / 200)
    pen.ellipse((0, -20), (108, 140), HAIR)
    pen.ellipse((0, 0), (92, 125), SKIN)
    for x, y in EYES:
        pen.arc((x, y - 20), (30, 14), BROW, 7, 200, 340)
        pen.ellipse((x, y - 4), (26, 16), SHADE)
        pen.ellipse((x, y), (20, 9), WHITE)
        pen.ellipse((x, y), (9, 9), IRIS)
        pen.ellipse((x / 3, y + 46), (8, 5), BROW)  # a nostril
    pen.arc((0, 30), (20, 10), SHADE, 5, 20, 160)
    pen.ellipse((0, 66), (36, 14), LIPS)
    pen.arc((0, 66), (32, 2), (90, 40, 40), 3, 0, 360)
    return np.asarray(cv2.GaussianBlur(image, (0, 0), width / 90), np.uint8)


class _Pen:
    """Draws ellipses given for a face of width 200."""

    def __init__(self, image: UInt8, centre: tuple[float, float], scale: float) -> None:
        self.image, self.centre, self.scale = image, centre, scale

    def ellipse(self, at, radii, colour) -> None:
        self._draw(at, radii, colour, -1, 0, 360)

    def arc(self, at, radii, colour, line, start, end) -> None:
        self._draw(at, radii, colour, max(1, round(line * self.scale)), start, end)

    def _draw(self, at, radii, colour, line, start, end) -> None:
        x, y = (round(c + self.scale * a) for c, a in zip(self.centre, at, strict=True))
        axes = tuple(max(1, round(self.scale * radius)) for radius in radii)
        cv2.ellipse(self.image, (x, y), axes, 0, start, end, colour, line, cv2.LINE_AA)
