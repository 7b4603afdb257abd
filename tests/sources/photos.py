"""Photos that the tests write, with their notes: what OpenCV does not write itself."""

import struct

import cv2
import numpy as np

from livemask.records import Array, UInt8


def encoded(image: Array, kind: str, *options: int) -> bytes:
    """Return a picture, RGB(A) or grey of any depth, as a file of a kind: `.png`..."""
    codes = {3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}
    stored = cv2.cvtColor(image, codes[image.shape[2]]) if image.ndim == 3 else image
    return cv2.imencode(kind, stored, list(options))[1].tobytes()


def exif(orientation: int, order: str = "<") -> bytes:
    """Return an EXIF note that holds an orientation and something before it."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = struct.pack(f"{order}HHI4s", 271, 2, 4, b"Cam\0")
    entries += struct.pack(f"{order}HHIHxx", 274, 3, 1, orientation)
    return mark + struct.pack(f"{order}IH", 8, 2) + entries + bytes(4)


def jpeg_with(note: bytes, image: UInt8) -> bytes:
    data = encoded(image, ".jpg", cv2.IMWRITE_JPEG_QUALITY, 95)
    body = b"Exif\0\0" + note
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


def png_with(note: bytes, image: Array) -> bytes:
    data = encoded(image, ".png")
    chunk = struct.pack(">I", len(note)) + b"eXIf" + note + bytes(4)
    return data[:33] + chunk + data[33:]  # after the header


def webp_with(note: bytes, image: Array) -> bytes:
    plain = encoded(image, ".webp", cv2.IMWRITE_WEBP_QUALITY, 95)
    height, width = image.shape[:2]
    flags = 0x08 | (0x10 if image.shape[2] == 4 else 0)
    head = struct.pack("<4sI4B", b"VP8X", 10, flags, 0, 0, 0)
    head += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    pixels = plain[12:] if plain[12:16] != b"VP8X" else plain[30:]
    body = b"WEBP" + head + pixels + struct.pack("<4sI", b"EXIF", len(note)) + note
    body += b"\0" * (len(note) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff_with(orientation: int, image: UInt8) -> bytes:
    """Return an RGB picture as an uncompressed TIFF."""
    height, width = image.shape[:2]
    data = image.tobytes()
    start = 8 + 2 + 12 * 10 + 4
    entries = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, start),
        (259, 3, 1),
        (262, 3, 2),
        (273, 4, start + 6),
        (274, 3, orientation),
        (277, 3, 3),
        (278, 4, height),
        (279, 4, len(data)),
    ]
    packed = b"".join(
        struct.pack("<HHII", tag, kind, 3 if tag == 258 else 1, value)
        for tag, kind, value in entries
    )
    directory = struct.pack("<H", len(entries)) + packed + bytes(4)
    return b"II*\0" + struct.pack("<I", 8) + directory + struct.pack("<3H", 8, 8, 8) + data


def with_size(png: bytes, size: tuple[int, int]) -> bytes:
    """Return a PNG that claims another size."""
    return png[:16] + struct.pack(">II", *size) + png[24:]


def flat(colour: tuple[int, ...], dtype: type = np.uint8) -> Array:
    """Return a picture (48, 64, n) of one colour."""
    return np.full((48, 64, len(colour)), colour, dtype)
