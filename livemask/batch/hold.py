"""Keeps a folder to one batch at a time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from livemask.errors import SinkError, UsageError
from livemask.sinks.files import reason


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold a folder, which is made if it is not there, while the `with` block lasts.

    The system lets go of it when the process ends, however it ends.

    Raises
    ------
    UsageError
        If another process holds it.
    SinkError
        If nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / "lock").open("a+b")
    except OSError as error:
        raise SinkError(
            f"nothing can be written to {folder.parent}: {reason(error)}. Name another --out."
        ) from error
    with stream:
        try:
            _lock(stream)
        except OSError as error:
            raise UsageError(
                f"another livemask batch writes to {folder.parent}; wait for it, or name "
                "another --out."
            ) from error
        yield


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
