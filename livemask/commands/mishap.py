"""What a user is told who ran into something that livemask did not expect."""

import errno
import traceback
from pathlib import Path

ISSUES = "https://github.com/livemask/livemask/issues"
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def explain(error: Exception, log: Path) -> str:
    """Return two lines: what happened, and what to do.

    Parameters
    ----------
    error : Exception
        Not a `LivemaskError`: those explain themselves.
    log : Path
        The log file. If it could not be written, the traceback is in the answer.
    """
    if isinstance(error, ImportError):
        return (
            f"livemask: a package that it needs cannot be loaded: {error}\n"
            "Type `livemask doctor`: it says what to install."
        )
    if isinstance(error, OSError) and error.errno in _FULL:
        return (
            f"livemask: a disk is full: {error}\n"
            "Make room; `livemask doctor` tells how much is left where livemask writes."
        )
    if isinstance(error, RuntimeError) and "no locator available" in str(error):  # numba's
        return (
            "livemask: compiled code can be kept nowhere: no folder of this user can be written.\n"
            "Name one that can: LIVEMASK_CACHE."
        )
    return _mistake(error, log)


def _mistake(error: Exception, log: Path) -> str:
    first = f"livemask: unexpected {type(error).__name__}: {error}"
    last = f"Please report it: {ISSUES} (`livemask doctor` may tell more)."
    if log.is_file():
        return f"{first}\nThe details are at the end of {log}. {last}"
    return f"{''.join(traceback.format_exception(error))}{first}\n{last}"
