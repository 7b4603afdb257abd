"""OpenGL: whether masks can be drawn, and what draws them."""

import ctypes
import sys
from collections.abc import Iterator

from livemask.doctor.finding import Facts, Finding, State
from livemask.doctor.system import System
from livemask.errors import GraphicsError

LINUX: bool = sys.platform.startswith("linux")
_LIBRARIES = ("libEGL.so.1", "libOpenGL.so.0")
_WITHOUT = "no mask can be drawn; tables (--csv) still can be written"


def examine(system: System) -> Iterator[Finding]:
    """Make a context without a window."""
    try:
        from livemask.render.context import offscreen

        with offscreen() as context:
            facts: Facts = {"description": context.description, "software": context.software}
    except GraphicsError as error:
        reason = _lacking() or str(error).splitlines()[0].rstrip(".")
        yield Finding("OpenGL", State.MISSING, f"{reason}; {_WITHOUT}", _driver(system))
        return
    yield Finding("OpenGL", State.OK, context.description, facts=facts)
    if context.software:
        text = "the processor draws: slower than a graphics card"
        yield Finding("drawn by", State.NOTE, text)
    else:
        yield Finding("drawn by", State.OK, "the graphics card")


def _driver(system: System) -> str:
    if system.family in ("windows", "macos"):
        return "install the graphics driver of this computer's maker"
    return system.install("libraries")


def _lacking() -> str:
    """Name the libraries that are not there: PyOpenGL's own words do not."""
    missing = [name for name in _LIBRARIES if LINUX and not _loads(name)]
    return f"the system lacks {' and '.join(missing)}" if missing else ""


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
