"""Films that the tests write: known pictures, times, colours and faults."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from livemask.records import UInt8

TICKS = 90_000

LOSSLESS = {"qp": "0", "preset": "ultrafast"}
"""For libx264: the pictures come back as they were given."""

DISPLAY_MATRICES = {
    1: (1, 0, 0, 1),
    2: (-1, 0, 0, 1),
    3: (-1, 0, 0, -1),
    4: (1, 0, 0, -1),
    5: (0, 1, 1, 0),
    6: (0, 1, -1, 0),
    7: (0, -1, -1, 0),
    8: (0, -1, 1, 0),
}
"""EXIF orientation -> a, b, c, d of the matrix in an mp4's track header."""


def numbered(index: int, size: tuple[int, int] = (64, 48)) -> UInt8:
    """Return a grey picture (h, w, 3) whose brightness tells its number."""
    return np.full((size[1], size[0], 3), 20 + 4 * index, np.uint8)


def number(image: UInt8) -> int:
    """Return the number of a picture of `numbered`."""
    return round((float(image.mean()) - 20) / 4)


def corners(size: tuple[int, int] = (64, 48)) -> UInt8:
    """Return a picture with red, green, blue and white quarters, row by row."""
    width, height = size
    image = np.empty((height, width, 3), np.uint8)
    image[: height // 2, : width // 2] = (230, 20, 20)
    image[: height // 2, width // 2 :] = (20, 200, 20)
    image[height // 2 :, : width // 2] = (20, 20, 230)
    image[height // 2 :, width // 2 :] = (235, 235, 235)
    return image


def names_of_corners(image: UInt8) -> str:
    """Return the colours of the quarters as letters, row by row: `corners` are RGBW."""
    height, width = image.shape[:2]
    letters = ""
    for y in (height // 4, 3 * height // 4):
        for x in (width // 4, 3 * width // 4):
            pixel = image[y, x].astype(int)
            letters += "W" if pixel.min() > 128 else "RGB"[int(pixel.argmax())]
    return letters


def pictures(images: Iterable[UInt8], pixel_format: str) -> Iterable[av.VideoFrame]:
    for image in images:
        given = "rgba" if image.shape[2] == 4 else "rgb24"
        yield av.VideoFrame.from_ndarray(image, format=given).reformat(format=pixel_format)


def write_film(
    path: Path,
    images: Iterable[UInt8 | av.VideoFrame],
    codec: str = "libx264",
    pixel_format: str = "yuv420p",
    times: Iterable[float] | None = None,
    options: dict[str, str] | None = None,
    mux: dict[str, str] | None = None,
    **tags: Any,
) -> Path:
    """Write a film at 25 frames/s or at `times` in s; `tags` are set on the encoder."""
    given = list(images)
    drawn = isinstance(given[0], av.VideoFrame)
    frames = given if drawn else list(pictures(given, pixel_format))
    stamps = None if times is None else list(times)
    with av.open(str(path), "w", options=mux or {}) as container:
        stream = container.add_stream(codec, rate=25, options=options or {})
        stream.width, stream.height, stream.pix_fmt = (
            frames[0].width,
            frames[0].height,
            pixel_format,
        )
        if stamps is not None:
            stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
        for name, value in tags.items():
            setattr(stream.codec_context, name, value)
        for index, frame in enumerate(frames):
            _stamp(frame, index, stamps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _stamp(frame: av.VideoFrame, index: int, times: list[float] | None) -> None:
    if times is None:
        frame.pts, frame.time_base = index, Fraction(1, 25)
    else:
        frame.pts, frame.time_base = round(times[index] * TICKS), Fraction(1, TICKS)


def turn(path: Path, orientation: int) -> Path:
    """Write an orientation into the track header of an mp4, as phones do."""
    data = bytearray(path.read_bytes())
    start = data.index(b"tkhd") + 44  # version 0: ISO/IEC 14496-12, 8.3.2
    a, b, c, d = (v << 16 for v in DISPLAY_MATRICES[orientation])
    matrix = (a, b, 0, c, d, 0, 0, 0, 1 << 30)
    data[start : start + 36] = b"".join(v.to_bytes(4, "big", signed=True) for v in matrix)
    path.write_bytes(data)
    return path


def write_sound(path: Path, codec: str = "aac", cover: UInt8 | None = None) -> Path:
    """Write a file that holds a tenth of a second of sound, and a cover if one is given."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=44_100)
        art = container.add_stream("mjpeg", rate=1) if cover is not None else None
        if art is not None:
            art.width, art.height, art.pix_fmt = cover.shape[1], cover.shape[0], "yuvj420p"
            art.disposition = av.stream.Disposition.attached_pic
            frame = next(iter(pictures([cover], "yuvj420p")))
            container.mux(art.encode(frame))
            container.mux(art.encode(None))
        wave = np.zeros((1, 4410), np.float32)
        frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
        frame.rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
