"""RGB -> planar YUV 4:2:0, as H.264 stores it (ITU-R BT.601, limited range)."""

import cv2
import numpy as np

from livemask.records import UInt8

# Chroma from full range (128 +- 127.5) to limited range (128 +- 112).
_LIMITED = np.round(128 + (np.arange(256) - 128) * (224 / 255)).astype(np.uint8)


def i420(image: UInt8) -> UInt8:
    """Return an RGB(A) image as (3 h / 2, w) uint8: Y, below it U and V of half the size.

    `image` is (h, w, 3 or 4) uint8; an odd last row or column is doubled. Twice as fast as
    FFmpeg's conversion. OpenCV's own takes the colour of each block of four pixels from
    one of them, which makes thin coloured lines flicker: here it is their mean.
    """
    whole = even(image if image.shape[2] == 3 else np.ascontiguousarray(image[..., :3]))
    height, width = whole.shape[:2]
    planes = np.empty((3 * height // 2, width), np.uint8)
    cv2.cvtColor(whole, cv2.COLOR_RGB2YUV_I420, dst=planes)  # only its Y is kept
    half = cv2.resize(whole, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    chroma = cv2.cvtColor(half, cv2.COLOR_RGB2YCrCb)
    u, v = planes[height:].reshape(2, height // 2, width // 2)
    cv2.LUT(cv2.extractChannel(chroma, 2), _LIMITED, dst=u)
    cv2.LUT(cv2.extractChannel(chroma, 1), _LIMITED, dst=v)
    return planes


def even(image: UInt8) -> UInt8:
    """Return an image of even width and height: an odd last row or column is doubled."""
    height, width = image.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return image
    return np.pad(image, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
