"""What is to be worked through: films and photos, by name or in folders."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from livemask.errors import SourceError, UsageError
from livemask.sources.natural import natural

FILMS = (
    *(".3gp", ".avi", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts"),
    *(".ogv", ".ts", ".webm", ".wmv", ".y4m"),
)
PHOTOS = (".bmp", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp")
"""Endings by which they are known in folders. A file that is named is taken whatever its ending."""


@dataclass(frozen=True, slots=True)
class Input:
    """A film or photo.

    Attributes
    ----------
    file : Path
        Absolute, without links.
    place : tuple of str
        The folders that it lies in, below the one that was named.
    """

    file: Path
    place: tuple[str, ...] = ()

    @property
    def is_photo(self) -> bool:
        """Whether it is a photo, by its ending."""
        return self.file.suffix.lower() in PHOTOS


def gather(paths: Iterable[Path], out: Path) -> list[Input]:
    """Return what paths lead to, each once, in the order named and of folders as people count.

    Hidden files and what lies in `out` are left out of folders.

    Raises
    ------
    UsageError
        If a path leads nowhere, or a folder to nothing.
    """
    found: dict[Path, Input] = {}
    for path in paths:
        for item in _below(path, out.resolve()):
            found.setdefault(item.file, item)
    return list(found.values())


def _below(path: Path, out: Path) -> Iterator[Input]:
    if not path.is_dir():
        if not path.exists():
            raise UsageError(f"there is no film, photo or folder {path}.")
        yield Input(path.resolve())
        return
    items = [Input(file.resolve(), file.relative_to(path).parts[:-1]) for file in _films(path, out)]
    if not items:
        raise UsageError(f"the folder {path} holds no film and no photo, nor do folders in it.")
    yield from items


def _films(folder: Path, out: Path) -> list[Path]:
    found = []
    for place, folders, files in os.walk(folder, onerror=_refuse):
        here = Path(place)
        folders[:] = [f for f in folders if f[0] != "." and (here / f).resolve() != out]
        seen = (here / file for file in files if file[0] != ".")
        found += [file for file in seen if file.suffix.lower() in FILMS + PHOTOS]
    return sorted(found, key=natural)


def _refuse(error: OSError) -> None:
    raise SourceError(f"the folder {error.filename} cannot be opened: {error.strerror}.")
