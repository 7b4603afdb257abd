"""The models that the user has imported, each in a folder of its own with a manifest.

They lie in `models` of the user's data folder. A model comes in or goes as a whole: it is
made beside the others under a name that begins with a dot, and renamed.
"""

import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from livemask.errors import LivemaskError, ModelError, UsageError
from livemask.folders import data_folder, made
from livemask.library import manifest
from livemask.library.manifest import Manifest
from livemask.morphable_model import MorphableModel

LARGEST = 2**31
"""Bytes that the files of a model may have together."""

ABANDONED = 86400.0
"""s after which an import that has not ended never will."""

_NAME = re.compile(r"\w[\w.-]{0,63}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class Stored(NamedTuple):
    """An imported model: its name, its folder, and what is known of it."""

    name: str
    folder: Path
    manifest: Manifest


class Incoming(NamedTuple):
    """A model to import: its kind, what the loader is given, and the files that it reads."""

    kind: str
    opened: Path
    files: Sequence[Path]


def shelf() -> Path:
    """Return the folder of imported models; it need not be there."""
    return data_folder() / "models"


def names() -> tuple[str, ...]:
    """Return the names of the imported models, sorted."""
    folder = shelf()
    if not folder.is_dir():
        return ()
    return tuple(sorted(f.name for f in folder.iterdir() if is_name(f.name) and f.is_dir()))


def find(name: str) -> Stored | None:
    """Return an imported model, None if there is none of that name.

    Raises
    ------
    ModelError
        If its manifest is broken.
    """
    if not is_name(name) or not (shelf() / name).is_dir():
        return None
    folder = shelf() / name
    return Stored(name, folder, manifest.read(folder))


def is_name(name: str) -> bool:
    """Tell whether a text may name a model: letters, digits, `.`, `_` and `-`, no path."""
    fits = _NAME.fullmatch(name) and not name.endswith(".")
    return bool(fits) and not _RESERVED.fullmatch(name)


def checked_name(name: str) -> str:
    """Return a name that may be given to a model.

    Raises
    ------
    UsageError
        If it may not.
    """
    if not is_name(name):
        raise UsageError(
            f"{name!r} cannot name a model: use up to 64 letters, digits, '.', '_' and '-'. "
            "Give another one with --name."
        )
    return name


def add(
    name: str,
    incoming: Incoming,
    check: Callable[[str, Path], MorphableModel],
    *,
    overwrite: bool = False,
) -> Stored:
    """Copy a model into the store, once `check(kind, path)` has loaded the copy.

    Raises
    ------
    LivemaskError
        If the name is taken, a file is missing or they are too large, or it is no model; the
        store is as it was then.
    """
    target = shelf() / checked_name(name)
    if os.path.lexists(target) and not overwrite:
        raise UsageError(
            f"a model {name!r} has been imported already; give another --name, or --overwrite."
        )
    root = incoming.opened if incoming.opened.is_dir() else incoming.opened.parent
    _measure(incoming.files)
    fresh = made(shelf()) / f".{secrets.token_hex(8)}"
    _sweep()
    try:
        paths = [_copied(file, root, fresh) for file in incoming.files]
        opened = incoming.opened.relative_to(root).as_posix()
        model = check(incoming.kind, fresh / opened)
        described = tuple(manifest.describe(fresh, path) for path in paths)
        found = Manifest(
            kind=incoming.kind,
            source=str(incoming.opened.absolute()),
            date=datetime.now(UTC).isoformat(timespec="seconds"),
            opened=opened,
            vertices=len(model.mean),
            identity=len(model.identity),
            expressions=len(model.expressions),
            files=described,
        )
        found.write(fresh)
        _put(fresh, target)
    except ModelError as error:  # the file that the user knows is the one that was copied
        raise ModelError(str(error).replace(str(fresh), str(root))) from error
    except OSError as error:
        raise ModelError(f"the model cannot be stored in {shelf()}: {error}.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Stored(name, target, found)


def _sweep() -> None:
    """Delete what imports that were killed have left, once it is a day old."""
    for folder in shelf().glob(".*"):
        if is_name(folder.name[1:]) and time.time() - folder.lstat().st_mtime > ABANDONED:
            _delete(folder)


def _measure(files: Sequence[Path]) -> None:
    """Check that all files are there and not too large together."""
    for file in files:
        if not file.is_file():
            raise ModelError(
                f"{file} is missing; BFM/README.md tells which files belong to a model."
            )
    total = sum(file.stat().st_size for file in files)
    if total > LARGEST:
        raise ModelError(f"the model has {total} bytes, more than the {LARGEST} allowed.")


def _copied(file: Path, root: Path, folder: Path) -> str:
    """Copy a file below `root` to the same place below `folder`; return its path there."""
    path = file.relative_to(root).as_posix()
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / path)
    return path


def _put(fresh: Path, target: Path) -> None:
    """Rename a folder to `target`; what was there goes, unless that fails."""
    old = target.with_name(f".{secrets.token_hex(8)}")
    if os.path.lexists(target):
        target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        if os.path.lexists(old):
            old.rename(target)
        raise
    _delete(old)


def remove(name: str) -> None:
    """Delete an imported model.

    Raises
    ------
    LivemaskError
        If there is none, or it cannot be deleted.
    """
    target = shelf() / name
    if not is_name(name) or not os.path.lexists(target):
        known = ", ".join(names()) or "none"
        raise UsageError(f"no model {name!r} has been imported. Imported: {known}.")
    old = target.with_name(f".{secrets.token_hex(8)}")
    try:
        target.rename(old)
        _delete(old)
    except OSError as error:
        raise LivemaskError(f"the model {name!r} cannot be removed: {error}.") from error


def _delete(path: Path) -> None:
    """Delete a folder of the store; of a link that somebody put there, the link alone."""
    if path.is_symlink():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
