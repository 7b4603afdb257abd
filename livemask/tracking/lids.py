"""Blinks and winks from the picture of each eye: 68 points hardly show them.

dlib puts lids where lids mostly are. But an open eye is darker than the skin around it over a
height that no fold or row of lashes has, and iris and white of the eye differ along every row.
Both are gone when it closes: their product, compared with what it lately was when the eye of
this person was open, tells how far the lids are closed.

The dark part is what a morphological closing with an upright line fills (black top hat:
Serra 1982, Image Analysis and Mathematical Morphology).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from livemask.landmarks import LEFT_EYE, OUTER_LIPS, RIGHT_EYE
from livemask.records import Face, Fit, Float64, Frame, UInt8

SIDE, EYE = 48, 28.0
"""px: of the upright patch around an eye, and from corner to corner within it."""

ACROSS = 0.32
"""The same in distances between the outer corners of the eyes."""

LINE = np.ones((21, 1), np.uint8)
"""Fills what is less high than this, px of the patch: the eye, not the shade beside the nose."""

DARKEST = 8
"""Places of each row that count for its darkness."""

CLOSED = 0.52
"""What a closed eye shows, as a share of the open one: 0.4 where lids are fair, 0.55 where
they are dark."""

OPEN_ENOUGH, SHUT = 0.25, 0.9
"""Between these shares of the way from open to closed the coefficient goes from 0 to 1:
a glance downwards is no blink."""

RISE, FALL, FALL_SHUT = 3.0, 0.9, 0.1
"""1/s: how quickly what is taken for open follows an eye that shows more, less, and one
that is shut."""

LEAST_EYE = 8.0
"""px in the picture: of a smaller eye nothing is said."""

HIDDEN = np.sin(np.radians(35.0))
"""Of a head that is turned farther than this, the far eye does as the near one."""

SIDES = ("Right", "Left")
"""In the order of the 68 points."""


@dataclass
class _Eyes:
    """What is known of one face: what each eye shows when it is open, and when that was."""

    open: Float64 = field(default_factory=lambda: np.zeros(2))
    time: float = 0.0


class Lids:
    """Sees blinks of several faces, each compared with itself.

    Parameters
    ----------
    names : tuple of str
        Of the model's expressions. Without ARKit's names of both lids nothing is done.
    """

    def __init__(self, names: Sequence[str]) -> None:
        rows = {name: row for row, name in enumerate(names)}
        self._blink = [rows[f"eyeBlink{side}"] for side in SIDES if f"eyeBlink{side}" in rows]
        self._beside = [
            [rows[name] for name in (f"eyeSquint{side}", f"eyeWide{side}") if name in rows]
            for side in SIDES
        ]
        self._faces: dict[int, _Eyes] = {}

    def see(self, frame: Frame, face: Face, fit: Fit) -> Fit:
        """Return `fit` with the lids as the eyes of `face` show them in `frame`."""
        if len(self._blink) < len(SIDES) or eye_width(face.landmarks) < LEAST_EYE:
            return fit
        shown = np.array([openness(frame.image, face.landmarks, left) for left in (False, True)])
        closed = together(self._closed(face.id, shown, frame.time))
        turn = float(fit.camera_from_head[0, 2])  # > 0: the nose points to the subject's left
        if abs(turn) > HIDDEN:
            closed[:] = closed[0 if turn > 0.0 else 1]
        expression, gesture = fit.expression.copy(), fit.gesture.copy()
        for played in (expression, gesture):
            played[self._blink] = closed
            for beside, share in zip(self._beside, closed, strict=True):
                played[beside] *= 1.0 - share  # closed lids neither squint nor stare
        return replace(fit, expression=expression, gesture=gesture)

    def forget(self, id: int) -> None:  # noqa: A002 - the record's word
        """Drop what is known of a face."""
        self._faces.pop(id, None)

    def _closed(self, id: int, shown: Float64, time: float) -> Float64:  # noqa: A002
        """Return how far each lid is closed, (2,) from 0 to 1, and learn what open is."""
        eyes = self._faces.get(id)
        if eyes is None:
            eyes = self._faces[id] = _Eyes(shown.copy(), time)
        seconds, eyes.time = max(time - eyes.time, 0.0), time
        way = (1.0 - shown / np.maximum(eyes.open, 1e-6)) / (1.0 - CLOSED)
        closed = np.clip((way - OPEN_ENOUGH) / (SHUT - OPEN_ENOUGH), 0.0, 1.0)
        rate = np.where(shown > eyes.open, RISE, np.where(closed > 0.5, FALL_SHUT, FALL))
        eyes.open += (1.0 - np.exp(-rate * seconds)) * (shown - eyes.open)
        return np.asarray(closed)


def together(closed: Float64) -> Float64:
    """Return `closed` (2,) with the doubtful eye drawn to the sure one: most lids close in pairs.

    An eye of which hardly anything is seen to close stays open: that is a wink.
    """
    return np.maximum(closed, np.minimum(2.0 * closed, closed[::-1]))


def openness(image: UInt8, points: Float64, left: bool) -> float:
    """Return how much of an eye is seen: more is more open, in no unit; light hardly counts.

    Parameters
    ----------
    image : (h, w, 3) uint8
        RGB.
    points : (68, 2) float64
        px.
    left : bool
        Which eye, the subject's.
    """
    patch = cv2.warpAffine(
        image,
        _upright(points, LEFT_EYE if left else RIGHT_EYE),
        (SIDE, SIDE),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    grey = cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY)
    filled = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, LINE)
    value = grey.astype(np.float32)
    dark = ((filled - value) / (filled + 8.0))[12:35, 14:34]
    dark.partition(dark.shape[1] - DARKEST, axis=1)
    before, after = value[16:32, 12:34], value[16:32, 14:36]
    edges = np.abs(after - before) / (0.5 * (after + before) + 20.0)
    return float(np.sqrt(dark[:, -DARKEST:].mean() * edges.mean()))


def eye_width(points: Float64) -> float:
    """Return from corner to corner of an eye that looks ahead, px, however the head is turned."""
    across, middle = _axis(points)
    down = points[OUTER_LIPS].mean(axis=0) - middle
    return ACROSS * max(1.45 * float(np.hypot(*across)), 1.35 * float(np.hypot(*down)), 1.0)


def _axis(points: Float64) -> tuple[Float64, Float64]:
    """Return the way from the right eye to the left one, and the middle between them, px."""
    right, left = points[RIGHT_EYE].mean(axis=0), points[LEFT_EYE].mean(axis=0)
    return left - right, 0.5 * (left + right)


def _upright(points: Float64, eye: slice) -> Float64:
    """Return the (2, 3) similarity that brings an eye upright to the middle of its patch."""
    across, _ = _axis(points)
    length = float(np.hypot(*across))
    along = across / length if length > 1e-6 else np.array([1.0, 0.0])
    cosine, sine = EYE / eye_width(points) * along
    turn = np.array([[cosine, sine], [-sine, cosine]])
    outer, inner = points[eye][0], points[eye][3]
    return np.column_stack([turn, 0.5 * SIDE - turn @ (0.5 * (outer + inner))])
