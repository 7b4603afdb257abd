"""Makes a MorphableModel of what a published model gives, and computes what it lacks."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from livemask.errors import ModelError
from livemask.geometry import vertex_normals
from livemask.models.conventions import outward
from livemask.models.face_region import face_weight
from livemask.models.inner_parts import inner_parts
from livemask.models.jaw_strips import jaw_strips
from livemask.models.unwrap import unwrap
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Int32

T = TypeVar("T")

UNBOUNDED = (-np.inf, np.inf)

LEAST_POINTS = 6

SKIN = (0.46, 0.26, 0.18)
"""Linear RGB of a face whose model knows no colours."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Published:
    """What a loader has read, in mm and in the head frame: see `MorphableModel`.

    Attributes
    ----------
    name : str
    mean : (n, 3) float
    identity : (k, n, 3) float
        Displacement by one standard deviation.
    identity_sigmas : (k,) float
    expressions : (m, n, 3) float
        Displacement at coefficient 1.
    expression_sigmas : (m,) float
    expression_names : tuple of m str or None
        None: `exp_0`, `exp_1`...
    expression_bounds : (m, 2) float or None
        None: unbounded.
    albedo : (n, 3) float32 or None
        Linear RGB, 0 to 1. None: the tone of skin all over.
    albedo_components : (a, n, 3) float32 or None
    triangles : (t, 3) int
        Of any winding, as long as all have the same.
    landmarks : (68,) int
        Vertex of each iBUG point, -1 where there is none.
    uv, uv_vertices, uv_triangles
        As in `MorphableModel`; None where the model has none. `uv_triangles` follow
        `triangles` as given here, whichever way they are wound.
    parts : dict of str to (v,) int32 or None
        As in `MorphableModel`; None where the model does not say.
    """

    name: str
    mean: Array
    identity: Array
    identity_sigmas: Array
    expressions: Array
    expression_sigmas: Array
    triangles: Array
    landmarks: Array
    expression_names: tuple[str, ...] | None = None
    expression_bounds: Array | None = None
    albedo: Float32 | None = None
    albedo_components: Float32 | None = None
    uv: Float32 | None = None
    uv_vertices: Int32 | None = None
    uv_triangles: Int32 | None = None
    parts: dict[str, Int32] | None = None

    def complete(self) -> MorphableModel:
        """Return the model, with all that can be computed for what it lacks.

        That is the winding, the jaw's outline and points, where the face ends, its parts and
        texture coordinates.

        Raises
        ------
        ModelError
            If it has so few of the 68 points that no face can be placed.
        """
        named = np.count_nonzero(np.asarray(self.landmarks) >= 0)
        if named < LEAST_POINTS:
            raise ModelError(
                f"the model {self.name!r} names {named} of the 68 points; at least "
                f"{LEAST_POINTS} are needed to place a face."
            )
        mean = np.ascontiguousarray(self.mean, np.float32)
        count, expressions = len(mean), len(self.expressions)
        triangles = outward(mean, np.asarray(self.triangles, np.int32))
        parts = _or(self.parts, inner_parts(mean, triangles, self.landmarks))
        normals = np.empty_like(mean)
        vertex_normals(mean, triangles, normals)
        contour, landmarks = jaw_strips(mean, normals, self.landmarks, parts["skin"])
        weight = np.zeros(count, np.float32)  # eyes and mouth are no skin, masks spare them
        whole = face_weight(mean, triangles, landmarks.astype(np.int64))
        weight[parts["skin"]] = whole[parts["skin"]]
        uv, uv_vertices, uv_triangles = self._texture(mean, triangles, weight)
        bounds = np.tile(UNBOUNDED, (expressions, 1))
        names = tuple(f"exp_{i}" for i in range(expressions))
        tone = np.full((count, 3), SKIN, np.float32)
        return MorphableModel(
            name=self.name,
            mean=mean,
            identity=np.ascontiguousarray(self.identity, np.float32),
            identity_sigmas=np.asarray(self.identity_sigmas, np.float32),
            expressions=np.ascontiguousarray(self.expressions, np.float32),
            expression_names=_or(self.expression_names, names),
            expression_bounds=np.asarray(_or(self.expression_bounds, bounds), np.float32),
            expression_sigmas=np.asarray(self.expression_sigmas, np.float32),
            albedo=_or(self.albedo, tone),
            albedo_components=_or(self.albedo_components, np.empty((0, count, 3), np.float32)),
            triangles=triangles,
            landmark_vertices=landmarks,
            contour=contour,
            face_weight=weight,
            parts=parts,
            uv=uv,
            uv_vertices=uv_vertices,
            uv_triangles=uv_triangles,
        )

    def _texture(
        self, mean: Float32, triangles: Int32, weight: Float32
    ) -> tuple[Float32, Int32, Int32]:
        """Return uv, its vertices and its triangles: the model's own if it has any."""
        if self.uv is None or not len(self.uv):
            return unwrap(mean, triangles, weight)
        if self.uv_vertices is None or self.uv_triangles is None:
            raise ValueError("uv needs uv_vertices and uv_triangles")
        turned = not np.array_equal(triangles, self.triangles)
        corners = np.ascontiguousarray(self.uv_triangles[:, ::-1] if turned else self.uv_triangles)
        return self.uv, self.uv_vertices, corners


def _or(given: T | None, otherwise: T) -> T:
    return otherwise if given is None else given
