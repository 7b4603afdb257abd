"""Lets everything be printed on every terminal: what it cannot show is written as an escape."""

import codecs
import sys
from io import TextIOWrapper

_NAME = "livemask.escape"


def _escape(error: UnicodeError) -> tuple[str | bytes, int]:
    """Give bytes of a file's name back as they were; write other characters by their number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    try:
        return text.encode("ascii", "surrogateescape"), error.end
    except UnicodeEncodeError:
        return text.encode("ascii", "backslashreplace"), error.end


def never_fail() -> None:
    """Let standard output and standard error take any text, whatever their encoding."""
    codecs.register_error(_NAME, _escape)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_NAME)
