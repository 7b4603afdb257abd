"""Films in files."""

from pathlib import Path
from typing import Any

import av

from livemask.errors import SourceError
from livemask.sources.film import CONTAINERS, Film, reason

_OPTIONS = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}


def create(path: Path) -> "VideoSource":
    """Open a film.

    Parameters
    ----------
    path : Path
        A file that FFmpeg reads as a film: mp4, mov, mkv, webm, avi, gif...
    """
    return VideoSource(Path(path))


class VideoSource(Film):
    """A film in a file as a source. What is damaged is left out, with a warning at the end.

    Raises
    ------
    SourceError
        If there is no such film, or no picture in it can be decoded.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(_opened(path), path)
        self.path = path


def _opened(path: Path) -> Any:
    _check_file(path)
    try:
        return av.open(f"file:{path}", options=dict(_OPTIONS), metadata_errors="replace")
    except (av.FFmpegError, OSError) as error:
        raise SourceError(
            f"{path} cannot be read as a film ({reason(error)}); is it whole, and a film?"
        ) from error


def _check_file(path: Path) -> None:
    if not path.exists():
        raise SourceError(f"there is no film {path}; check the name.")
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name a film in it.")
    if not path.is_file():
        raise SourceError(f"{path} is a device or a pipe; name a file.")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise SourceError(f"{path} cannot be opened: {error.strerror}.") from error
    if empty:
        raise SourceError(f"the film {path} is empty (0 bytes).")
