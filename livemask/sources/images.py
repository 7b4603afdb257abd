"""Pictures in a folder, or those that fit a pattern, as the frames of a film."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

from livemask.errors import SourceError
from livemask.records import Frame, UInt8
from livemask.sources import pattern, rate
from livemask.sources.natural import natural
from livemask.sources.photo import KINDS, load_photo
from livemask.sources.pixels import fitted, sealed

logger = logging.getLogger("livemask")

FPS = 25.0
"""Frames per second, unless told."""

_SUFFIXES = {
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".dib", ".tif", ".tiff"),
    *(".pbm", ".pgm", ".ppm", ".pnm"),
}


def create(path: str, fps: float = FPS) -> "ImagesSource":
    """Open pictures.

    Parameters
    ----------
    path : str
        A folder, of which all pictures are taken in natural order, or a pattern:
        `frames/*.png`, `frame_%04d.png`.
    fps : float
        Frames per second.
    """
    folder = Path(path).expanduser()
    files = in_folder(folder) if folder.is_dir() else pattern.matching(path)
    if not files:
        raise SourceError(f"no picture is called {path}; check the pattern.")
    return ImagesSource(files, fps, path)


def is_picture(path: Path) -> bool:
    """Tell whether a file is called like a picture."""
    return path.suffix.lower() in _SUFFIXES


def in_folder(folder: Path) -> list[Path]:
    """Return the pictures of a folder in natural order; hidden files are left out."""
    try:
        files = [file for file in folder.iterdir() if file.is_file()]
    except OSError as error:
        raise SourceError(f"the folder {folder} cannot be opened: {error.strerror}.") from error
    seen = sorted((file for file in files if not file.name.startswith(".")), key=natural)
    found = [file for file in seen if is_picture(file)]
    if not found:
        others = ", ".join(file.name for file in seen[:3]) + ", ..." * (len(seen) > 3)
        holds = f"only {others}" if seen else "and nothing else"
        raise SourceError(f"the folder {folder} holds no pictures ({KINDS}), {holds}.")
    return found


class ImagesSource:
    """Pictures as a source. The first decides the size, others are fitted into it, on black.

    One that cannot be read is left out, with a warning at the end; those after it keep
    their times.

    Parameters
    ----------
    files : list of Path
    fps : float
        Frames per second.
    name : object
        What messages call them all.

    Raises
    ------
    SourceError
        If none of them can be read.
    """

    live = False
    path: Path | None = None

    def __init__(self, files: list[Path], fps: float, name: object) -> None:
        self.rate: float | None = rate.checked(fps)
        self.count: int | None = len(files)
        self._files, self._fps, self._name = files, fps, name
        self._lock = threading.Lock()
        self._given, self._first = 0, 0
        self._faults: list[str] = []
        self._pictures = self._loaded()
        self._waiting = next(self._pictures, None)
        if self._waiting is None:
            raise SourceError(
                f"none of the {len(files)} pictures of {name} can be read: {self._faults[0]}"
            )
        self._first, image = self._waiting
        self.size = image.shape[1], image.shape[0]

    def read(self) -> Frame | None:
        """Return the next picture, or None after the last one."""
        with self._lock:
            at, image = self._waiting or next(self._pictures, (0, None))
            self._waiting = None
            if image is None:
                return None
            time = (at - self._first) / self._fps
            frame = Frame(sealed(fitted(image, self.size)), time, self._given)
            self._given += 1
            return frame

    def close(self) -> None:
        """Read no more. Closing twice does nothing."""
        with self._lock:
            self._waiting, self._pictures = None, iter(())

    def _loaded(self) -> Iterator[tuple[int, UInt8]]:
        """Load one at a time, with its place in the list."""
        for at, file in enumerate(self._files):
            try:
                yield at, load_photo(file)
            except SourceError as error:
                self._faults.append(str(error))
        if self._given and self._faults:
            logger.warning(
                "%d of the %d pictures of %s were left out; the first: %s",
                len(self._faults),
                len(self._files),
                self._name,
                self._faults[0],
            )
