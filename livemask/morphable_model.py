"""MorphableModel: coefficients -> vertices, normals, albedo.

A 3D morphable model (Blanz & Vetter 1999) with an additive expression basis, as in the
Basel Face Model 2017 (Gerig et al. 2018):

    vertices = mean + identity . components + expression . expressions

Only what closes the eyes is made to measure for each identity, see `eyelids`.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.eyelids import Eyelids, find_eyelids
from livemask.geometry import vertex_normals
from livemask.landmark_model import LandmarkModel
from livemask.records import Array, Fit, Float32, Float64, Int32


@dataclass(frozen=True, slots=True, eq=False)
class MorphableModel:
    """A head: its mean, how heads differ, how faces move, and what is where on it.

    n vertices, t triangles, k identity components, m expressions, a albedo components,
    r texture vertices. Head frame, mm.

    Attributes
    ----------
    name : str
    mean : (n, 3) float32
    identity : (k, n, 3) float32
        Displacement by one standard deviation of each component.
    identity_sigmas : (k,) float32
        Standard deviations of the components as the source gives them; `identity` holds
        them already. For reports only: the prior of a coefficient is N(0, 1).
    expressions : (m, n, 3) float32
        Displacement at coefficient 1.
    expression_names : tuple of m str
        ARKit's names in camelCase where the model has them (`jawOpen`), else `exp_0`...
    expression_bounds : (m, 2) float32
        Least and greatest coefficient; infinite where unbounded.
    expression_sigmas : (m,) float32
        Standard deviation of the Gaussian prior of each coefficient.
    albedo : (n, 3) float32
        Mean albedo, linear RGB, 0 to 1.
    albedo_components : (a, n, 3) float32
        Change by one standard deviation, linear RGB.
    triangles : (t, 3) int32
        Counter-clockwise seen from outside.
    landmark_vertices : (68,) int32
        Vertex of each iBUG point; -1 where the model has none.
    contour : tuple of 17 int32 arrays
        For each jaw point the vertices, front to back, on which the visible outline may lie;
        empty where unknown.
    face_weight : (n,) float32
        1 on the face, falling to 0 before ears, crown and neck: the soft edge of a mask.
    parts : dict of str to (v,) int32
        Vertices of skin, eyes, teeth, tongue, mouth (inner mouth), lips... as far as known.
        Each vertex is in one of skin, eyes, teeth, tongue, mouth.
    uv : (r, 2) float32
        Texture coordinates as in `Mesh.uv`; empty if the model has none.
    uv_vertices : (r,) int32
        The vertex of each; r > n where seams need a vertex twice.
    uv_triangles : (t, 3) int32
        `triangles` in texture vertices.
    """

    name: str
    mean: Float32
    identity: Float32
    identity_sigmas: Float32
    expressions: Float32
    expression_names: tuple[str, ...]
    expression_bounds: Float32
    expression_sigmas: Float32
    albedo: Float32
    albedo_components: Float32
    triangles: Int32
    landmark_vertices: Int32
    contour: tuple[Int32, ...]
    face_weight: Float32
    parts: dict[str, Int32]
    uv: Float32
    uv_vertices: Int32
    uv_triangles: Int32
    # The person last asked for. An identity settles within seconds, and from then on only the
    # expression is added per frame.
    _person: list["_Person"] = field(default_factory=list, init=False, repr=False)
    _landmarks: list[LandmarkModel] = field(default_factory=list, init=False, repr=False)
    _moves: list["_Moves"] = field(default_factory=list, init=False, repr=False)
    _lids: list[tuple[Eyelids, ...]] = field(default_factory=list, init=False, repr=False)
    _bent: list[Float32] = field(default_factory=list, init=False, repr=False)

    @property
    def landmark_model(self) -> LandmarkModel:
        """The rows that 68 points see; gathered once."""
        if not self._landmarks:
            self._landmarks[:] = [
                LandmarkModel.of(
                    self.mean,
                    self.identity,
                    self.expressions,
                    self.landmark_vertices,
                    self.contour,
                )
            ]
        return self._landmarks[0]

    def warm_up(self) -> None:
        """Let numba compile or load what `vertices` and `normals` need."""
        ones = np.ones(len(self.identity)), np.ones(len(self.expressions))
        self.normals(self.vertices(*ones))

    def vertices(self, identity: Float64, expression: Float64) -> Float32:
        """Return the (n, 3) float32 vertices of a person with an expression, mm, head frame.

        `identity` (k,) in standard deviations; `expression` (m,). The identity part is kept
        until another array object is given.
        """
        if not self._moves:
            self._moves[:] = [_Moves.of(self.expressions, self.eyelids)]
        moves = self._moves[0]
        person = self._person[0] if self._person else None
        if person is None or person.identity is not identity:
            person = self._person_of(identity, moves.lids)
            self._person[:] = [person]
        vertices = person.shape.copy()
        coefficients = np.array(expression, np.float64)
        for lid, by in zip(moves.lids, person.lids, strict=True):
            _move(vertices, lid.moved, by, coefficients[lid.row])
            coefficients[lid.row] = 0.0
        _add_moves(vertices, moves.starts, moves.vertices, moves.by, coefficients)
        return vertices

    def _person_of(self, identity: Float64, lids: tuple[Eyelids, ...]) -> "_Person":
        shape = self.mean.copy()
        _add(shape, self.identity, np.asarray(identity, np.float64))
        return _Person(identity, shape, tuple(lid.closing(shape) for lid in lids))

    @property
    def eyelids(self) -> tuple[Eyelids, ...]:
        """The lids whose closing is fitted to each person; looked for once."""
        if not self._lids:
            self._lids[:] = [self._found_lids()]
        return self._lids[0]

    def take_lids(self, lids: tuple[Eyelids, ...]) -> None:
        """Take `lids` for this model's own: of the whole of which it is a part."""
        self._lids[:] = [lids]

    def _found_lids(self) -> tuple[Eyelids, ...]:
        rows = {name: row for row, name in enumerate(self.expression_names)}
        names = [f"eyeBlink{side}" for side in ("Right", "Left")]
        if not set(names) <= rows.keys() or "skin" not in self.parts:
            return ()
        blinks = {rows[name]: self.expressions[rows[name]] for name in names}
        skin = self.parts["skin"]
        return find_eyelids(self.mean, self.triangles, skin, self.landmark_vertices, blinks)

    def normals(self, vertices: Float32) -> Float32:
        """Return the (n, 3) float32 unit normals of `vertices` (n, 3)."""
        normals = np.empty_like(vertices)
        vertex_normals(vertices, self.triangles, normals)
        return _bend(normals, self._bent[0]) if self._bent else normals

    @property
    def bent(self) -> Float32 | None:
        """What is added to normals (n, 3), if anything is."""
        return self._bent[0] if self._bent else None

    def bend_normals(self, by: Float32) -> None:
        """Add `by` (n, 3) to all normals: those of a finer surface are smoother than its own."""
        self._bent[:] = [by]


def _bend(normals: Float32, by: Float32) -> Float32:
    normals += by
    long = np.sqrt(np.einsum("na,na->n", normals, normals))
    normals /= np.maximum(long, np.float32(1e-9))[:, None]
    return normals


class _Person(NamedTuple):
    """What is made once of an identity: a shape (n, 3), and what closes each eye, (v, 3) mm."""

    identity: Float64
    shape: Float32
    lids: tuple[Float32, ...]


class _Moves(NamedTuple):
    """Expressions without the vertices that they leave where they are: two thirds or more.

    Attributes
    ----------
    starts : (m + 1,) int64
        Where each expression begins in the two others.
    vertices : (s,) int32
    by : (s, 3) float32
        What coefficient 1 moves them by, mm.
    lids : tuple of Eyelids
        Of the expressions that close an eye.
    """

    starts: Array
    vertices: Int32
    by: Float32
    lids: tuple[Eyelids, ...]

    @classmethod
    def of(cls, expressions: Float32, lids: tuple[Eyelids, ...]) -> "_Moves":
        """Gather what moves in (m, n, 3) expressions."""
        moved = expressions.any(axis=2)
        starts = np.concatenate([[0], np.cumsum(moved.sum(axis=1))]).astype(np.int64)
        return cls(starts, np.nonzero(moved)[1].astype(np.int32), expressions[moved], lids)


def fit_landmarks(model: MorphableModel, fit: Fit) -> Float64:
    """Return the 68 points of `fit`, (68, 3) mm, head frame, the jaw on the visible outline.

    `project(fit.camera, fit.camera_from_head, points)` gives their pixels.
    """
    rotation = fit.camera_from_head[:3, :3]
    return model.landmark_model.landmarks(fit.identity, fit.expression, rotation)


@njit(cache=True, nogil=True)
def _add(vertices, basis, coefficients):  # type: ignore[no-untyped-def]
    """Add to `vertices` (n, 3) the sum of `basis` (m, n, 3) times `coefficients` (m,)."""
    for m in range(coefficients.shape[0]):
        c = np.float32(coefficients[m])
        if c != 0.0:
            for i in range(vertices.shape[0]):
                vertices[i, 0] += c * basis[m, i, 0]
                vertices[i, 1] += c * basis[m, i, 1]
                vertices[i, 2] += c * basis[m, i, 2]


@njit(cache=True, nogil=True)
def _move(vertices, moved, by, coefficient):  # type: ignore[no-untyped-def]
    """Add to `moved` (v,) of `vertices` (n, 3) `by` (v, 3) times a coefficient."""
    c = np.float32(coefficient)
    if c != 0.0:
        for s in range(moved.shape[0]):
            for a in range(3):
                vertices[moved[s], a] += c * by[s, a]


@njit(cache=True, nogil=True)
def _add_moves(vertices, starts, rows, by, coefficients):  # type: ignore[no-untyped-def]
    """Add to `vertices` (n, 3) the sum of `_Moves` times `coefficients` (m,)."""
    for m in range(coefficients.shape[0]):
        c = np.float32(coefficients[m])
        if c != 0.0:
            for s in range(starts[m], starts[m + 1]):
                i = rows[s]
                vertices[i, 0] += c * by[s, 0]
                vertices[i, 1] += c * by[s, 1]
                vertices[i, 2] += c * by[s, 2]
