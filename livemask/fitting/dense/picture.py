"""Picture: the face in a frame, at one scale for all faces, as two channels of logarithms."""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.fitting.dense.surface import two_channels
from livemask.records import Fit, Float32, Float64, Frame, UInt8

SIZE, PER_MM = 256, 1.2
"""px: a side of the cut, and of it per mm at the depth of the head."""

LEAST_PER_MM = 0.35
"""px of the frame per mm: a face that is smaller shows no form."""

FLOOR, GAMMA = 6.0, 2.2
"""Steps of 8 bits added before the logarithm: the noise of the dark; the frame's coding."""

_LOGARITHM = (GAMMA * np.log((np.arange(256.0) + FLOOR) / (255.0 + FLOOR))).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A square cut of a frame.

    Attributes
    ----------
    channels : (2, SIZE, SIZE) float32
        Logarithm of green, and of red over green; about linear light.
    scale : float
        px of the cut per px of the frame.
    corner : (2,) float64
        The frame's px at which the cut's (0, 0) lies.
    """

    channels: Float32
    scale: float
    corner: Float64

    @classmethod
    def of(cls, frame: Frame, fit: Fit) -> "Picture | None":
        """Cut the face of `fit` out; None if it is too small to be looked at."""
        pose, focal = fit.camera_from_head, fit.camera.focal
        depth = -float(pose[2, 3])
        if depth <= 0.0 or focal / depth < LEAST_PER_MM:
            return None
        x, y, z = pose[:3, :3] @ np.array([0.0, 0.0, 60.0]) + pose[:3, 3]
        centre = np.array([x, -y]) * focal / -z + fit.camera.centre
        half = 0.5 * SIZE / PER_MM * focal / depth
        low = np.floor(centre - half).astype(int)
        side = max(int(np.ceil(2.0 * half)), 2)
        cut = cv2.resize(_cut(frame.image, low, side), (SIZE, SIZE), interpolation=cv2.INTER_AREA)
        scale = SIZE / side
        corner = low + 0.5 / scale - 0.5
        return cls(two_channels(_LOGARITHM[cut.transpose(2, 0, 1)], 0), scale, corner)

    def blurred(self, deviation: float) -> Float32:
        """Return the channels and their slopes in x and y, (2, 3, SIZE, SIZE) float32.

        `deviation` px of the cut.
        """
        out = np.empty((2, 3, SIZE, SIZE), np.float32)
        for channel, planes in zip(self.channels, out, strict=True):
            cv2.GaussianBlur(channel, (0, 0), deviation, dst=planes[0])
            cv2.Sobel(planes[0], cv2.CV_32F, 1, 0, dst=planes[1], ksize=3, scale=1 / 8)
            cv2.Sobel(planes[0], cv2.CV_32F, 0, 1, dst=planes[2], ksize=3, scale=1 / 8)
        return out


def _cut(image: UInt8, low: Float64, side: int) -> UInt8:
    """Return the square (side, side, 3) from `low` on; its border repeats where it leaves."""
    height, width = image.shape[:2]
    x0, y0 = (int(v) for v in low)
    inside = image[max(y0, 0) : max(y0 + side, 1), max(x0, 0) : max(x0 + side, 1)]
    margins = (
        min(max(-y0, 0), side), max(y0 + side - height, 0),
        min(max(-x0, 0), side), max(x0 + side - width, 0),
    )  # fmt: skip
    if not any(margins) or inside.size == 0:
        return inside if inside.size else np.zeros((side, side, 3), np.uint8)
    padded = cv2.copyMakeBorder(inside, *margins, cv2.BORDER_REPLICATE)
    return np.asarray(padded[:side, :side], np.uint8)
