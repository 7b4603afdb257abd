"""Unwrapping: a fitted face laid flat, so that each place of it is always at the same cell."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from scipy.spatial import Delaunay, cKDTree

from livemask.errors import ModelError
from livemask.geometry import project, transform_points
from livemask.masks.painting.layout import PLACES, painting_uv
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Frame, UInt8

SIDE = 64
"""Cells on a side of the square."""

COARSE = 32
"""Cells on a side whose places are computed; those between are interpolated."""

LEFT, TOP, WIDTH, HEIGHT = 0.06, 0.14, 0.88, 0.79
"""The part of a painting's square that is laid out: without ears and neck."""

FACE = 0.8
"""Face weight above which a cell is looked at: not hair, ears and neck."""

OVAL = (0.92, 1.0)
"""Half axes of what is looked at, in half sides: temples and the corners of jaws turn away."""


@dataclass(frozen=True, slots=True, eq=False)
class Unwrapped:
    """A face laid flat.

    Attributes
    ----------
    colours : (SIDE, SIDE, 3) uint8
        RGB.
    pixels : (SIDE, SIDE, 2) float32
        Where each cell lies in the picture, px.
    facing : (SIDE, SIDE) float32
        Cosine between its normal and the line of sight; 0 outside the picture.
    moved : (SIDE, SIDE, 3) float32
        By how much the expression moves it, mm.
    """

    colours: UInt8
    pixels: Float32
    facing: Float32
    moved: Float32


class Unwrapping:
    """Lays the fits of one model flat, by the layout of paintings.

    Parameters
    ----------
    model : MorphableModel

    Attributes
    ----------
    face : (SIDE, SIDE) bool
        The cells that are looked at.

    Raises
    ------
    ModelError
        If the model lacks one of the points that the layout needs, or has no face.
    """

    def __init__(self, model: MorphableModel) -> None:
        uv = painting_uv(model).astype(np.float64)
        coarse = _Layout(model, uv, COARSE)
        self._mean = coarse.lay(model.mean)
        self._identity = np.stack([coarse.lay(part) for part in model.identity])
        self._moves = np.stack([coarse.lay(part) for part in model.expressions])
        self._person: tuple[Float64, Float32] | None = None
        weight = _Layout(model, uv, SIDE).lay(model.face_weight[:, None]).reshape(SIDE, SIDE)
        inner = cv2.morphologyEx((weight > FACE).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9)))
        x, y = np.meshgrid(*[np.linspace(-1.0, 1.0, SIDE)] * 2)
        self.face: Array = (inner > 0) & ((x / OVAL[0]) ** 2 + (y / OVAL[1]) ** 2 < 1.0)

    def unwrap(self, frame: Frame, fit: Fit) -> Unwrapped:
        """Return a face as `frame` shows it, laid flat."""
        moved = np.tensordot(fit.expression.astype(np.float32), self._moves, 1)
        points = transform_points(fit.camera_from_head, self._rest(fit) + moved)
        pixels = _finer(np.nan_to_num(project(fit.camera, np.eye(4), points)))
        facing = _finer(_facing(points.astype(np.float32)))
        inside = ((pixels > 0.0) & (pixels < np.array(frame.size, np.float32) - 1.0)).all(-1)
        colours = _sampled(frame.image, pixels)
        return Unwrapped(colours, pixels, facing * inside, _finer(moved))

    def _rest(self, fit: Fit) -> Float32:
        """Return the (COARSE * COARSE, 3) points of a person without expression, mm."""
        if self._person is None or self._person[0] is not fit.identity:
            moved = np.tensordot(fit.identity.astype(np.float32), self._identity, 1)
            self._person = fit.identity, np.asarray(self._mean + moved)
        return self._person[1]


def _finer(values: Array) -> Float32:
    """Return (SIDE, SIDE, d) of `values` (COARSE * COARSE, d)."""
    coarse = values.reshape(COARSE, COARSE, -1).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (SIDE, SIDE)), np.float32)


def on_square(points: slice) -> Float64:
    """Return where iBUG points lie on the cells, (n, 2): column and row."""
    return np.asarray((PLACES[points] - [LEFT, TOP]) / [WIDTH, HEIGHT] * SIDE - 0.5)


class _Layout:
    """Takes what is known of vertices to the cells of a square of `side` times `side`."""

    def __init__(self, model: MorphableModel, uv: Float64, side: int) -> None:
        places = (uv - [LEFT, TOP]) / [WIDTH, HEIGHT] * side - 0.5
        skin = np.zeros(len(uv), bool)
        skin[model.parts.get("skin", np.arange(len(uv)))] = True
        skin &= model.face_weight > 0.02  # the back of the head lies anywhere on the square
        triangles = model.triangles[skin[model.triangles].all(1)]
        owner, self._shares = _owners(places[triangles], side)
        covered = np.flatnonzero(owner >= 0)
        if len(covered) < side:
            raise ModelError(
                f"the model {model.name!r} does not say where its face is, so nobody can tell what "
                "is in front of it; run with --occlusion off, or use another model."
            )
        self._corners, self._shares = triangles[owner[covered]], self._shares[covered]
        self._around, self._weights = _between(covered, side)

    def lay(self, values: Array) -> Float32:
        """Return (side * side, d) of `values` (n, d); holes, such as eyes, are interpolated."""
        known = np.einsum("nc,ncd->nd", self._shares, values[self._corners])
        return np.einsum("nc,ncd->nd", self._weights, known[self._around]).astype(np.float32)


def _owners(corners: Float64, side: int) -> tuple[Array, Float64]:
    """Return which of the triangles `corners` (t, 3, 2) has each cell, -1 for none, and its
    (side * side, 3) barycentric coordinates.
    """
    owner, shares = np.full((side, side), -1), np.zeros((side, side, 3))
    low = np.maximum(np.ceil(corners.min(1)), 0).astype(int)
    high = np.minimum(np.floor(corners.max(1)), side - 1).astype(int)
    for t in np.flatnonzero((high >= low).all(1)):
        matrix = np.vstack([corners[t].T, np.ones(3)])
        if abs(np.linalg.det(matrix)) < 1e-9:
            continue
        x, y = np.meshgrid(*[np.arange(low[t, i], high[t, i] + 1) for i in (0, 1)])
        found = np.stack([x, y, np.ones_like(x)], -1) @ np.linalg.inv(matrix).T
        inside = (found > -1e-6).all(-1)
        owner[y[inside], x[inside]], shares[y[inside], x[inside]] = t, found[inside]
    return owner.ravel(), shares.reshape(-1, 3)


def _between(covered: Array, side: int) -> tuple[Array, Float64]:
    """Return for each cell which three of the `covered` ones it lies between, and their shares."""
    known = np.column_stack([covered % side, covered // side]).astype(np.float64)
    cells = np.column_stack([np.arange(side**2) % side, np.arange(side**2) // side])
    mesh = Delaunay(known)
    simplex: Array = np.asarray(mesh.find_simplex(cells))
    transforms: Array = mesh.transform
    part = transforms[simplex]
    first = np.einsum("nij,nj->ni", part[:, :2], cells - part[:, 2])
    weights = np.column_stack([first, 1.0 - first.sum(1)])
    triples: Array = mesh.simplices
    around = triples[simplex].astype(np.int64)
    outside = (simplex < 0) | ~np.isfinite(weights).all(1)
    nearest: Array = np.asarray(cKDTree(known).query(cells[outside])[1])
    around[outside] = nearest[:, None]
    weights[outside] = 1.0 / 3.0
    return around, weights


def _facing(places: Float32) -> Float32:
    """Return the cosines between the normals of a grid of points and the line of sight."""
    points = places.reshape(COARSE, COARSE, 3)
    right = cv2.Sobel(points, -1, 1, 0, ksize=1)
    down = cv2.Sobel(points, -1, 0, 1, ksize=1)
    (a, b, c), (d, e, f), (x, y, z) = (cv2.split(part) for part in (down, right, points))
    normal = b * f - c * e, c * d - a * f, a * e - b * d
    along = normal[0] * x + normal[1] * y + normal[2] * z
    square = sum(part * part for part in normal) * (x * x + y * y + z * z)
    return np.asarray(-along / np.sqrt(np.maximum(square, 1e-9)), np.float32)


def _sampled(image: UInt8, pixels: Float32) -> UInt8:
    """Return the (SIDE, SIDE, 3) colours at `pixels`, each of about as much as lies around it."""
    size = image.shape[1], image.shape[0]
    low = np.clip(np.floor(pixels.min((0, 1))) - 1.0, 0.0, np.array(size) - 1).astype(int)
    high = np.clip(np.ceil(pixels.max((0, 1))) + 2.0, low + 1, size).astype(int)
    part: Any = image[low[1] : high[1], low[0] : high[0]]
    step = max(round((high - low).max() / (0.8 * SIDE)), 1)
    if step > 1:
        small = max(part.shape[1] // step, 1), max(part.shape[0] // step, 1)
        part = cv2.resize(part, small, interpolation=cv2.INTER_AREA)
    scale = np.array(part.shape[1::-1]) / (high - low)
    there: Any = ((pixels - low + 0.5) * scale - 0.5).astype(np.float32)
    whole: Any = None  # both coordinates are in the first map
    border = cv2.BORDER_REPLICATE
    return np.asarray(cv2.remap(part, there, whole, cv2.INTER_LINEAR, borderMode=border), np.uint8)
