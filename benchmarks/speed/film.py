"""What is filmed for the measurements: performers, whole in the picture."""

import numpy as np

from livemask.performer import Performer
from livemask.records import Camera, Frame, UInt8

RATE = 25.0
ROOM = 500e6
"""Bytes that the pictures of one film may take."""


def film(size: tuple[int, int], seconds: float, seed: int = 0) -> list[Frame]:
    """Return the frames of a performer in which the face is there; fewer if they are large."""
    performer = Performer(size=size, rate=RATE, seconds=seconds, seed=seed)
    most, frames = int(ROOM / (3 * size[0] * size[1])), []
    while (frame := performer.read()) is not None and len(frames) < most:
        if performer.truth(frame.index).visible:
            frames.append(frame)
    performer.close()
    return frames


def crowd(films: list[list[Frame]], count: int) -> list[Frame]:
    """Return frames of twice the size with the first `count` of four films in their quarters."""
    height, width = films[0][0].image.shape[:2]
    corners = [(0, 0), (width, 0), (0, height), (width, height)]
    frames = []
    for index in range(min(map(len, films))):
        image = np.full((2 * height, 2 * width, 3), 96, np.uint8)
        for one, (left, top) in zip(films[:count], corners, strict=False):
            image[top : top + height, left : left + width] = one[index].image
        frames.append(Frame(_kept(image), index / RATE, index))
    return frames


def camera_of(frames: list[Frame]) -> Camera:
    """Return the camera of a film."""
    return Camera.from_field_of_view(frames[0].size)


def _kept(image: UInt8) -> UInt8:
    image.flags.writeable = False
    return image
