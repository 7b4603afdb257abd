"""From the text of `--source` to a source."""

import errno
from pathlib import Path
from typing import Any

from livemask import plugins
from livemask.errors import SourceError, UsageError
from livemask.sources import listing, stream
from livemask.sources.address import file_of, scheme_of, shown
from livemask.sources.camera import CameraSource
from livemask.sources.contract import Source
from livemask.sources.images import FPS, ImagesSource, in_folder
from livemask.sources.pattern import is_pattern, matching
from livemask.sources.photo import PhotoSource, is_photo
from livemask.sources.video import VideoSource

_BY_PLACE = ("video", "photo", "images", "stream")  # opened by where they are, not by these names


def open_source(text: str, *, fps: float | None = None, **options: Any) -> Source:
    """Open what `--source` names.

    Parameters
    ----------
    text : str
        What it can be first, it is: the number of a camera or its device file; `-` for
        standard input; a film, photo or folder of pictures; the address of a stream; a
        pattern of pictures; `NAME[,key=value...]` of a plug-in in this room; (part of) the
        name of a camera. Write `./0` for a film that is called 0. Sources that are made
        elsewhere, as the performer is, must be looked for before.
    fps : float, optional
        Frames per second of pictures and raw frames.
    options : dict
        For cameras: `size`, `patience`, `capture` as in `CameraSource`; `size` of raw frames.

    Raises
    ------
    SourceError
        If there is no such source, or it cannot be read.
    """
    if text == "-" or text.startswith("-,"):
        return _plug_in("stdin", f"stdin{text[1:]}", fps, **options)
    if _is_device(text):
        _refuse_rate(text, fps)
        return CameraSource(int(text) if text.isdecimal() else text, **options)
    path = _existing(text)
    if path is not None:
        return _at(path, fps)
    if scheme_of(text):
        _refuse_rate(text, fps)
        return stream.create(text)
    return _named(text, fps, **options)


def named_file(text: str) -> Path | None:
    """Return the file that `--source` names, None if it is something else."""
    if text == "-" or text.startswith("-,") or _is_device(text) or not text:
        return None
    path = _existing(text)
    return path if path is not None and path.is_file() else None


def _is_device(text: str) -> bool:
    if text.startswith("/dev/"):  # but /dev/shm is a folder like others
        return not (Path(text).is_file() or Path(text).is_dir())
    return text.isdecimal()


def _at(path: Path, fps: float | None) -> Source:
    if path.is_dir():
        return ImagesSource(in_folder(path), FPS if fps is None else fps, path)
    _refuse_rate(str(path), fps)
    return PhotoSource(path) if path.is_file() and is_photo(path) else VideoSource(path)


def _named(text: str, fps: float | None, **options: Any) -> Source:
    pictures = matching(text) if is_pattern(text) else []
    if pictures:
        return ImagesSource(pictures, FPS if fps is None else fps, text)
    name = text.partition(",")[0].strip().replace("_", "-")
    if name in plugins.names("sources") and name not in _BY_PLACE:
        return _plug_in(name, text, fps, **options)
    _refuse_rate(text, fps)
    return _camera_called(text, **options)


def _existing(text: str) -> Path | None:
    """Return the file or folder that a name or a `file://` address means, if it is there."""
    if not text:
        raise SourceError("--source names nothing; give a camera, film, folder or address.")
    if scheme_of(text) == "file":
        return file_of(text)
    try:
        path = Path(text).expanduser()
        return path if path.exists() else None
    except RuntimeError:  # ~ of a user whom nobody knows
        return None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return None
        raise SourceError(f"{shown(text)} cannot be opened: {error.strerror}.") from error


def _refuse_rate(text: str, fps: float | None) -> None:
    if fps is not None:
        raise UsageError(
            f"--source {shown(text)} has a rate of its own; --fps is for folders and patterns "
            "of pictures and for raw frames."
        )


def _plug_in(name: str, text: str, fps: float | None, **options: Any) -> Source:
    """Make a source that is named by its module, with those options that it knows."""
    known = plugins.options_of(plugins.load("sources", name).create)
    if "fps" in known:
        options["fps"] = fps
    else:
        _refuse_rate(name, fps)
    given = {key: value for key, value in options.items() if key in known}
    source: Source = plugins.create("sources", text, **given)
    return source


def _camera_called(name: str, **options: Any) -> Source:
    known = listing.cameras()
    found = listing.called(name, known)
    if len(found) == 1:
        return CameraSource(found[0].device, **options)
    raise SourceError(_unknown(name, tuple(found or known), bool(found)))


def _unknown(name: str, cameras: tuple[listing.CameraInfo, ...], several: bool) -> str:
    names = ", ".join(f"{camera.index} ({camera.name})" for camera in cameras) or "none"
    if several:
        return (
            f"several cameras are called {name!r}: {', '.join(map(listing.label, cameras))}. "
            "Give the number of one, or what tells it from the others."
        )
    fits = ", no picture that fits this pattern" if is_pattern(name) else ""
    return (
        f"there is no file {shown(name)!r}{fits}, and no source or camera of that name "
        f"(found {names})."
    )
