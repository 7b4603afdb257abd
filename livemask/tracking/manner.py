"""Manner: how the user wants faces to be followed."""

from dataclasses import dataclass

from livemask.tracking import extras
from livemask.tracking.smoothing import Level


@dataclass(frozen=True, slots=True)
class Manner:
    """Names and meanings are those of the command line.

    Attributes
    ----------
    smoothing : str
        How calm; see `smoothing.LEVELS`.
    fit : str
        How thoroughly; see `extras.LEVELS`.
    """

    smoothing: Level = "medium"
    fit: extras.Level = "full"
