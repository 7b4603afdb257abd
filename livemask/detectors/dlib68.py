"""Faces by dlib's frontal HOG detector, their 68 points by its shape predictor.

The detector is the slow, sure way to a face that nobody follows yet; the predictor
finds the points in a region that is already known. Its trees are dlib's; what goes down
them are loops of livemask's own (`trees/`), in half the time and without rounding the points
to pixels. They were trained on iBUG 300-W, whose licence excludes commercial use.

References
----------
Dalal & Triggs, Histograms of oriented gradients for human detection, CVPR 2005.
Kazemi & Sullivan, One millisecond face alignment with an ensemble of regression
trees, CVPR 2014.
"""

import importlib.util
import math
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import dlib
import numpy as np

from livemask.detectors import turned
from livemask.detectors.trees.descent import predict
from livemask.detectors.trees.ensemble import Ensemble
from livemask.detectors.trees.reading import read
from livemask.detectors.turned import TurnedDetector
from livemask.errors import ModelError
from livemask.records import Float64, Frame, UInt8

POINTS = 68
_PACKAGE = "face_recognition_models"
_FILE = "shape_predictor_68_face_landmarks.dat"
_ADVICE = f"install it (pip install {_PACKAGE}) or name the file: --landmarks FILE."

Found = tuple[float, float, float, float, float]
"""Left, top, right, bottom in px and the detector's score: 0 is its threshold, 1 is sure."""


def create(landmarks: Path | None = None) -> "Dlib68":
    """Make the detector.

    Parameters
    ----------
    landmarks : Path, optional
        A dlib shape predictor of the 68 iBUG points; by default the one in the package
        `face_recognition_models`.

    Raises
    ------
    ModelError
        If the file is missing, is not a shape predictor, or has not 68 points.
    """
    return Dlib68(_predictor(landmarks or default_landmarks()))


def default_landmarks() -> Path:
    """Return the model file of the package `face_recognition_models`, unimported.

    Importing it fails where setuptools is new or missing.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the package {_PACKAGE} with the landmark model is missing; {_ADVICE}")
    return Path(spec.submodule_search_locations[0]) / "models" / _FILE


@lru_cache(maxsize=1)
def _predictor(path: Path) -> Ensemble:
    """Load a shape predictor once per process: it is 100 MB and takes 0.4 s."""
    if not path.is_file():
        raise ModelError(f"the landmark model {path} does not exist; {_ADVICE}")
    try:
        trees = read(path)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} is not a dlib shape predictor: {error}; {_ADVICE}") from error
    if len(trees.start) != POINTS:
        raise ModelError(
            f"the landmark model {path} has {len(trees.start)} points, not {POINTS}; {_ADVICE}"
        )
    predict(np.zeros((2, 2, 3), np.uint8), np.eye(2, 3), trees)  # let it be compiled now
    return trees


class Dlib68:
    """Finds faces in a picture, and the 68 points of a face in a region.

    The two methods may be called from different threads.
    """

    def __init__(self, predictor: Ensemble) -> None:
        self._predictor = predictor
        self._hog = dlib.get_frontal_face_detector()
        self._turned = TurnedDetector()
        self._hog_lock = threading.Lock()  # it keeps its pyramid between calls, and frees the GIL
        self._last: tuple[UInt8, UInt8] | None = None

    def find(self, image: UInt8, scale: float = 1.0, upsample: int = 0) -> list[Found]:
        """Find the faces of a picture, the surest first.

        Faces from 80 px upwards are found, and to about 60 px more often than not. Where no
        frontal one is seen, doubtful ones and those that are turned far are looked for; their
        score is 0 at least.

        Parameters
        ----------
        image : (h, w, 3) or (h, w) uint8
            RGB or grey.
        scale : float
            The picture is searched at this multiple of its size.
        upsample : int
            How often the searched picture is doubled; each time costs four times as much.

        Returns
        -------
        list of (left, top, right, bottom, score)
            In px of `image`. Boxes may lie partly outside.
        """
        grey = self._grey(image)
        small = _resized(grey, scale)
        ratio = (grey.shape[1] / small.shape[1], grey.shape[0] / small.shape[0])
        with self._hog_lock:
            boxes, scores, _ = self._hog.run(small, upsample, 0.0 if upsample else turned.DOUBTFUL)
            found = [_box(box, score, ratio) for box, score in zip(boxes, scores, strict=True)]
            sure = [face for face in found if face[4] >= 0.0]
            if sure or upsample:
                return sorted(sure, key=lambda face: -face[4])
            suggested = [(face, 0) for face in found]
            suggested += [(_box(b, s, ratio), side) for b, s, side in self._turned.run(small)]
        return self._believed(_coloured(image), suggested)

    def find_sure(self, image: UInt8, scale: float = 1.0) -> list[Found]:
        """Find the faces that look ahead, beyond doubt, in 40 % of the time of `find`.

        Parameters
        ----------
        image : (h, w, 3) or (h, w) uint8
            RGB or grey.
        scale : float
            The picture is searched at this multiple of its size.

        Returns
        -------
        list of (left, top, right, bottom, score)
            As `find`; scores are 0 at least.
        """
        grey = self._grey(image)
        small = _resized(grey, scale)
        ratio = (grey.shape[1] / small.shape[1], grey.shape[0] / small.shape[0])
        with self._hog_lock:
            boxes, scores, _ = self._hog.run(small, 0, 0.0)
        return [_box(box, score, ratio) for box, score in zip(boxes, scores, strict=True)]

    def _believed(self, image: UInt8, suggested: list[tuple[Found, int]]) -> list[Found]:
        """Return the boxes in which the points are a face's, the surest first."""

        def look(box: Float64) -> Float64:
            return predict(image, _image_from_box(box, 0.0), self._predictor)

        faces: list[Found] = []
        for face, side in sorted(suggested, key=lambda pair: -pair[0][4]):
            box = turned.believed(look, np.array(face[:4]), face[4], side)
            if box is not None and _is_usable(box, (image.shape[1], image.shape[0])):
                left, top, right, bottom = box.tolist()
                faces.append((left, top, right, bottom, max(face[4], 0.0)))
        return faces

    def detect(
        self,
        frame: Frame,
        region: Float64,
        roll: float = 0.0,
        start: Float64 | None = None,
    ) -> Float64 | None:
        """Return the 68 points of the face in a region, or None where no face can be.

        The predictor always answers: it sees a face on a bare wall too. It was trained on
        upright heads: what it looks at is turned with a tilted one.

        Parameters
        ----------
        frame : Frame
            The picture.
        region : (4,) float64
            Left, top, right, bottom as `find` returns them, px. May lie partly outside.
        roll : float
            By how much the head is tilted anticlockwise as seen in the image, rad; the
            region is upright about its centre when the head is.
        start : (68, 2) float64, optional
            Where the points are to begin, px: those of a turned head are found from about their
            places, and not from those of a face that looks ahead.

        Returns
        -------
        (68, 2) float64 or None
            px. None if the region is not finite, has no area, or misses the picture.
        """
        if not _is_usable(region, frame.size):
            return None
        to_image = _image_from_box(region, roll)
        return predict(_coloured(frame.image), to_image, self._predictor, start)

    def _grey(self, image: UInt8) -> UInt8:
        """Return the grey picture; the last one is kept, for further looks.

        A smaller one, a part of it to be looked at, does not take its place.
        """
        last = self._last
        if last is not None and last[0] is image:
            return last[1]
        grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)) if image.ndim == 3 else image
        grey = np.ascontiguousarray(grey, np.uint8)
        if last is None or grey.size >= last[1].size:
            self._last = (image, grey)
        return grey


def _coloured(image: UInt8) -> UInt8:
    return image if image.ndim == 3 else np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB))


def _image_from_box(region: Float64, roll: float) -> Float64:
    """Return the (2, 3) similarity that brings a box from 0 to 1 to the tilted region, px."""
    centre, sides = 0.5 * (region[:2] + region[2:]), region[2:] - region[:2]
    cosine, sine = math.cos(roll), math.sin(roll)
    turn = np.array([[cosine, sine], [-sine, cosine]]) * sides[0]
    return np.column_stack([turn, centre - turn @ (0.5, 0.5)])


def _resized(grey: UInt8, scale: float) -> UInt8:
    if scale == 1.0:
        return grey
    height, width = (max(1, round(side * scale)) for side in grey.shape)
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, (width, height), interpolation=method), np.uint8)


def _box(box: Any, score: float, ratio: tuple[float, float]) -> Found:
    """Bring a box back to the full picture. Pixel centres are whole numbers: hence the half."""
    x, y = ratio
    return (
        (box.left() + 0.5) * x - 0.5,
        (box.top() + 0.5) * y - 0.5,
        (box.right() + 0.5) * x - 0.5,
        (box.bottom() + 0.5) * y - 0.5,
        float(score),
    )


def _is_usable(region: Float64, size: tuple[int, int]) -> bool:
    """Tell whether a face can be there; beyond such sizes dlib's whole numbers overflow."""
    left, top, right, bottom = (float(edge) for edge in region)
    if not all(math.isfinite(edge) for edge in (left, top, right, bottom)):
        return False
    width, height = size
    has_area = 2.0 <= right - left <= 8.0 * width and 2.0 <= bottom - top <= 8.0 * height
    return has_area and right > 0 and bottom > 0 and left < width - 1 and top < height - 1
