"""From the text of `--source` to a source."""

import importlib
from pathlib import Path
from typing import Any

from livemask import plugins
from livemask.errors import SourceError
from livemask.sources import listing
from livemask.sources.camera import CameraSource
from livemask.sources.contract import Source
from livemask.sources.photo import PhotoSource, is_photo
from livemask.sources.video import VideoSource

_FILES = ("video", "photo")  # opened by the names of their files, not by their own


def open_source(text: str, **options: Any) -> Source:
    """Open what `--source` names.

    Parameters
    ----------
    text : str
        The number of a camera, its device file or (part of) its name; a film or photo; or
        `NAME[,key=value...]` of a plug-in in this room. A file goes before a name: write
        `./0` for a film that is called 0. Sources that are made elsewhere, as the performer
        is, must be looked for before.
    options : dict
        For cameras: `size`, `patience`, `capture` as in `CameraSource`.

    Raises
    ------
    SourceError
        If there is no such source, or it cannot be read.
    """
    if text.isdecimal():
        return CameraSource(int(text), **options)
    if text.startswith("/dev/"):
        return CameraSource(text, **options)
    path = Path(text).expanduser()
    if path.exists():
        return _file(path)
    name = text.partition(",")[0].strip().replace("_", "-")
    if name in plugins.names("sources") and name not in _FILES:
        return _plug_in(name, text, **options)
    return _camera_called(text, **options)


def _plug_in(name: str, text: str, **options: Any) -> Source:
    """Make a source that is named by its module, with those options that it knows."""
    module = importlib.import_module(plugins.names("sources")[name])
    known = plugins.options_of(module.create)
    given = {key: value for key, value in options.items() if key in known}
    source: Source = plugins.create("sources", text, **given)
    return source


def _file(path: Path) -> Source:
    return PhotoSource(path) if path.is_file() and is_photo(path) else VideoSource(path)


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
    return f"there is no file {name!r}, and no camera of that name (found {names})."
