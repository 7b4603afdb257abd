"""The Basel Face Models 2017 and 2019, `.h5`, in any of their croppings.

For n vertices in the order x1 y1 z1 x2 ..., mm, and for each of `shape`, `expression`, `color`:

    model/mean (3n,), model/pcaBasis (3n, k), model/pcaVariance (k,)   variances, not deviations
    representer/points (3, n), representer/cells (3, t)                (of `shape`) from 0
    metadata/landmarks/json                                            named points

as Gerig et al. (2018) publish them in the format of statismo, and `convert-bfm2017-to-eos.py`
of eos (Huber et al. 2016) reads them. Colours are from 0 to 1, sRGB-coded. The mean of the
expressions belongs to the mean face. 80 components of identity and of colour and 64
expressions are used. `named_landmarks` finds the 68 points.
"""

from pathlib import Path

import numpy as np

from livemask.models import hdf5, named_landmarks
from livemask.models.conventions import linear_albedo, millimetres
from livemask.models.fields import Fields
from livemask.models.published import Published
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Int32

IDENTITY, EXPRESSIONS, COLOURS = 80, 64, 80
"""Components used, at most."""

CELLS = "shape/representer/cells"
FIELDS = (
    *(f"{kind}/model/{name}" for kind in ("shape", "expression", "color")
      for name in ("mean", "pcaBasis", "pcaVariance")),
    CELLS,
    named_landmarks.FIELD,
)  # fmt: skip


def recognises(path: Path) -> bool:
    """Tell whether a path looks like such a file."""
    return path.is_file() and hdf5.has(path, "shape/model")


def create(file: Path) -> MorphableModel:
    """Load the model.

    Parameters
    ----------
    file : Path
        The `.h5` file.

    Raises
    ------
    ModelError
        If the file is missing or cut short, or a field is not what it must be.
    """
    fields = hdf5.of_h5(file, FIELDS)
    shape = _mean(fields, "shape")
    exp, colours = (_mean(fields, kind, len(shape)) for kind in ("expression", "color"))
    identity, sigmas = _components(fields, "shape", len(shape), IDENTITY)
    moves, _ = _components(fields, "expression", len(shape), EXPRESSIONS)
    changes, _ = _components(fields, "color", len(shape), COLOURS)
    points = named_landmarks.named(fields)
    landmarks = named_landmarks.landmark_vertices(shape, points)
    scale = millimetres(shape[landmarks])
    if scale is None:
        raise fields.error(named_landmarks.FIELD, "puts the corners of both eyes in one place")
    albedo, albedo_components = linear_albedo(colours, changes)
    return Published(
        name="bfm2017",
        mean=scale * (shape + exp),
        identity=scale * identity,
        identity_sigmas=sigmas,
        expressions=scale * moves,
        expression_sigmas=np.ones(len(moves)),
        albedo=albedo,
        albedo_components=albedo_components,
        triangles=_triangles(fields, len(shape)),
        landmarks=landmarks,
    ).complete()


def _mean(fields: Fields, kind: str, expected: int | None = None) -> Array:
    """Return a mean (n, 3); `expected` is n, if that is known."""
    name = f"{kind}/model/mean"
    mean = fields.array(name, (f"numbers of {kind}",)).astype(np.float64)
    if mean.size == 0 or mean.size % 3:
        raise fields.error(name, f"has {mean.size} values, not three a vertex")
    if expected not in (None, mean.size // 3):
        raise fields.error(name, f"has {mean.size // 3} vertices, that of the shape {expected}")
    return mean.reshape(-1, 3)


def _components(fields: Fields, kind: str, vertices: int, most: int) -> tuple[Array, Array]:
    """Return components by one standard deviation (k, n, 3), and the deviations (k,)."""
    count = f"components of {kind}"
    variances = fields.array(f"{kind}/model/pcaVariance", (count,)).astype(np.float64)
    if not (variances >= 0.0).all():
        raise fields.error(f"{kind}/model/pcaVariance", "holds variances below 0")
    used = np.flatnonzero(variances > 0.0)[:most]
    whole = fields.array(f"{kind}/model/pcaBasis", (3 * vertices, count))
    sigmas = np.sqrt(variances[used])
    basis = (whole[:, used].astype(np.float64) * sigmas).T
    return np.asarray(basis.reshape(len(used), vertices, 3)), sigmas


def _triangles(fields: Fields, vertices: int) -> Int32:
    """Return the (t, 3) triangles; files hold them as columns or as rows."""
    cells = fields.indices(CELLS, ("rows of cells", "columns of cells"), vertices)
    if 3 not in cells.shape:
        raise fields.error(CELLS, f"has shape {cells.shape}, expected three corners each")
    return (cells.T if cells.shape[0] == 3 else cells).astype(np.int32)
