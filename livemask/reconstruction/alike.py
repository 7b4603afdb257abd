"""Alike: which faces of several photos are one person's, told by how they look."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.reconstruction.finding import roll_of
from livemask.records import Array, Float64, Frame
from livemask.tracking.appearance import Appearance
from livemask.tracking.track import SURE_LIKENESS, is_spread

MOST = 12
"""Faces of a photo that are compared, the largest."""


class Candidate(NamedTuple):
    """A face that may be the one.

    Attributes
    ----------
    photo : int
        In which it is.
    box : (4,) float64
        px, as `find_faces` returns them.
    points : (68, 2) float64
        px.
    """

    photo: int
    box: Float64
    points: Float64


def one_person(
    frames: Sequence[Frame],
    boxes: Sequence[Sequence[Float64]],
    model: MorphableModel,
    detector: Any,
) -> list[Float64 | None]:
    """Return the box (4,) px of one person in each photo, None where there is no face.

    Where there are several it is the face that looks most like those of the other photos: first
    like the only ones of theirs, else like whoever is in most photos, and of two of those the
    larger. It is not asked whether they are one person at all.

    Parameters
    ----------
    frames : sequence of Frame
        The photos.
    boxes : sequence of sequences of (4,) float64
        The faces in each, px, the largest first.
    model : MorphableModel
        Whose landmarks those of `detector` are.
    detector : object
        A detector plug-in.
    """
    if all(len(found) < 2 for found in boxes):
        return [found[0] if found else None for found in boxes]
    faces = [
        Candidate(photo, box, points)
        for photo, found in enumerate(boxes)
        for box in found[:MOST]
        if (points := _points(frames[photo], box, detector)) is not None
    ]
    chosen = _grown(faces, _likeness(frames, faces, model))
    return [chosen.get(photo, found[0] if found else None) for photo, found in enumerate(boxes)]


def _points(frame: Frame, box: Float64, detector: Any) -> Float64 | None:
    points: Float64 | None = detector.detect(frame, box, roll_of(frame, detector, box))
    return points if points is not None and is_spread(points) else None


def _likeness(
    frames: Sequence[Frame], faces: Sequence[Candidate], model: MorphableModel
) -> Float64:
    """Return how alike each two faces are, (c, c), see `Appearance`."""
    table = np.eye(len(faces))
    for i, face in enumerate(faces):
        known = Appearance(model.landmark_model.mean[:68])
        known.learn(frames[face.photo].image, face.points)
        for j, other in enumerate(faces[:i]):
            table[i, j] = table[j, i] = known.likeness(frames[other.photo].image, other.points)
    return table


def _grown(faces: Sequence[Candidate], table: Float64) -> dict[int, Float64]:
    """Return the face of each photo, chosen one after the other, the surest first."""
    photos = np.array([face.photo for face in faces])
    left = set(photos.tolist())
    taken: list[int] = []
    while left:
        at = _surest(faces, photos, table, taken, left) if taken else _first(faces, photos, table)
        taken.append(at)
        left.discard(faces[at].photo)
    return {faces[at].photo: faces[at].box for at in taken}


def _first(faces: Sequence[Candidate], photos: Array, table: Float64) -> int:
    """Return the face that is certain: alone in its photo, or else one that is in most photos."""

    def rank(at: int) -> tuple[bool, int, float]:
        alike = len(set(photos[table[at] > SURE_LIKENESS].tolist()))
        box = faces[at].box
        return np.count_nonzero(photos == photos[at]) == 1, alike, float(box[2] - box[0])

    return max(range(len(faces)), key=rank)


def _surest(
    faces: Sequence[Candidate], photos: Array, table: Float64, taken: list[int], left: set[int]
) -> int:
    """Return the face of the photos `left` that is most like those that are `taken`.

    Lone faces go before: whoever else is in other photos, they are the person.
    """

    def rank(at: int) -> tuple[bool, float]:
        alone = np.count_nonzero(photos == photos[at]) == 1
        return alone, float(table[at, taken].mean())

    return max((at for at, face in enumerate(faces) if face.photo in left), key=rank)
