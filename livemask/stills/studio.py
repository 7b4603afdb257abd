"""How photos and films are looked at, and with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livemask import plugins
from livemask.errors import SourceError, UsageError
from livemask.library.opening import open_model
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.lacking import check_face
from livemask.reconstruction.shot import Shot
from livemask.records import Float64, Frame, UInt8
from livemask.sources.photo import focal_of, load_photo

LONGEST = 32766
"""px a side."""

FRAMES = 8
"""Of a film, that say who somebody is: more say hardly more."""

Watch = Callable[[str, int, int | None], object]
"""Told what is being done, how much of it is done, and of how much if that is known."""


def unwatched(what: str, done: int, total: int | None) -> None:
    """Take no note of how far it is."""


@dataclass(frozen=True, slots=True)
class Studio:
    """How photos and films are looked at.

    Attributes
    ----------
    model : str
        As in `open_model`.
    fov : float, optional
        Horizontal field of view, degrees; found if left out.
    detector : str
        What finds faces and points: `NAME[,key=value...]`.
    landmarks : Path, optional
        Another file of the detector's points.
    face : int, optional
        Which face, 1 for the largest; all if left out. Of a film 1 is who is seen longest.
    same_person : bool
        Whether all photos show one person, and share what they say of the head.
    frames : int
        How many pictures of a film say who somebody is.
    """

    model: str = "head"
    fov: float | None = None
    detector: str = "dlib68"
    landmarks: Path | None = None
    face: int | None = None
    same_person: bool = False
    frames: int = FRAMES


@dataclass(frozen=True, slots=True)
class Tools:
    """Model and detector, opened once for all photos."""

    model: MorphableModel
    detector: Any
    fov: float | None

    @classmethod
    def of(cls, asked: Studio) -> Tools:
        """Open what is asked for."""
        if asked.face is not None and asked.face < 1:
            raise UsageError(f"face {asked.face} must be 1 or more; 1 is the largest.")
        if asked.frames < 1:
            raise UsageError(f"{asked.frames} frames of a film show nobody; ask for 1 or more.")
        model = open_model(asked.model)
        check_face(model)
        finder = plugins.create("detectors", asked.detector, landmarks=asked.landmarks)
        return cls(model, finder, asked.fov)

    def shot(self, frame: Frame, box: Float64, path: Path | None) -> Shot:
        """Return a face of a photo with what is known of its camera: what the user says first."""
        told = path is not None and self.fov is None
        focal = focal_of(path, frame.size) if told and path is not None else None
        return Shot(frame, box, self.fov, focal)


def frame_of(image: UInt8 | Path | str) -> Frame:
    """Return a photo, or what is in its file, as a frame."""
    if not isinstance(image, np.ndarray):
        return _checked(Frame(load_photo(Path(image)), 0.0, 0), image)
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
        raise UsageError(
            f"a picture of {image.dtype} {image.shape} is none that can be looked at; give "
            "(h, w, 3) uint8, RGB."
        )
    return _checked(Frame(image, 0.0, 0), "the picture")


def _checked(frame: Frame, name: object) -> Frame:
    """Refuse a picture that OpenCV cannot turn and sample."""
    if max(frame.size) > LONGEST:
        raise SourceError(
            f"{name} has a side of {max(frame.size)} pixels, and at most {LONGEST} can be looked "
            "at; cut the faces out, or make it smaller."
        )
    return frame


def path_of(image: UInt8 | Path | str) -> Path | None:
    """Return the file of a photo, None of an array."""
    return None if isinstance(image, np.ndarray) else Path(image)
