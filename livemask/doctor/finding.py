"""Finding: one thing that was looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    NOTE = "note"  # good to know, nothing to do
    WARNING = "warning"  # works, but not as it could
    MISSING = "missing"  # what needs it does not work


Facts = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    name : str
        What it is.
    state : State
    text : str
        What was found, for people.
    cure : str
        The next step on this system; empty if there is none to take.
    needed : bool
        Whether no face can be tracked in a film without it.
    facts : mapping
        What was found, for programs.
    """

    name: str
    state: State
    text: str
    cure: str = ""
    needed: bool = False
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """What one check found."""

    title: str
    findings: tuple[Finding, ...]


def stops_work(section: Section) -> bool:
    """Tell whether no face can be tracked in a film, for what a section found."""
    return any(f.needed and f.state is State.MISSING for f in section.findings)
