"""Store: the settings file. Read with tomllib; written with tomlkit, which keeps comments.

Whatever is wrong with it, a run goes on: a file that cannot be read is set aside under another
name, never lost and never written over; one that cannot be written stays as it is.
"""

import logging
import os
import secrets
import stat
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from livemask.errors import LivemaskError
from livemask.folders import config_folder, made

LOG = logging.getLogger("livemask")

LARGEST = 1_000_000
"""Bytes; settings are some hundred."""

PATIENCE, STALE = 2.0, 10.0
"""s for which another process that saves is waited for; after which it is taken for dead."""


def settings_file() -> Path:
    """Return where the settings are, or would be."""
    return config_folder() / "settings.toml"


class Store:
    """Reads and writes a settings file.

    Parameters
    ----------
    file : Path
    """

    def __init__(self, file: Path) -> None:
        self.file = file

    def read(self) -> dict[str, Any]:
        """Return what is in the file; nothing if there is none, or none that can be read."""
        try:
            return tomllib.loads(_text(self.file))
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError) as error:
            self._set_aside(str(error).splitlines()[0])
        except OSError as error:
            LOG.warning("the settings %s cannot be read: %s.", self.file, error.strerror or error)
        return {}

    def save(self, changes: Mapping[str, Any], profile: str = "") -> bool:
        """Write what has changed, of all runs or of those with `profile`; tell whether it went.

        All else in the file stays as it is now, also what another process has just saved.
        """
        if not changes:
            return True
        try:
            made(self.file.parent)
            with self._alone():
                self._write(_changed(self.read(), self.file, changes, profile))
        except (OSError, LivemaskError) as error:
            reason = getattr(error, "strerror", None) or error
            LOG.warning("the settings were not saved to %s: %s", self.file, reason)
            return False
        return True

    def reset(self) -> Path | None:
        """Put the file aside, so that all is as at first; return where it is, if there was one."""
        return self._moved("old") if os.path.lexists(self.file) else None

    def _write(self, text: str) -> None:
        """Replace the file as a whole: nobody ever reads half of it."""
        new = self.file.with_name(f".{self.file.name}.{secrets.token_hex(4)}")
        try:
            with new.open("x", encoding="utf-8", newline="\n") as lines:
                lines.write(text)
                lines.flush()
                os.fsync(lines.fileno())
            new.replace(self.file)
        finally:
            new.unlink(missing_ok=True)

    def _set_aside(self, reason: str) -> None:
        try:
            aside = self._moved("broken")
        except OSError as error:
            raise LivemaskError(
                f"the settings {self.file} cannot be understood ({reason}) nor put aside "
                f"({error.strerror}). Mend the file, or delete it."
            ) from error
        LOG.warning(
            "the settings %s cannot be understood: %s. They are kept as %s; all is as at first.",
            self.file, reason, aside.name,
        )  # fmt: skip

    def _moved(self, kind: str) -> Path:
        names = (self.file.with_suffix(f".{kind}-{n}.toml") for n in range(1, 1000))
        aside = next(name for name in names if not os.path.lexists(name))
        self.file.rename(aside)
        return aside

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from saving meanwhile."""
        lock = self.file.with_name(f".{self.file.name}.lock")
        end = time.monotonic() + PATIENCE
        while not _locked(lock):
            if time.monotonic() > end:
                raise LivemaskError(f"another process is saving them. If none is, delete {lock}.")
            time.sleep(0.02)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _text(file: Path) -> str:
    """Return what is in a file.

    Raises
    ------
    ValueError
        If it is no text of a size that settings can have.
    """
    state = file.stat()
    if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST:
        raise ValueError(f"it is no file of at most {LARGEST} bytes")
    return file.read_bytes().decode("utf-8")


def _changed(now: Mapping[str, Any], file: Path, changes: Mapping[str, Any], profile: str) -> str:
    """Return the file's text with `changes` in it."""
    import tomlkit  # only a run that saves needs it

    document = tomlkit.parse(_text(file)) if now else tomlkit.document()
    table: Any = document
    if profile:
        profiles = document.setdefault("profile", tomlkit.table(is_super_table=True))
        table = profiles.setdefault(profile, tomlkit.table())
    for name, value in changes.items():
        table[name] = list(value) if isinstance(value, tuple) else value
    return tomlkit.dumps(document)


def _locked(lock: Path) -> bool:
    """Take a lock; tell whether it was free."""
    with suppress(FileNotFoundError):
        if time.time() - lock.stat().st_mtime > STALE:
            lock.unlink(missing_ok=True)
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True
