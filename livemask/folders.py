"""The user's own folders: imported models, settings, caches, logs.

They are where this system wants them (platformdirs), or where LIVEMASK_DATA, LIVEMASK_CONFIG,
LIVEMASK_CACHE and LIVEMASK_LOGS say. Without a home, or with one that is read-only, a private
folder in the system's temporary one stands in. The four functions only tell: `made` makes.
"""

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from platformdirs import PlatformDirs

from livemask import __version__
from livemask.errors import LivemaskError

_PLATFORM = PlatformDirs("livemask", appauthor=False, ensure_exists=False)


def data_folder() -> Path:
    """Return where what the user gave livemask lies: imported models.

    It may be read-only: then what is in it can be used, and writing to it fails.
    """
    return _kept("DATA", "data")


def config_folder() -> Path:
    """Return where the user's settings lie. It may be read-only."""
    return _kept("CONFIG", "config")


def cache_folder() -> Path:
    """Return where what can be made again lies: compiled kernels. It can be written."""
    return _spare("CACHE", "cache")


def log_folder() -> Path:
    """Return where the log lies. It can be written."""
    return _spare("LOGS", "log")


def kernels_folder() -> Path:
    """Return where numba keeps what it has compiled, made if it is a stand-in.

    Numba keeps machine code, and runs what it finds: nobody else may write there. Each version
    has its own, since a compiled function is used again even if one that it calls has changed.
    """
    folder = cache_folder() / "numba" / __version__
    if is_temporary(folder):
        with suppress(LivemaskError):  # numba tries again, and says that it cannot
            made(folder)
    return folder


def _kept(name: str, kind: str) -> Path:
    """Choose a folder that must not be another one all of a sudden: what is there, is read."""
    told = _told(name)
    if told is not None:
        return told
    folder = _usual(kind)
    is_there = folder.is_absolute() and os.access(folder, os.R_OK | os.X_OK)
    return folder if is_there or can_write(folder) else temporary() / kind


def _spare(name: str, kind: str) -> Path:
    """Choose a folder that is of use only if it can be written."""
    folder = _told(name) or _usual(kind)
    return folder if can_write(folder) else temporary() / kind


def _usual(kind: str) -> Path:
    """Return where this system wants a folder; a relative path if the user has no home."""
    try:
        return Path(getattr(_PLATFORM, f"user_{kind}_dir"))
    except RuntimeError:  # newer platformdirs; older ones leave the `~` as it is
        return Path("~")


def _told(name: str) -> Path | None:
    value = os.environ.get(f"LIVEMASK_{name}")
    return Path(value).absolute() if value else None


def can_write(folder: Path) -> bool:
    """Tell whether files can be written to a folder, or whether it could be made for them.

    A relative one cannot: where a user has neither HOME nor an entry in the list of users,
    `~` stays as it is.
    """
    if not folder.is_absolute():
        return False
    nearest = next(f for f in (folder, *folder.parents) if os.path.lexists(f) or f == f.parent)
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def made(folder: Path) -> Path:
    """Make a folder, for this user alone, unless it is there; return it.

    Raises
    ------
    LivemaskError
        If it cannot be made or written.
    """
    try:
        if is_temporary(folder):
            _make_private(temporary())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LivemaskError(
            f"the folder {folder} cannot be made: {error.strerror}. {_ADVICE}"
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise LivemaskError(f"the folder {folder} cannot be written by this user. {_ADVICE}")
    return folder


_ADVICE = (
    "Mend its permissions, or name another one: "
    "LIVEMASK_DATA, LIVEMASK_CONFIG, LIVEMASK_CACHE, LIVEMASK_LOGS."
)


def is_temporary(folder: Path) -> bool:
    """Tell whether a folder is a stand-in, which does not outlast the next start of the system."""
    return folder.is_relative_to(temporary())


def temporary() -> Path:
    """Return the private folder that stands in for the home; it need not be there.

    Anybody can make a folder of its name first. The name is therefore taken only if it is
    free or already leads to a folder that is this user's alone; else it is one that nobody
    can guess, a new one for each process.
    """
    root = _root()
    folder = root / f"livemask-{_user()}"
    if os.path.lexists(folder) and not _is_private(folder):
        return root / f"livemask-{_user()}-{_token()}"
    return folder


def _root() -> Path:
    try:
        return Path(tempfile.gettempdir()).absolute()
    except FileNotFoundError:  # nothing can be written anywhere; `made` will say so
        return Path(os.sep)


def _user() -> str:
    return str(os.geteuid()) if hasattr(os, "geteuid") else "user"


@cache
def _token() -> str:
    return secrets.token_hex(8)


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not _is_private(folder):
            raise PermissionError(0, "somebody else made one of its name") from None


def _is_private(folder: Path) -> bool:
    """Tell whether a path is a true folder, this user's, and closed to all others."""
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True  # on Windows the temporary folder is the user's own
    return state.st_uid == os.geteuid() and not state.st_mode & 0o077
