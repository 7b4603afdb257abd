"""Examination: all checks, none of which can bring down another."""

import importlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from livemask.doctor.apart import CheckFailedError, examine_apart
from livemask.doctor.finding import Finding, Section, State
from livemask.doctor.packages import PACKAGES
from livemask.doctor.system import System, pip_install, this_system


@dataclass(frozen=True, slots=True)
class Check:
    """A check: `examine` of a module of this room.

    Attributes
    ----------
    title : str
        What its section is called.
    module : str
        The file of this room, without its ending.
    apart : bool
        Whether it runs in a process of its own, since what it loads may crash or hang.
    arguments : tuple of str
        What `examine` takes after the system.
    """

    title: str
    module: str
    apart: bool = True
    arguments: tuple[str, ...] = ()


CHECKS = (
    Check("Python", "python", apart=False),
    Check("Machine", "machine"),
    *(Check("Packages", "packages", arguments=(name,)) for name in PACKAGES),
    Check("OpenGL", "graphics"),
    Check("OpenGL", "window"),
    Check("Cameras", "cameras"),
    Check("Head models", "models"),
    Check("Landmarks", "landmark_file"),
    Check("Encoders", "encoders"),
    Check("Virtual camera", "virtual_camera"),
    Check("Ports", "ports", apart=False),
    Check("Folders", "places", apart=False),
    Check("Terminal", "terminal", apart=False),
)
_NEEDED = ("models", "landmark_file")
"""Checks whose breakdown means that no face can be tracked; of packages, some."""


def examination(checks: tuple[Check, ...] = CHECKS) -> tuple[Section, ...]:
    """Return what all checks found, a section for each title, in order."""
    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(_done, checks))
    titles = dict.fromkeys(check.title for check in checks)
    return tuple(
        Section(
            title,
            tuple(
                finding
                for check, findings in zip(checks, found, strict=True)
                for finding in findings
                if check.title == title
            ),
        )
        for title in titles
    )


def _done(check: Check) -> tuple[Finding, ...]:
    try:
        if check.apart:
            return tuple(examine_apart(check.module, check.arguments))
        return tuple(found(check.module, check.arguments))
    except Exception as error:  # a check must not take the others along; what it met is told
        return (_broken_down(check, error),)


def _broken_down(check: Check, error: Exception) -> Finding:
    reason = " ".join(str(error).split())
    if not isinstance(error, CheckFailedError):
        reason = f"{type(error).__name__}: {reason}"
    text = f"cannot be examined: {reason}"
    cure = this_system().install_library(text)
    if check.module == "packages":
        (name,) = check.arguments
        cure = cure or f"{pip_install(name)} --force-reinstall"
        return Finding(name, State.MISSING, text, cure, PACKAGES[name].needed)
    name = check.module.replace("_", " ")
    return Finding(name, State.MISSING, text, cure, check.module in _NEEDED)


def found(module: str, arguments: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Run a check in this process."""
    examine: Callable[..., Iterator[Finding]] = importlib.import_module(
        f"livemask.doctor.{module}"
    ).examine
    system: System = this_system()
    yield from examine(system, *arguments)
