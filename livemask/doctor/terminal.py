"""The terminal, and how names of files are written."""

import sys
from collections.abc import Iterator

from livemask.doctor.finding import Facts, Finding, State
from livemask.doctor.system import System


def examine(system: System) -> Iterator[Finding]:
    """Tell whether every character can be shown, and every file be named."""
    stream = sys.__stdout__  # rich puts another one in its place while it shows that it works
    coding = (getattr(stream, "encoding", None) or "unknown").lower()
    is_terminal = stream is not None and not stream.closed and stream.isatty()
    shown = "a terminal" if is_terminal else "no terminal, a file or pipe"
    facts: Facts = {"encoding": coding, "terminal": is_terminal}
    if coding.replace("-", "") == "utf8":
        yield Finding("output", State.OK, f"{coding}, {shown}", facts=facts)
    else:
        text = f"{coding}, {shown}: other characters are shown by their numbers"
        yield Finding("output", State.NOTE, text, _utf8(system), facts=facts)
    names = sys.getfilesystemencoding()
    state = State.OK if names == "utf-8" else State.NOTE
    yield Finding("names of files", state, names, "" if state is State.OK else _utf8(system))


def _utf8(system: System) -> str:
    return "set PYTHONUTF8=1" if system.family == "windows" else "export LC_ALL=C.UTF-8"
