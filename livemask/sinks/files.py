"""Refuses outputs that are in the way or cannot be written, before anything is written."""

import os
import tempfile
from pathlib import Path

from livemask.errors import SinkError, UsageError


def writable(file: Path, source: Path | None = None, overwrite: bool = False) -> Path:
    """Return `file` as an absolute path without links, if it may be written.

    Parameters
    ----------
    file : Path
        The output.
    source : Path, optional
        The input, which is never overwritten.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UsageError
        If the file exists and may not be replaced, or is the source.
    SinkError
        If its folder is missing or cannot be written to.
    """
    path = file.resolve()
    if path.is_dir():
        raise SinkError(f"{file} is a folder; name a file in it.")
    if source is not None and _is_same(path, source):
        raise UsageError(f"{file} is the input itself; name another file for the output.")
    if path.exists() and not overwrite:
        raise UsageError(f"{file} exists already; add --overwrite or name another file.")
    if path.exists() and not os.access(path, os.W_OK):
        raise SinkError(f"{file} is write-protected; name another file.")
    _check_folder(path.parent)
    return path


def distinct(*files: Path) -> None:
    """Refuse two outputs in one file.

    Raises
    ------
    UsageError
    """
    paths = [file.resolve() for file in files]
    for file, path in zip(files, paths, strict=True):
        if paths.count(path) > 1:
            raise UsageError(f"{file} is named for two outputs; give each a file of its own.")


def unwritable(file: Path, error: Exception) -> SinkError:
    """Return the error to raise when writing to `file` has failed."""
    return SinkError(f"{file} cannot be written: {reason(error)}. Make room, or name another file.")


def reason(error: Exception) -> str:
    """Return what the system or FFmpeg says, without the names of their files."""
    return getattr(error, "strerror", None) or str(error)


def _is_same(path: Path, source: Path) -> bool:
    return path == source.resolve() or (
        path.exists() and source.exists() and path.samefile(source)  # a second name of it
    )


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise SinkError(f"the folder {folder} does not exist; make it, or name another file.")
    try:  # trying is the only sure test: rights, read-only and full disks, Windows' lists
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SinkError(
            f"the folder {folder} cannot be written to: {error.strerror}; name a file elsewhere."
        ) from error
