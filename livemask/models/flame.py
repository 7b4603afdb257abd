"""FLAME as an `.npz` file, into which its arrays have been put: see BFM/README.md.

FLAME (Li et al. 2017; 2020, 2023) is given out as a pickle, which is refused here. Its
arrays, n = 5023 vertices, in m, indices from 0:

    v_template (n, 3)         the mean
    shapedirs (n, 3, 400)     300 components of identity, then 100 of expression, each by
                              one standard deviation
    posedirs (n, 3, 36)       corrections of poses; may be missing
    J_regressor (5, n)        joints from vertices; dense, or the parts of a CSR matrix:
                              J_regressor_data, J_regressor_indices, J_regressor_indptr
    kintree_table (2, 5)      the joint above each joint
    weights (n, 5)            of the joints at each vertex
    f (t, 3)                  triangles
    vt (r, 2), ft (t, 3)      texture coordinates from the bottom left corner, as in
                              FLAME_texture.npz; may be missing

and the 68 points (`flame_landmarks`). The jaw becomes expressions (`flame_jaw`); neck and
eyes are at rest. FLAME has no teeth and no inside of the mouth.
"""

from pathlib import Path

import numpy as np

from livemask.errors import UsageError
from livemask.landmarks import LEFT_EYE_OUTER, RIGHT_EYE_OUTER
from livemask.models.conventions import millimetres
from livemask.models.fields import Fields, field_names
from livemask.models.flame_jaw import EYES, SIGMAS, TURNS, jaw_moves, skinning
from livemask.models.flame_landmarks import landmarks
from livemask.models.pickled import is_pickle, refuse_pickle
from livemask.models.published import Published
from livemask.models.texture_vertices import Surface, surface
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float64, Int32

SHAPES = 300
"""Components of `shapedirs` that are of identity."""


def recognises(path: Path) -> bool:
    """Tell whether a path looks like such a file, or like any pickle, to be refused."""
    return path.is_file() and (is_pickle(path) or "v_template" in field_names(path))


def create(file: Path, identity: int = 100, expressions: int = 50) -> MorphableModel:
    """Load FLAME.

    Its lengths become mm by the power of ten that brings the outer corners of the eyes
    nearest to 90 mm apart. The components of expression are unbounded and have the prior
    N(0, 1); `jawOpen`, `jawLeft` and `jawRight` go from 0 to 1.

    Parameters
    ----------
    file : Path
        The `.npz` file.
    identity, expressions : int
        How many components to take, the first of up to 300 and 100. As many as left out are
        commonly taken (Feng et al. 2021, DECA): 68 points show hardly more, and with all of
        them a fit takes several times as long.

    Raises
    ------
    UsageError
        If it is to take fewer than one component of identity, or fewer than no expressions.
    ModelError
        If the file is a pickle, is missing or cut short, or a field is not what it must be.
    """
    if identity < 1 or expressions < 0:
        raise UsageError(f"flame cannot take {identity} and {expressions} components.")
    refuse_pickle(file)
    fields = Fields.of_npz(file)
    template = fields.array("v_template", ("n", 3)).astype(np.float64)
    triangles = fields.indices("f", ("t", 3), len(template))
    points = landmarks(fields, triangles, len(template))
    scale = _scale(fields, template[points])
    shapes = np.moveaxis(_shapes(fields), 2, 0)
    people, faces = shapes[:SHAPES][:identity], shapes[SHAPES:][:expressions]
    bounds = [(0.0, 1.0)] * len(TURNS) + [(-np.inf, np.inf)] * len(faces)
    return Published(
        name="flame",
        mean=scale * template,
        identity=scale * people,
        identity_sigmas=np.ones(len(people)),
        expressions=scale * np.concatenate([jaw_moves(fields, template), faces]),
        expression_names=(*TURNS, *(f"exp_{i}" for i in range(len(faces)))),
        expression_bounds=np.array(bounds),
        expression_sigmas=np.array([*SIGMAS.values()] + [1.0] * len(faces)),
        landmarks=points,
        **_surface(fields, template, triangles)._asdict(),
        parts=_parts(skinning(fields)),
    ).complete()


def _shapes(fields: Fields) -> Array:
    shapes = fields.array("shapedirs", ("n", 3, "components"))
    if shapes.shape[2] <= SHAPES:
        raise fields.error(
            "shapedirs",
            f"has {shapes.shape[2]} components, expected {SHAPES} and those of expression",
        )
    return shapes


def _scale(fields: Fields, marks: Float64) -> float:
    """Return what turns lengths into mm."""
    scale = millimetres(marks)
    if scale is None or marks[RIGHT_EYE_OUTER, 0] >= marks[LEFT_EYE_OUTER, 0]:
        raise fields.error("v_template", "has the right eye not to the right of the left one")
    return scale


def _surface(fields: Fields, template: Float64, triangles: Array) -> Surface:
    """Return the triangles with their texture coordinates, if the file has such."""
    if "vt" not in fields.arrays:
        return surface(template, triangles)
    uv = fields.array("vt", ("r", 2)) * (1.0, -1.0) + (0.0, 1.0)
    return surface(template, triangles, uv, fields.indices("ft", ("t", 3), len(uv)))


def _parts(weights: Array) -> dict[str, Int32]:
    """Return the vertices of eyeballs, which hang on joints of their own, and of the rest."""
    eyes = weights[:, EYES].sum(1) > 0.5
    none = np.empty(0, np.int32)
    return {
        "skin": np.flatnonzero(~eyes).astype(np.int32),
        "eyes": np.flatnonzero(eyes).astype(np.int32),
        **dict.fromkeys(("teeth", "tongue", "mouth"), none),
    }
