"""Pictures as browsers take them: JPEG, and WebP with alpha."""

from fractions import Fraction

import av
import cv2
import numpy as np

from livemask.opaque import over_black
from livemask.records import UInt8

JPEG_QUALITY = 85
WEBP_QUALITY = 85

_JPEG = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
_WEBP = {"quality": str(WEBP_QUALITY), "compression_level": "0"}  # the fastest that there is


def jpeg(image: UInt8) -> bytes:
    """Return RGB (h, w, 3), or RGBA (h, w, 4) as it looks on black, as JPEG."""
    rgb = over_black(image) if image.shape[2] == 4 else image
    _, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), _JPEG)
    return data.tobytes()


class WebP:
    """Encodes pictures with alpha.

    By FFmpeg, which can be told to be quick about it: OpenCV takes four times as long, and PNG
    up to twice as long for ten times as many bytes (docs/stream.md).
    """

    def __init__(self) -> None:
        self._codec: av.VideoCodecContext | None = None

    def __call__(self, image: UInt8) -> bytes:
        """Return RGBA (h, w, 4) or RGB (h, w, 3), colours not multiplied by alpha, as WebP."""
        rgba = image if image.shape[2] == 4 else cv2.cvtColor(image, cv2.COLOR_RGB2RGBA)
        codec = self._codec_for(rgba.shape[1], rgba.shape[0])
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgba, np.uint8), format="rgba")
        frame = frame.reformat(format=_PLANES)
        alpha = np.frombuffer(memoryview(frame.planes[3]), np.uint8)
        cv2.LUT(alpha, _LEVELS, dst=alpha)
        return b"".join(bytes(packet) for packet in codec.encode(frame))

    def _codec_for(self, width: int, height: int) -> av.VideoCodecContext:
        codec = self._codec
        if codec is None or (codec.width, codec.height) != (width, height):
            codec = av.VideoCodecContext.create("libwebp", "w")
            codec.width, codec.height, codec.pix_fmt = width, height, _PLANES
            codec.time_base, codec.options = Fraction(1, 30), _WEBP
            self._codec = codec
        return codec


_PLANES = "yuva420p"
_LEVELS = np.rint(np.rint(np.arange(256) / 255 * 127) / 127 * 255).astype(np.uint8)
"""Of alpha 128 levels: libwebp takes half as long again to write more."""
