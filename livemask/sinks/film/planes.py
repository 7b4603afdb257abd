"""Planes: pictures as encoders take them."""

from typing import Any

import av
import cv2
import numpy as np

from livemask.records import UInt8
from livemask.sinks.film.edges import spread
from livemask.sinks.film.yuv import even, i420


def as_stored(image: UInt8, pixels: str) -> av.VideoFrame:
    """Return RGB(A) (h, w, 3 or 4) uint8 in a format of FFmpeg's, its sides made even.

    Colours are those of ITU-R BT.601, limited range. In formats with opacity they are not
    multiplied by it (straight alpha), and what is transparent has the colours beside it.
    """
    match pixels:
        case "yuv420p":
            return av.VideoFrame.from_ndarray(i420(image), format=pixels)
        case "nv12":  # the same values, two of its planes in one
            return as_stored(image, "yuv420p").reformat(format=pixels)
        case "yuva420p":
            return _with_opacity(even(image))
    whole = even(image if pixels.startswith("yuva") else image[..., :3])
    if whole.shape[2] == 4:
        whole = np.dstack([spread(whole), whole[..., 3]])
    return av.VideoFrame.from_ndarray(
        np.ascontiguousarray(whole), format="rgba" if whole.shape[2] == 4 else "rgb24"
    ).reformat(format=pixels, dst_colorspace="ITU601", dst_color_range="MPEG")


def _with_opacity(image: UInt8) -> av.VideoFrame:
    """Return YUV 4:2:0 and, at full size, opacity: 0 to 255."""
    height, width = image.shape[:2]
    clear = image.shape[2] == 4
    colours = i420(spread(image) if clear else image)
    opacity = cv2.extractChannel(image, 3) if clear else np.full((height, width), 255, np.uint8)
    frame = av.VideoFrame(width, height, "yuva420p")
    chroma = colours[height:].reshape(2, height // 2, width // 2)
    planes: Any = frame.planes
    for plane, values in zip(planes, (colours[:height], *chroma, opacity), strict=True):
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        rows[: values.shape[0], : values.shape[1]] = values
    return frame
