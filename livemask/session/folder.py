"""The folder of a session: which files are in it, and what `session.json` says."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from livemask.errors import ModelError, SinkError, SourceError, UsageError
from livemask.morphable_model import MorphableModel

ABOUT, FILM, NUMBERS, TABLE = "session.json", "film.mkv", "faces.jsonl", "table.csv"
FILES = ABOUT, FILM, NUMBERS, TABLE

FORMAT = 1
"""Raised when older versions of livemask could not read it right."""

LARGEST_ABOUT = 2_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class About:
    """What a session says of itself.

    Attributes
    ----------
    livemask : str
        The version that recorded it.
    settings : dict
        See `settings`.
    model : str
        The fingerprint of its head model; empty if none was loaded before it ended.
    rate : float or None
        Pictures per second, where the source named it.
    frames : int or None
        How many there are; None if it was broken off.
    people : dict of str to list of float
        The identity of each face in the end, by its number.
    """

    livemask: str
    settings: dict[str, Any]
    model: str = ""
    rate: float | None = None
    frames: int | None = None
    people: dict[str, list[float]] = field(default_factory=dict)


def free_folder(folder: Path, overwrite: bool) -> None:
    """Refuse a folder that is in the way; a session is if it may not be replaced.

    Raises
    ------
    UsageError, SinkError
    """
    if not folder.exists():
        if not folder.resolve().parent.is_dir():
            raise SinkError(
                f"the folder {folder.resolve().parent} does not exist; make it, or name another."
            )
        return
    if not folder.is_dir():
        raise SinkError(f"{folder} is a file; name a folder for the session.")
    there = {file.name for file in folder.iterdir()}
    if there - set(FILES) or (there and not overwrite):
        raise UsageError(
            f"{folder} is not empty; name another folder"
            + (", or add --overwrite to replace that session." if there <= set(FILES) else ".")
        )


def apart(folder: Path, *files: Path) -> None:
    """Refuse outputs in the folder of the session that is replayed.

    Raises
    ------
    UsageError
    """
    for file in files:
        if file.resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"{file} is in the session itself; name a place outside of {folder}.")


def made_folder(folder: Path, overwrite: bool) -> Path:
    """Return an empty folder that only this user can read; faces are seen in it unmasked.

    Raises
    ------
    UsageError, SinkError
    """
    free_folder(folder, overwrite)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise SinkError(f"the folder {folder} cannot be made: {error.strerror}.") from error
    return folder.resolve()


def member(folder: Path, name: str) -> Path:
    """Return a file of a session, which must lie in the folder itself.

    Raises
    ------
    SourceError
    """
    path = folder / name
    try:
        whole = path.is_file() and path.resolve().parent == folder.resolve()  # no link elsewhere
    except (OSError, RuntimeError):
        whole = False
    if not whole:
        raise SourceError(
            f"{folder} is no session: it has no file {name}. `livemask run --session` makes one."
        )
    return path


def write_about(folder: Path, about: About) -> None:
    """Write `session.json`: all of it or nothing."""
    known = {name: getattr(about, name) for name in About.__slots__}
    text = json.dumps({"format": FORMAT, **known}, indent=1)
    partial = folder / f".{ABOUT}.partial"
    try:
        partial.write_text(text + "\n", "utf-8")
        os.replace(partial, folder / ABOUT)  # noqa: PTH105 - the same, spelt as what it does
    finally:
        partial.unlink(missing_ok=True)


def read_about(folder: Path) -> About:
    """Return what a session says of itself.

    Raises
    ------
    SourceError
        If it is none, or one of a later livemask.
    """
    path = member(folder, ABOUT)
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_ABOUT + 1)
        if len(data) > LARGEST_ABOUT:
            raise ValueError("it is too large")
        said = json.loads(data)
        kind = said["format"]
        about = _checked(said) if kind == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(f"{path} is broken: {error}; the session cannot be replayed.") from error
    if about is None:
        raise SourceError(
            f"{folder} is a session of the kind {kind!r:.20}; this livemask replays {FORMAT}: "
            "use a newer one."
        )
    return about


def _checked(said: dict[str, Any]) -> About:
    rate, frames = said["rate"], said["frames"]
    if not (rate is None or (isinstance(rate, int | float) and 0 < rate <= 1000)):
        raise ValueError("its rate is none")
    if not (frames is None or (type(frames) is int and frames >= 0)):
        raise ValueError("its number of frames is none")
    if not isinstance(said["settings"], dict):
        raise TypeError("its settings are none")
    version, model = str(said["livemask"])[:40], str(said["model"])
    return About(version, said["settings"], model, rate, frames)


def fingerprint(model: MorphableModel) -> str:
    """Return what tells a model from all others: a digest of its shapes and names."""
    digest = sha256()
    for array in (model.mean, model.identity, model.expressions, model.triangles):
        digest.update(repr((array.shape, array.dtype.str)).encode())
        digest.update(np.ascontiguousarray(array).view(np.uint8).data)
    digest.update("\n".join(model.expression_names).encode())
    return digest.hexdigest()


def check_model(about: About, model: MorphableModel) -> None:
    """Refuse another model than that of a session.

    Raises
    ------
    ModelError
    """
    if about.model and about.model != fingerprint(model):
        raise ModelError(
            f"the session was recorded with another head model than {model.name!r} as it is here "
            f"(by livemask {about.livemask}); name that model with --model, or track its film "
            f"anew: --source .../{FILM}."
        )
