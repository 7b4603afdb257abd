"""Manner: how the user wants faces to be followed."""

from dataclasses import dataclass

from livemask.tracking import extras
from livemask.tracking.smoothing import Level


@dataclass(frozen=True, slots=True)
class Manner:
    """Names and meanings are those of the command line.

    Attributes
    ----------
    smoothing : str or float
        How calm: one of `smoothing.LEVELS`, or a number such as theirs, smaller for calmer.
    fit : str
        How thoroughly; see `extras.LEVELS`.
    face : str, float or None
        How calm expressions are, if not as the head.
    """

    smoothing: Level | float = "medium"
    fit: extras.Level = "full"
    face: Level | float | None = None
