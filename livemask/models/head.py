"""livemask's own head, `assets/head.npz`, built by `tools/build_head_model.py`.

The file holds a cage of quads, its displacements in steps of `step` mm and, per vertex of
the subdivided mesh, albedo and face weight. The cage is subdivided once (Catmull & Clark
1978), the eyeballs twice. The origin of the head frame lies between the ears, near the
joint on which the head nods; the pupils of the mean are 63 mm apart, and it looks ahead.

`uv` is MakeHuman's own layout, so that skins made for it fit; its top left corner is empty.
`mouthClose` is 0.6 of ARKit's jawOpen + mouthClose: lips closed over a lowered jaw. All
other expressions are as in ARKit.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from livemask.models.fields import Fields, field_names
from livemask.models.subdivision import subdivide_head, triangulate
from livemask.morphable_model import MorphableModel
from livemask.records import Float32, Int32
from livemask.resources import resource

PARTS = ("skin", "eyes", "teeth", "tongue", "mouth")
"""In the order of the numbers in the file."""
EYES = PARTS.index("eyes")


@dataclass(frozen=True, slots=True, eq=False)
class Performer:
    """A person whom the model's components do not hold, with the model's topology.

    Attributes
    ----------
    shape : (n, 3) float32
        At rest, head frame, mm. The model's expressions may be added.
    albedo : (n, 3) float32
        Linear RGB, 0 to 1.
    """

    shape: Float32
    albedo: Float32


def recognises(path: Path) -> bool:
    """Tell whether a path looks like such a file."""
    return {"quads", "identity", "contour"} <= field_names(path)


def create(file: Path | None = None) -> MorphableModel:
    """Load the head.

    Parameters
    ----------
    file : Path, optional
        Another file of the same kind; the shipped one if left out.

    Raises
    ------
    ModelError
        If the file is missing or a field is not what it must be.
    """
    fields = Fields.of_npz(file or resource("assets/head.npz"))
    mean = fields.array("mean", ("c", 3)).astype(np.float32)
    matrix, quads, uv = _mesh(fields, len(mean))
    count = matrix.shape[0]
    names = tuple(str(n) for n in fields.array("expression_names", ("m",), "U"))
    tone = float(fields.array("albedo_step", ()))
    return MorphableModel(
        name="head",
        mean=matrix @ mean,
        identity=_basis(fields, "identity", ("k", "c", 3), matrix),
        identity_sigmas=_sigmas(fields, "identity_sigmas", "k"),
        expressions=_basis(fields, "expressions", ("m", "c", 3), matrix),
        expression_names=names,
        expression_bounds=_bounds(fields),
        expression_sigmas=_sigmas(fields, "expression_sigmas", "m"),
        albedo=fields.array("albedo", (count, 3), "i").astype(np.float32) * np.float32(tone),
        albedo_components=fields.array("albedo_components", ("a", count, 3), "i").astype(np.float32)
        * np.float32(tone),
        triangles=triangulate(quads),
        landmark_vertices=fields.indices("landmark_vertices", (68,), count).astype(np.int32),
        contour=_contour(fields, count),
        face_weight=fields.array("face_weight", (count,), "u").astype(np.float32) / np.float32(255),
        parts=_parts(fields, matrix),
        uv=uv[0],
        uv_vertices=uv[1],
        uv_triangles=uv[2],
    )


def _mesh(
    fields: Fields, count: int
) -> tuple[sparse.csr_array, Int32, tuple[Float32, Int32, Int32]]:
    """Return the subdivision matrix, the fine quads, and uv, its vertices and triangles."""
    cage = fields.indices("quads", ("f", 4), count)
    uv = fields.array("uv", ("r", 2)).astype(np.float64)
    uv_cage = fields.indices("uv_quads", ("f", 4), len(uv))
    parts = fields.indices("parts", ("c",), len(PARTS))
    eyes = parts[cage[:, 0]] == EYES
    matrix, quads = subdivide_head(cage, count, eyes)
    uv_matrix, uv_quads = subdivide_head(uv_cage, len(uv), eyes)
    owner = np.zeros(uv_matrix.shape[0], np.int32)
    owner[uv_quads] = quads
    fine_uv = (uv_matrix @ uv).astype(np.float32)
    return matrix.astype(np.float32), quads, (fine_uv, owner, triangulate(uv_quads))


def _basis(
    fields: Fields, name: str, shape: tuple[int | str, ...], matrix: sparse.csr_array
) -> Float32:
    """Return the (k, n, 3) displacements of the fine mesh, mm."""
    steps = fields.array(name, shape, "i")
    step = np.float32(fields.array("step", ()))
    basis = np.empty((len(steps), matrix.shape[0], 3), np.float32)
    for fine, coarse in zip(basis, steps, strict=True):
        fine[:] = matrix @ (step * coarse)
    return basis


def _sigmas(fields: Fields, name: str, size: str) -> Float32:
    sigmas = fields.array(name, (size,)).astype(np.float32)
    if not (sigmas > 0.0).all():
        raise fields.error(name, "holds standard deviations that are not positive")
    return sigmas


def _bounds(fields: Fields) -> Float32:
    bounds = fields.array("expression_bounds", ("m", 2)).astype(np.float32)
    if (bounds[:, 0] > bounds[:, 1]).any():
        raise fields.error("expression_bounds", "has a least coefficient above the greatest")
    return bounds


def _contour(fields: Fields, count: int) -> tuple[Int32, ...]:
    """Split the vertices of the jaw's outline by the lengths of the 17 strips."""
    lengths = fields.indices("contour_lengths", (17,), count)
    strips = fields.indices("contour", (int(lengths.sum()),), count).astype(np.int32)
    return tuple(np.split(strips, np.cumsum(lengths)[:-1]))


def _parts(fields: Fields, matrix: sparse.csr_array) -> dict[str, Int32]:
    """Return the fine vertices of each part: parts hang together nowhere but at the lips."""
    numbers = fields.indices("parts", ("c",), len(PARTS))
    shares = matrix @ np.eye(len(PARTS), dtype=np.float32)[numbers]
    largest = shares.argmax(1)
    return {name: np.flatnonzero(largest == i).astype(np.int32) for i, name in enumerate(PARTS)}


def performers(file: Path | None = None) -> tuple[Performer, ...]:
    """Return people that the model cannot make exactly.

    They were drawn like the people that the components come from, but were not among them,
    and are stored as drawn: with them a fit is not tested on its own basis alone.

    Parameters
    ----------
    file : Path, optional
        Another file of the same kind; `assets/performers.npz` if left out.

    Raises
    ------
    ModelError
        If a file is missing or a field is not what it must be.
    """
    model = Fields.of_npz(resource("assets/head.npz"))
    mean = model.array("mean", ("c", 3)).astype(np.float32)
    matrix, _, _ = _mesh(model, len(mean))
    fields = Fields.of_npz(file or resource("assets/performers.npz"))
    steps = fields.array("shapes", ("p", len(mean), 3), "i")
    step = np.float32(fields.array("step", ()))
    coded = fields.array("albedo", ("p", matrix.shape[0], 3), "u").astype(np.float32)
    albedo = (coded / np.float32(255)) ** np.float32(2.2)
    return tuple(
        Performer(matrix @ (mean + step * shape), colours)
        for shape, colours in zip(steps, albedo, strict=True)
    )
