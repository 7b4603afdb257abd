"""The Python that runs livemask."""

import platform
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import livemask
from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System

_OLDEST = (3, 11)


def examine(_: System) -> Iterator[Finding]:
    """Tell which livemask, which Python, and whether it has an environment of its own."""
    where = str(Path(livemask.__file__).parent)
    yield Finding("livemask", State.OK, f"{livemask.__version__} in {where}")
    version = platform.python_version()
    text = f"{version} ({platform.python_implementation()}, {sysconfig.get_platform()})"
    facts = {"version": version, "executable": sys.executable}
    if sys.version_info >= _OLDEST:
        yield Finding("Python", State.OK, text, facts=facts)
    else:
        cure = "install Python 3.11 or newer, and livemask with it"
        yield Finding("Python", State.MISSING, f"{text}: too old", cure, True, facts)
    own = sys.prefix != sys.base_prefix
    kind = "own environment" if own else "the system's own packages"
    yield Finding("packages in", State.OK, f"{sys.prefix} ({kind})", facts={"virtual": own})
