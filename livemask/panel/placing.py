"""Placing: where in the window the picture's points are, and which face is under the pointer."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from livemask.hiding import head_outline
from livemask.records import Fit, Scene, State
from livemask.render.renderer import Room, letterbox

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placing:
    """How a picture of `size` px lies in a window.

    Attributes
    ----------
    size : (int, int)
        Of the picture, px.
    left, top, right, bottom : float
        Where it is, px from the window's top left; left and right are those of the window.
    mirrored : bool
        Whether it is shown as its mirror image.
    """

    size: tuple[int, int]
    left: float
    top: float
    right: float
    bottom: float
    mirrored: bool = False

    @classmethod
    def within(
        cls, room: Room, high: int, size: tuple[int, int], *, mirrored: bool = False
    ) -> "Placing":
        """Return how a picture fills `room` of a window of `high` px, as `Renderer.present`."""
        left, bottom, right, top = letterbox(size, room)
        return cls(size, left, high - top, right, high - bottom, mirrored)

    def shown(self, point: Point) -> Point:
        """Return where in the window a point of the picture is; (0, 0) is its first pixel."""
        across, down = (point[0] + 0.5) / self.size[0], (point[1] + 0.5) / self.size[1]
        across = 1.0 - across if self.mirrored else across
        return (
            self.left + across * (self.right - self.left),
            self.top + down * (self.bottom - self.top),
        )

    def seen(self, point: Point) -> Point:
        """Return which point of the picture is at a point of the window; it may lie outside."""
        across = (point[0] - self.left) / (self.right - self.left)
        down = (point[1] - self.top) / (self.bottom - self.top)
        across = 1.0 - across if self.mirrored else across
        return across * self.size[0] - 0.5, down * self.size[1] - 0.5


def everybody(scene: Scene) -> tuple[Fit, ...]:
    """Return the faces that are in a scene, chosen or not, by their numbers."""
    seen = scene.seen
    fits = scene.fits if seen is None else (*seen.chosen, *seen.strangers)
    there = (fit for fit in fits if fit.state is not State.LOST)
    return tuple(sorted(there, key=lambda fit: fit.id))


def is_chosen(scene: Scene, fit: Fit) -> bool:
    """Return whether a face is one of those that a scene is about."""
    return any(fit.id == other.id for other in scene.fits)


def face_at(fits: Iterable[Fit], point: Point) -> Fit | None:
    """Return the face at a point of the picture, px; of several the one whose middle is nearest."""
    found = [(_nearness(fit, point), fit) for fit in fits]
    inside = [pair for pair in found if pair[0] > 0.0]
    return max(inside, key=lambda pair: pair[0])[1] if inside else None


def _nearness(fit: Fit, point: Point) -> float:
    """Return how deep within a head a point lies: 1 in its middle, less than 0 outside."""
    outline = head_outline(fit)
    if not np.isfinite(outline).all():
        return -1.0
    middle = outline.mean(axis=0)
    deep = cv2.pointPolygonTest(outline, point, measureDist=True)
    whole = cv2.pointPolygonTest(outline, (float(middle[0]), float(middle[1])), measureDist=True)
    return deep / max(whole, 1e-6)
