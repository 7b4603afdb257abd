"""Suspects: where somebody may be of whom no more than a glimpse was had."""

from collections.abc import Iterable
from dataclasses import replace

import cv2

from livemask.geometry import project
from livemask.hiding import CENTRE, head_outline
from livemask.records import Fit, State

FORGET = 5.0
"""s after which a glimpse says nothing any more."""

MOST = 8
"""Glimpses that are remembered, the latest."""


class Suspects:
    """Remembers what the search took for a face, and a closer look did not.

    It may have been one that is tilted or turned too far. To follow it would be wrong as often as
    right; to blur its place for some seconds costs little if it was a lamp.
    """

    def __init__(self) -> None:
        self._glimpses: list[tuple[Fit, float]] = []

    @property
    def fits(self) -> tuple[Fit, ...]:
        """Where they were, as faces that are lost."""
        return tuple(fit for fit, _ in self._glimpses)

    def add(self, fit: Fit, time: float) -> None:
        """Remember a glimpse at `time` s; it replaces a former one in its place."""
        lost = replace(fit, state=State.LOST)
        others = [one for one in self._glimpses if not _is_in(one[0], lost)]
        self._glimpses = [*others[1 - MOST :], (lost, time)]

    def keep(self, time: float, followed: Iterable[Fit]) -> None:
        """Forget glimpses that are old, and those where somebody is `followed` now."""
        there = tuple(followed)
        self._glimpses = [
            (fit, seen)
            for fit, seen in self._glimpses
            if 0.0 <= time - seen <= FORGET and not any(_is_in(one, fit) for one in there)
        ]


def _is_in(fit: Fit, other: Fit) -> bool:
    """Whether the middle of one head lies within the outline of the other, in the image."""
    x, y = project(fit.camera, fit.camera_from_head, CENTRE[None])[0].tolist()
    return cv2.pointPolygonTest(head_outline(other), (x, y), False) >= 0
