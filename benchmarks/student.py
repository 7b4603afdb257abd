"""The published student algorithm in plain numpy: the twin that speeds are compared with.

Course projects that follow a face with a Basel Face Model and dlib share one form. A HOG
search and the predictor in every frame; then, in turns, an affine camera from the pseudo-
inverse (Hartley & Zisserman 2003, algorithm 7.2), its split into scale and rotation, the
expression and the shape by the inverse of their normal equations, with the weights 2000 and
4000 (after `fit.py` of github.com/YadiraF/face3d, Yao Feng 2018, which has 4 turns); then the
whole mesh. Coefficients are unbounded and stay from frame to frame; the camera is no pinhole.
Written anew here; what is faithful is the order, the shapes and the kind of each operation.
"""

import cv2
import dlib
import numpy as np

from livemask.detectors.dlib68 import default_landmarks
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float64, UInt8

TURNS = 4
EXPRESSION_WEIGHT, SHAPE_WEIGHT = 2000.0, 4000.0
"""Of the squared coefficients in standard deviations, against squared px."""


class Student:
    """Follows one face.

    Parameters
    ----------
    model : MorphableModel
    turns : int
        Of pose, expression and shape per frame.

    Attributes
    ----------
    scale : float
        px per mm.
    rotation : (3, 3) float64
        Rows of unit length, the third normal to both others, which need not be to each other.
    place : (2,) float64
        Where the origin of the head is seen, px, y up.
    identity : (k,) float64
    expression : (m,) float64
    """

    def __init__(self, model: MorphableModel, turns: int = TURNS) -> None:
        self._turns = turns
        self._mean = model.mean.astype(np.float64).ravel()
        self._shapes = _columns(model.identity)
        self._moves = _columns(model.expressions)
        self._shape_sigmas = np.ones(len(model.identity))  # they are scaled to it already
        self._move_sigmas = model.expression_sigmas.astype(np.float64)
        rows = 3 * model.landmark_vertices.astype(np.int64)
        self._rows = np.c_[rows, rows + 1, rows + 2].ravel()
        self._triangles = model.triangles
        self.scale, self.rotation, self.place = 1.0, np.eye(3), np.zeros(2)
        self.identity = np.zeros(len(model.identity))
        self.expression = np.zeros(len(model.expressions))

    def fit(self, landmarks: Float64) -> None:
        """Improve everything for the points (68, 2) px of a frame."""
        seen = landmarks * (1.0, -1.0)
        mean, shapes, moves = (
            values[self._rows] for values in (self._mean, self._shapes, self._moves)
        )
        for _ in range(self._turns):
            shape = shapes @ self.identity
            points = (mean + shape + moves @ self.expression).reshape(-1, 3)
            self.scale, self.rotation, self.place = split(affine_camera(seen, points))
            flat = self.scale * self.rotation[:2]
            rest = seen - (mean + shape).reshape(-1, 3) @ flat.T - self.place
            self.expression = solve(moves, flat, rest, EXPRESSION_WEIGHT / self._move_sigmas**2)
            still = mean + moves @ self.expression
            rest = seen - still.reshape(-1, 3) @ flat.T - self.place
            self.identity = solve(shapes, flat, rest, SHAPE_WEIGHT / self._shape_sigmas**2)

    def points(self) -> Float64:
        """Return where the 68 points of the fit are seen, (68, 2) px."""
        head = self.vertices().reshape(-1, 3)[self._rows[::3] // 3]
        return (head @ (self.scale * self.rotation[:2]).T + self.place) * (1.0, -1.0)

    def vertices(self) -> Float64:
        """Return the whole head, (n, 3) mm."""
        moved = self._shapes @ self.identity + self._moves @ self.expression
        return np.asarray((self._mean + moved).reshape(-1, 3))

    def normals(self, vertices: Float64) -> Float64:
        """Return the unit normals of `vertices` (n, 3): the sums of those of their triangles."""
        a, b, c = (vertices[self._triangles[:, i]] for i in range(3))
        faces, normals = np.cross(b - a, c - a), np.zeros_like(vertices)
        for i in range(3):
            np.add.at(normals, self._triangles[:, i], faces)
        return np.asarray(normals / np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None])


class Finder:
    """dlib's HOG search of the whole picture and the predictor in what it found."""

    def __init__(self) -> None:
        self._search = dlib.get_frontal_face_detector()
        self._predictor = dlib.shape_predictor(str(default_landmarks()))

    def landmarks(self, image: UInt8) -> Float64 | None:
        """Return the 68 points of the first face in `image` (h, w, 3), px; None without one."""
        grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        boxes = self._search(grey, 0)
        if not boxes:
            return None
        shape = self._predictor(grey, boxes[0])
        return np.array([[shape.part(i).x, shape.part(i).y] for i in range(68)], np.float64)


def affine_camera(pixels: Float64, points: Float64) -> Float64:
    """Return the (2, 4) camera that takes `points` (n, 3) to `pixels` (n, 2).

    Gold Standard algorithm (Hartley & Zisserman 2003, 7.2): both are brought to their
    centroids and to the mean distances root 2 and root 3 before the least squares.
    """
    to_pixels, to_points = _normal(pixels, 2), _normal(points, 3)
    seen, known = _moved(to_pixels, pixels), _moved(to_points, points)
    count = len(points)
    rows = np.zeros((2 * count, 8))
    rows[:count, :4] = rows[count:, 4:] = np.c_[known, np.ones(count)]
    camera = np.zeros((3, 4))
    camera[:2] = (np.linalg.pinv(rows) @ seen.flatten("F")).reshape(2, 4)
    camera[2, 3] = 1.0
    return np.asarray((np.linalg.inv(to_pixels) @ camera @ to_points)[:2])


def split(camera: Float64) -> tuple[float, Float64, Float64]:
    """Return scale, rotation (3, 3) and translation (2,) of an affine camera (2, 4)."""
    lengths = np.linalg.norm(camera[:, :3], axis=1)
    first, second = camera[:, :3] / lengths[:, None]
    return float(lengths.mean()), np.array([first, second, np.cross(first, second)]), camera[:, 3]


def solve(basis: Float64, flat: Float64, rest: Float64, weights: Float64) -> Float64:
    """Return the coefficients (k,) of `basis` (3 n, k) that explain `rest` (n, 2) px.

    `flat` (2, 3) projects; `weights` (k,) hold the coefficients near 0.
    """
    count = basis.shape[1]
    seen = (basis.T.reshape(-1, 3) @ flat.T).reshape(count, -1).T
    left = seen.T @ seen + np.diagflat(weights)
    return np.asarray(np.linalg.inv(left) @ (seen.T @ rest.ravel()))


def _columns(basis: Array) -> Float64:
    """Return a basis (k, n, 3) as (3 n, k)."""
    return np.ascontiguousarray(basis.reshape(len(basis), -1).T, np.float64)


def _normal(points: Float64, size: int) -> Float64:
    """Return the similarity that centres `points` (n, size), at the mean distance root size."""
    centre = points.mean(axis=0)
    scale = np.sqrt(size) / np.linalg.norm(points - centre, axis=1).mean()
    transform = np.diag([scale] * size + [1.0])
    transform[:size, size] = -scale * centre
    return transform


def _moved(transform: Float64, points: Float64) -> Float64:
    return points @ transform[:-1, :-1].T + transform[:-1, -1]
