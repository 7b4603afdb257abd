"""Photos: one upright RGB picture, whatever the file holds."""

import math
from pathlib import Path

import cv2
import numpy as np

from livemask.errors import SourceError
from livemask.photo_header import PhotoHeader, focal_in_35mm, photo_header
from livemask.records import Array, Frame, UInt8
from livemask.sources.orientation import upright
from livemask.sources.pixels import check_size, over_white, sealed
from livemask.sources.quiet import quiet_opencv

KINDS = "JPEG, PNG, WebP, BMP, TIFF or PNM"
_HEAD = 1 << 16  # bytes; enough for all but a JPEG with long notes
_JPEG = b"\xff\xd8\xff"
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")


def create(path: Path) -> "PhotoSource":
    """Open a photo.

    Parameters
    ----------
    path : Path
        A JPEG, PNG, WebP, BMP, TIFF or PNM file.
    """
    return PhotoSource(Path(path))


class PhotoSource:
    """A photo as a source of one frame.

    Raises
    ------
    SourceError
        If there is no such photo, or it cannot be decoded.
    """

    live = False
    rate: float | None = None
    count: int | None = 1

    def __init__(self, path: Path) -> None:
        self.path: Path | None = path
        self._frame: Frame | None = Frame(load_photo(path), 0.0, 0)
        self.size = self._frame.size

    def read(self) -> Frame | None:
        """Return the photo, then None."""
        frame, self._frame = self._frame, None
        return frame

    def close(self) -> None:
        """Let go of the photo. Closing twice does nothing."""
        self._frame = None


def load_photo(path: Path) -> UInt8:
    """Load a photo.

    Parameters
    ----------
    path : Path
        A JPEG, PNG, WebP, BMP, TIFF or PNM file of at most 100 megapixels: 8 or 16 bits,
        colour or grey. What is transparent lies on white.

    Returns
    -------
    (h, w, 3) uint8
        RGB, read-only, upright by the file's EXIF orientation.

    Raises
    ------
    SourceError
        If there is no such photo, or it cannot be decoded.
    """
    data = _bytes(path)
    header = photo_header(data)
    if header is None:
        raise SourceError(f"{path} is not a photo: {_what(data)}. Give a {KINDS} file.")
    check_size(path, header.size)
    stored = _decoded(path, data, header)
    return sealed(upright(_rgb(stored), header.orientation))


def focal_of(path: Path, size: tuple[int, int]) -> float | None:
    """Return the focal length, px, that a photo's notes tell, if they do.

    `size` px, of the whole photo: its diagonal is that of 36 x 24 mm.
    """
    told = focal_in_35mm(_bytes(path))
    return None if told is None else told * math.hypot(*size) / math.hypot(36.0, 24.0)


def is_photo(path: Path) -> bool:
    """Tell whether a file is a photo, or means to be one, by its first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise SourceError(f"{path} cannot be opened: {error.strerror}.") from error
    return head.startswith(_JPEG) or _is_heic(head) or photo_header(head) is not None


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name a photo in it.")
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"there is no photo {path}; check the name.") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be opened: {error.strerror}.") from error
    if not data:
        raise SourceError(f"the photo {path} is empty (0 bytes).")
    return data


def _what(data: bytes) -> str:
    return (
        "it is HEIC or AVIF, which must be saved as JPEG first"
        if _is_heic(data)
        else "it is another kind of file, or cut short"
    )


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC


def _decoded(path: Path, data: bytes, header: PhotoHeader) -> Array:
    try:
        with quiet_opencv():
            stored = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise SourceError(f"the {header.kind} {path} cannot be decoded: {error.err}.") from error
    if stored is None:
        raise SourceError(f"the {header.kind} {path} cannot be decoded; is it whole?")
    return np.asarray(stored)


def _rgb(stored: Array) -> UInt8:
    """Return what OpenCV decoded, grey, BGR or BGRA of any depth, as RGB of 8 bits."""
    image = _eight_bits(stored)
    if image.ndim == 2 or image.shape[2] == 1:
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), np.uint8)
    if image.shape[2] == 4:
        image = over_white(image)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), np.uint8)


def _eight_bits(stored: Array) -> UInt8:
    if stored.dtype == np.uint8:
        return stored
    if stored.dtype == np.uint16:
        return ((stored.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    scaled = np.nan_to_num(stored.astype(np.float32)) * 255.0  # floating point: 0 to 1
    return np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
