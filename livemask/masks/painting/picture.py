"""Pictures to paint faces with: read with care, and read again when the file changes."""

import logging
import threading
import time
from pathlib import Path
from weakref import WeakValueDictionary

import cv2
import numpy as np

from livemask.errors import UsageError
from livemask.photo_header import photo_header
from livemask.records import Array, UInt8

LOG = logging.getLogger(__name__)

KINDS = "PNG, JPEG, WebP, BMP or TIFF"
LARGEST = 40_000_000
"""More pixels than this are refused before memory is asked for them."""

SIDE = 2048
"""px; a larger picture is made smaller: nobody sees more of it on a face."""

EVERY = 0.5
"""s between two looks at whether the file has changed."""

SPREAD = (3, 9, 27, 81)
"""px around which colours go on where nothing is painted, or edges would show what is there."""


class Picture:
    """A picture file that is looked at again while it is worn.

    It is read in a thread, so that no frame waits. What cannot be read (deleted, half written)
    leaves the picture as it was, and is said once.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UsageError
        If there is no such picture.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = _stamp(path)
        self._image = load_picture(path)
        self._looked = time.monotonic()
        self._reader: threading.Thread | None = None
        self._lost = False

    def image(self) -> UInt8:
        """Return it, (h, w, 3 or 4) uint8, read-only; the same object while it is the same."""
        now = time.monotonic()
        if now - self._looked >= EVERY and not (self._reader and self._reader.is_alive()):
            self._looked = now
            self._look()
        return self._image

    def _look(self) -> None:
        """Have the file read again if it is another one than last time."""
        stamp = _stamp(self._path)
        if stamp is None and not self._lost:
            LOG.warning("%s is gone; what was read of it stays on.", self._path)
        self._lost = stamp is None
        if stamp is not None and stamp != self._stamp:
            self._stamp = stamp
            self._reader = threading.Thread(target=self._read, name="paint", daemon=True)
            self._reader.start()

    def _read(self) -> None:
        try:
            self._image = load_picture(self._path)
        except UsageError as error:
            LOG.warning("%s What was read before stays on.", error)


_OPEN: WeakValueDictionary[Path, Picture] = WeakValueDictionary()


def picture_of(path: Path) -> Picture:
    """Return the picture at `path`, which all faces share.

    Raises
    ------
    UsageError
        If there is no such picture.
    """
    whole = path.expanduser().absolute()
    return _OPEN.get(whole) or _OPEN.setdefault(whole, Picture(whole))


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does; None if it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def load_picture(path: Path) -> UInt8:
    """Return a picture as (h, w, 3 or 4) uint8 RGB(A), read-only, at most `SIDE` px a side.

    8 or 16 bits, grey, colour, palette or CMYK. It has alpha only where that says something.

    Raises
    ------
    UsageError
        If there is no such file, or it is no picture, too large, or cut short.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"the picture {path} cannot be opened: {error.strerror}.") from error
    header = photo_header(data)
    if header is None:
        raise UsageError(f"{path} is no picture that can be worn; give a {KINDS} file.")
    width, height = header.size
    if not 0 < width * height <= LARGEST:
        raise UsageError(
            f"the picture {path} is {width}x{height} pixels; at most "
            f"{LARGEST // 1_000_000} megapixels are read. Scale it down first."
        )
    image = _small(_rgba(_decoded(path, data, header.kind)))
    # What is opaque is drawn once, what has alpha twice.
    image = np.ascontiguousarray(image[..., :3]) if image[..., 3].min() == 255 else bled(image)
    image.flags.writeable = False
    return image


def _decoded(path: Path, data: bytes, kind: str) -> Array:
    # A JPEG has no alpha to be kept, but often a note of which way up it is.
    how = cv2.IMREAD_COLOR if kind == "JPEG" else cv2.IMREAD_UNCHANGED
    try:
        stored = cv2.imdecode(np.frombuffer(data, np.uint8), how)
    except cv2.error as error:
        raise UsageError(f"the {kind} {path} cannot be decoded: {error.err}.") from error
    if stored is None:
        raise UsageError(f"the {kind} {path} cannot be decoded; is it whole?")
    return np.asarray(stored)


def _rgba(stored: Array) -> UInt8:
    """Return what OpenCV decoded, grey, BGR or BGRA, as RGBA of 8 bits."""
    if stored.dtype == np.uint16:
        stored = ((stored.astype(np.uint32) + 128) // 257).astype(np.uint8)
    elif stored.dtype != np.uint8:  # floating point: 0 to 1
        scaled = np.nan_to_num(stored.astype(np.float32)) * 255.0
        stored = np.clip(np.rint(scaled), 0, 255).astype(np.uint8)
    channels = 1 if stored.ndim == 2 else stored.shape[2]
    codes = {1: cv2.COLOR_GRAY2RGBA, 3: cv2.COLOR_BGR2RGBA, 4: cv2.COLOR_BGRA2RGBA}
    return np.asarray(cv2.cvtColor(stored, codes[channels]), np.uint8)


def _small(image: UInt8) -> UInt8:
    share = SIDE / max(image.shape[:2])
    if share >= 1.0:
        return image
    size = [max(1, round(share * side)) for side in image.shape[1::-1]]
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def bled(image: UInt8) -> UInt8:
    """Return RGBA whose colours go on a little where alpha is 0."""
    known = (image[..., 3] > 0).astype(np.float32)
    if known.all():
        return image
    colour = image[..., :3].astype(np.float32) * known[..., None]
    for side in SPREAD:
        near = cv2.blur(known, (side, side))[..., None]
        mean = cv2.blur(colour, (side, side)) / np.maximum(near, 1e-6)
        fill = (known[..., None] == 0.0) & (near > 1e-4)
        colour = np.where(fill, mean, colour)
        known = np.maximum(known, fill[..., 0])
    return np.dstack([np.rint(colour).astype(np.uint8), image[..., 3]])
