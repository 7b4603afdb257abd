"""Covers: what of the picture is blurred about heads that were seen a moment ago."""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.geometry import project
from livemask.hiding import CENTRE, head_outline
from livemask.records import Fit, Float32, Float64, State

AT_ONCE, FASTER, FARTHEST = 1.0, 3.0, 3.5
"""Times the outline of a head and its hair: at once, more of that a second, and at most. A head
moves by two of its widths a second, and nobody saw where to."""

MEMORY = 0.3
"""s over which the speed of a head is taken."""

DRIFT = 1.0
"""s for which it may go on as it went."""


@dataclass(slots=True)
class _Head:
    """Where a head was seen, px, how fast it went there, px/s, and when that was, s."""

    place: Float64
    speed: Float64
    time: float


class Covers:
    """Remembers where heads were and how they moved."""

    def __init__(self) -> None:
        self._heads: dict[int, _Head] = {}

    def see(self, fit: Fit, time: float) -> None:
        """Take in where a head is at `time` s, if it is seen there."""
        if fit.state is not State.TRACKED:
            return
        place = project(fit.camera, fit.camera_from_head, CENTRE[None])[0]
        head = self._heads.get(fit.id)
        if head is None or not 0.0 < time - head.time < MEMORY:
            self._heads[fit.id] = _Head(place, np.zeros(2), time)
            return
        passed = time - head.time
        share = min(1.0, passed / MEMORY * 2.0)
        head.speed = head.speed + share * ((place - head.place) / passed - head.speed)
        head.place, head.time = place, time

    def over(self, fit: Fit, time: float) -> Float32:
        """Return the polygon (n, 2) px within which the head of `fit` still is at `time` s."""
        head = self._heads.get(fit.id)
        passed = max(time - head.time, 0.0) if head is not None else 0.0
        outline = head_outline(fit, min(AT_ONCE + FASTER * passed, FARTHEST))
        if head is None:
            return outline
        ahead = outline + (min(passed, DRIFT) * head.speed).astype(np.float32)
        both = np.concatenate([outline, ahead])
        if not np.isfinite(both).all():
            return outline
        return np.asarray(cv2.convexHull(both)[:, 0], np.float32)

    def keep(self, faces: frozenset[int]) -> None:
        """Forget all heads but these."""
        for face in self._heads.keys() - faces:
            del self._heads[face]
