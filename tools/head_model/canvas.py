"""What is painted on: the fine mesh of the mean, and what is where on it."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from head_model.base_mesh import BaseMesh
from head_model.contour import contour, jaw_vertices
from head_model.cut import PARTS as GROUPS
from head_model.cut import Cage
from head_model.frame import looking_ahead
from head_model.landmarks import inner_vertices
from head_model.occlusion import openness
from head_model.organs import left_pupil
from head_model.pictures import mask
from head_model.rings import rings
from head_model.source import Source
from livemask.geometry import vertex_normals
from livemask.landmarks import LEFT_EYE, RIGHT_EYE
from livemask.models.head import PARTS
from livemask.models.subdivision import subdivide, subdivide_head, triangulate
from livemask.records import Array, Float64

EYE_REACH, EAR = 17.0, 0.25  # mm around an eye, value of the ears' mask: no outline there
NOSE = 33  # the iBUG point at its base
LASHES = 3  # the ring, counted from the hidden seam of the lids, where they grow


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """The fine mesh of the mean, head frame, mm.

    Attributes
    ----------
    points : (n, 3) float64
    parts : dict of str to (v,) int
    groups : dict of str to (v,) int
        As the cage's.
    landmark_vertices : (68,) int
        Of the iBUG points.
    strips : tuple of 17 (s,) int
        For each jaw point the vertices where the outline may lie.
    masks : dict of str to (n,) float64
        lips and ears, 0 to 1.
    openness : (n,) float64
        0 to 1.
    lashes : (v,) int
        Where they grow, both eyes.
    neighbours : (n, n) sparse float64
        Rows average over a vertex's neighbours.
    pupil : (3,) float64
        Middle of the left pupil; the right one is its mirror image.
    """

    points: Float64
    parts: dict[str, Array]
    groups: dict[str, Array]
    landmark_vertices: Array
    strips: tuple[Array, ...]
    masks: dict[str, Float64]
    openness: Float64
    lashes: Array
    neighbours: sparse.csr_array
    pupil: Float64

    @classmethod
    def of(cls, source: Source, mesh: BaseMesh, cage: Cage, mean: Float64) -> "Canvas":
        """Return the canvas of the head whose cage is `mean` (c, 3), head frame, mm."""
        matrix, quads = subdivide_head(cage.quads, len(mean), cage.parts == "eyes")
        points, triangles = matrix @ mean, triangulate(quads)
        groups = _groups(cage, quads)
        masks = {name: matrix @ mask(source, cage, name) for name in ("lips", "ears")}
        inner = inner_vertices(cage, subdivide(cage.quads, len(mean)))
        ahead = looking_ahead(points)
        nose = ahead[inner[NOSE - 17]]
        strips = contour(ahead, _has_outline(points, groups, masks, points[inner]), nose)
        edge = matrix @ (rings(cage, "lids", LASHES + 1) == LASHES).astype(np.float64)
        return cls(
            points,
            _parts(cage, matrix),
            groups,
            np.concatenate([jaw_vertices(ahead, strips, nose), inner]),
            strips,
            masks,
            openness(points, _normals(points, triangles), triangles),
            np.flatnonzero(edge > 0.6),
            _neighbours(triangles, len(points)),
            mean[left_pupil(mesh, cage)].mean(0),
        )

    @property
    def landmarks(self) -> Float64:
        """The (68, 3) iBUG points."""
        return self.points[self.landmark_vertices]

    @property
    def skin(self) -> Float64:
        """The (n,) mask of the skin."""
        skin = np.zeros(len(self.points))
        skin[self.parts["skin"]] = 1.0
        return skin

    def smooth(self, mask: Float64) -> Float64:
        """Return `mask` (n,) without the steps that thin shapes have on a coarse mesh."""
        return 0.5 * (mask + self.neighbours @ mask)


def part_numbers(cage: Cage) -> Array:
    """Return the (c,) number in `PARTS` of each vertex; skin goes before mouth at the lips."""
    numbers = np.zeros(len(cage.base), np.uint8)
    for number, part in reversed(list(enumerate(PARTS))):
        numbers[cage.quads[cage.parts == part]] = number
    return numbers


def _parts(cage: Cage, matrix: sparse.csr_array) -> dict[str, Array]:
    largest = (matrix @ np.eye(len(PARTS))[part_numbers(cage)]).argmax(1)
    return {name: np.flatnonzero(largest == number) for number, name in enumerate(PARTS)}


def _groups(cage: Cage, quads: Array) -> dict[str, Array]:
    """Return the fine vertices of each group; neighbours share the vertices between them."""
    eyes = cage.parts == "eyes"
    groups = np.concatenate([np.repeat(cage.groups[~eyes], 4), np.repeat(cage.groups[eyes], 16)])
    return {group: np.unique(quads[groups == group]) for group in GROUPS}


def _has_outline(
    points: Float64, groups: dict[str, Array], masks: dict[str, Float64], inner: Float64
) -> Array:
    """Return on which vertices (n,) the outline of a face may lie: not on lids, lips, ears."""
    usable = np.zeros(len(points), np.bool_)
    usable[np.concatenate([groups["head"], groups["neck"]])] = True
    usable[np.concatenate([groups["lids"], groups["mouth"]])] = False
    usable &= (masks["lips"] < 0.05) & (masks["ears"] < EAR)
    for eye in (LEFT_EYE, RIGHT_EYE):
        middle = inner[eye.start - 17 : eye.stop - 17].mean(0)
        usable &= np.linalg.norm(points - middle, axis=1) > EYE_REACH
    return usable


def _normals(points: Float64, triangles: Array) -> Float64:
    normals = np.empty(points.shape, np.float32)
    vertex_normals(points.astype(np.float32), triangles, normals)
    return normals.astype(np.float64)


def _neighbours(triangles: Array, count: int) -> sparse.csr_array:
    """Return the (count, count) matrix that averages over the neighbours of each vertex."""
    ends = np.concatenate([triangles, np.roll(triangles, 1, 1)]).reshape(2, -1)
    rows, columns = np.concatenate([ends, ends[::-1]], 1)
    joined = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(count, count))
    return sparse.csr_array(sparse.diags_array(1.0 / np.maximum(joined.sum(1), 1.0)) @ joined)
