"""Portraits: the photos that masks wear, each opened and fitted once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from livemask.errors import SourceError, UsageError
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.finding import find_faces
from livemask.reconstruction.still import fit_box
from livemask.records import Frame
from livemask.sources.photo import load_photo
from livemask.wardrobe import Portrait


class Portraits:
    """Opens photos and fits the faces in them, when they are asked for the first time.

    Parameters
    ----------
    model : MorphableModel
    detector : function
        Returns the detector; it may wait for it.
    """

    def __init__(self, model: MorphableModel, detector: Callable[[], Any]) -> None:
        self._model, self._detector = model, detector
        self._known: dict[tuple[Path, int], Portrait] = {}

    def __call__(self, photo: Path, person: int = 0) -> Portrait:
        """Return a photo and the fit of one face in it; `person` counts from the largest.

        Raises
        ------
        SourceError
            If there is no such photo, or no face in it.
        UsageError
            If there are fewer faces in it.
        """
        key = photo, person
        if key not in self._known:
            self._known[key] = self._opened(photo, person)
        return self._known[key]

    def _opened(self, photo: Path, person: int) -> Portrait:
        frame, detector = Frame(load_photo(photo), 0.0, 0), self._detector()
        boxes = find_faces(frame, detector)
        if boxes and not 0 <= person < len(boxes):
            raise UsageError(
                f"person={person}: {photo} shows {_count(len(boxes))}; they are counted from 0, "
                "the largest."
            )
        fit = fit_box(frame, self._model, detector, boxes[person]) if boxes else None
        if fit is None:
            raise SourceError(
                f"no face was found in {photo} to be worn; take a photo in which it looks towards "
                "the camera, upright, and is at least 80 pixels wide."
            )
        return Portrait(self._model, frame, fit)


def _count(faces: int) -> str:
    return "one face" if faces == 1 else f"{faces} faces"
