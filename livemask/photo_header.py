"""The first bytes of a photo: what kind it is, its size and which way up it is stored.

Read by hand, so that a size can be refused before memory is asked for it, and so that
pictures with alpha or 16 bits, which OpenCV does not turn, are turned like all others.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

UPRIGHT = 1  # as in sources/orientation.py

_ORIENTATION_TAG, _WIDTH_TAG, _HEIGHT_TAG = 274, 256, 257  # TIFF 6.0, section 8
_EXIF_TAG, _FOCAL_TAG = 34665, 41989
_SHORT = 3
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # start of frame: ITU-T T.81, table B.1
_JPEG_BARE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_PNM = re.compile(rb"P[1-6](?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)\s")  # Netpbm's ppm(5)


@dataclass(frozen=True, slots=True)
class PhotoHeader:
    """What the first bytes tell.

    Attributes
    ----------
    kind : str
        JPEG, PNG, WebP, BMP, TIFF or PNM.
    size : (int, int)
        Stored width and height, px.
    orientation : int
        EXIF orientation of the stored picture, 1 to 8.
    """

    kind: str
    size: tuple[int, int]
    orientation: int = UPRIGHT


def photo_header(data: bytes) -> PhotoHeader | None:
    """Return what the first bytes of a file tell, or None if it is not a known photo."""
    for magic, reader in _READERS.items():
        if data.startswith(magic):
            try:
                return reader(data)
            except (struct.error, IndexError, ValueError, KeyError):
                return None  # the file ends inside its header
    return None


def _jpeg(data: bytes) -> PhotoHeader:
    orientation = UPRIGHT
    for marker, start, end in _jpeg_segments(data):
        if marker == 0xE1 and data[start : start + 6] == b"Exif\0\0":
            orientation = _exif(data[start + 6 : end])
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", data, start + 1)
            return PhotoHeader("JPEG", (width, height), orientation)
    raise ValueError("no start of frame")


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the marker of each segment and where its content starts and ends."""
    at = 2
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0xFF:  # fill bytes
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        else:
            length = struct.unpack_from(">H", data, at + 2)[0]
            yield marker, at + 4, at + 2 + length
            at += 2 + length


def _png(data: bytes) -> PhotoHeader:
    size, orientation, at = struct.unpack_from(">II", data, 16), UPRIGHT, 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"eXIf":
            orientation = _exif(data[at + 8 : at + 8 + length])
        at += length + 12
    return PhotoHeader("PNG", size, orientation)


def _webp(data: bytes) -> PhotoHeader | None:
    if data[8:12] != b"WEBP" or len(data) < 30:
        return None
    name, body = data[12:16], data[20:30]
    if name == b"VP8X":
        width, height = (1 + int.from_bytes(body[i : i + 3], "little") for i in (4, 7))
        return PhotoHeader("WebP", (width, height), _webp_orientation(data))
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return PhotoHeader("WebP", (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)))
    width, height = struct.unpack_from("<HH", body, 6)
    return PhotoHeader("WebP", (width & 0x3FFF, height & 0x3FFF))


def _webp_orientation(data: bytes) -> int:
    at = 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        if name == b"EXIF":
            return _exif(data[at + 8 : at + 8 + length].removeprefix(b"Exif\0\0"))
        at += 8 + length + length % 2
    return UPRIGHT


def _bmp(data: bytes) -> PhotoHeader:
    if struct.unpack_from("<I", data, 14)[0] == 12:  # the header of OS/2
        return PhotoHeader("BMP", struct.unpack_from("<HH", data, 18))
    width, height = struct.unpack_from("<ii", data, 18)
    return PhotoHeader("BMP", (width, abs(height)))  # negative: from the top


def _tiff(data: bytes) -> PhotoHeader:
    tags = _tiff_tags(data)
    # OpenCV turns this kind itself, whatever it is asked.
    return PhotoHeader("TIFF", (tags[_WIDTH_TAG], tags[_HEIGHT_TAG]))


def _pnm(data: bytes) -> PhotoHeader | None:
    match = _PNM.match(data[:4096])
    return PhotoHeader("PNM", (int(match[1]), int(match[2]))) if match else None


def _exif(data: bytes) -> int:
    try:
        orientation = _tiff_tags(data).get(_ORIENTATION_TAG, UPRIGHT)
    except (struct.error, ValueError):
        return UPRIGHT  # a broken note does not spoil a picture
    return orientation if 1 <= orientation <= 8 else UPRIGHT


def focal_in_35mm(data: bytes) -> int | None:
    """Return the focal length that a JPEG's notes tell, mm on film of 36 x 24 mm, if they do.

    Tag FocalLengthIn35mmFilm of the Exif directory (CIPA DC-008, Exif 2.3).
    """
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    try:
        for marker, start, end in _jpeg_segments(data):
            if marker == 0xE1 and data[start : start + 6] == b"Exif\0\0":
                notes = data[start + 6 : end]
                return _tiff_tags(notes, _tiff_tags(notes)[_EXIF_TAG])[_FOCAL_TAG] or None
    except (struct.error, ValueError, KeyError):
        return None  # a broken note tells nothing
    return None


def _tiff_tags(data: bytes, directory: int | None = None) -> dict[int, int]:
    """Return the whole numbers of a directory of a TIFF, of the first if none is named.

    TIFF 6.0, section 2.
    """
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        raise ValueError("no byte order")
    at = struct.unpack_from(f"{order}I", data, 4)[0] if directory is None else directory
    tags = {}
    for entry in range(struct.unpack_from(f"{order}H", data, at)[0]):
        tag, kind = struct.unpack_from(f"{order}HH", data, at + 2 + 12 * entry)
        form = "H" if kind == _SHORT else "I"
        tags[tag] = struct.unpack_from(order + form, data, at + 10 + 12 * entry)[0]
    return tags


_READERS = {
    b"\xff\xd8\xff": _jpeg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"RIFF": _webp,
    b"BM": _bmp,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
    b"P": _pnm,
}
