"""Body: a fruit about the head of the person last seen."""

import numpy as np

from livemask import landmarks as ibug
from livemask.errors import ModelError
from livemask.masks.fruit.globe import globe, grid_normals
from livemask.masks.fruit.kind import Kind
from livemask.masks.fruit.melon import HeadSize, Melon
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Int32

AROUND, DOWN = 56, 36
"""Faces from side to side, and from pole to pole."""


class Body:
    """The shape of one kind of fruit.

    Parameters
    ----------
    model : MorphableModel
    kind : Kind
    size : float
        Times as large as the head asks for.

    Attributes
    ----------
    triangles : (t, 3) int32
    uv : (n, 2) float32
    melon : Melon
        What it is around the features; made by `follow`.
    stretch : float
        How many times as high its lower half is.

    Raises
    ------
    ModelError
        If the model lacks some of the 68 points.
    """

    def __init__(self, model: MorphableModel, kind: Kind, size: float) -> None:
        if not model.landmark_model.known.all():
            raise ModelError(
                f"the model {model.name!r} lacks some of the 68 points, so nobody knows where "
                "eyes and mouth go; wear another mask, or use another model."
            )
        self.model, self.stretch = model, 1.0
        self._kind, self._scale = kind, size
        self._size, self._rows = HeadSize(model, kind.roundness, kind.breadth), model.landmark_model
        self._directions: Float64
        self.triangles: Int32
        self.uv: Float32
        self._directions, self.triangles, self.uv = globe(AROUND, DOWN)
        self._identity: Float64 | None = None

    def follow(self, fit: Fit) -> None:
        """Take on the size of the head, and the length that the open mouth asks for."""
        if self._identity is not fit.identity:
            self._identity = fit.identity
            self.melon = _enlarged(self._size.melon(fit), self._scale)
            self._round, self._outward = self._grown(self.melon)
        chin = self._rows.points(fit.identity, fit.expression)[ibug.CHIN]
        self.stretch = self.melon.stretch(float(chin[1]))

    def _grown(self, melon: Melon) -> tuple[Float32, Float32]:
        """Return vertices and normals of the fruit."""
        plain = (melon.surface(self._directions) - melon.centre) / melon.axes
        vertices = melon.centre + self._kind.shaped(plain) * melon.axes
        return vertices.astype(np.float32), grid_normals(vertices, DOWN + 1, AROUND + 1)

    def shape(self) -> tuple[Float32, Float32]:
        """Return vertices (n, 3) mm and normals of the fruit, its lower half stretched."""
        vertices, normals = self._round.copy(), self._outward.copy()
        middle = np.float32(self.melon.centre[1])
        low = vertices[:, 1] < middle
        vertices[low, 1] = middle + (vertices[low, 1] - middle) * self.stretch
        normals[low, 1] /= self.stretch
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        return vertices, normals

    def top(self) -> Float64:
        """Return the (3,) place that the stalk grows from, mm."""
        melon = self.melon
        return np.asarray(melon.centre + melon.axes * (0.0, self._kind.top(), 0.0))

    def front(self, across: Array, lift: float) -> tuple[Float64, Float64, Float64]:
        """Return points, normals and texture coordinates of the front, as `Melon.front`."""
        melon = self.melon
        points = melon.front(across, self.stretch, lift)
        plain = points - melon.centre
        plain[plain[:, 1] < 0.0, 1] /= self.stretch
        normals = melon.normals(melon.centre + plain)
        normals[plain[:, 1] < 0.0, 1] /= self.stretch
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        turn = np.arctan2(-plain[:, 0], -plain[:, 2]) / (2.0 * np.pi) % 1.0
        fall = np.arccos(plain[:, 1] / np.linalg.norm(plain, axis=1)) / np.pi
        return points, normals, np.column_stack([turn, fall])


def _enlarged(melon: Melon, size: float) -> Melon:
    return Melon(melon.centre, melon.axes * size, melon.chin, melon.roundness)
