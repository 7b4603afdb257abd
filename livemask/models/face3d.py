"""The `.mat` file of the face3d and 3DDFA family: the Basel Face Model 2009 with expressions.

Its struct `model` holds, for n vertices in the order x1 y1 z1 x2 ...:

    shapeMU (3n, 1), shapePC (3n, k), shapeEV (k, 1)   identity; EV are standard deviations
    expMU (3n, 1), expPC (3n, m), expEV (m, 1)         expressions (FaceWarehouse), signed
    texMU (3n, 1), texPC (3n, a), texEV (a, 1)         colours, 0 to 255, sRGB-coded
    tri (3, t), kpt_ind (1, 68)                        count from 1

as `face3d.morphable_model.load` (YadiraF/face3d) and 3DDFA (Zhu et al. 2017) read it. The
mean of the expressions belongs to the mean face. `BFM/README.md` says where to get it.
"""

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import scipy.io
from scipy.io.matlab import MatReadError

from livemask.errors import ModelError
from livemask.models.conventions import linear_albedo, millimetres
from livemask.models.fields import Fields
from livemask.models.published import Published
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Int32

_BROKEN = (
    OSError, EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError, MemoryError,
    NotImplementedError, struct.error, zlib.error, MatReadError,
)  # fmt: skip
"""What scipy raises when a file is broken, according to where."""


def create(file: Path) -> MorphableModel:
    """Load a model of the face3d family.

    Its lengths (micrometres in the Basel Face Model) become mm by the power of ten that
    brings the outer corners of the eyes nearest to 90 mm apart. An expression's coefficient
    is the file's own, unbounded, with the prior N(0, expEV^2). The file knows no jaw outline
    and no texture coordinates.

    Parameters
    ----------
    file : Path
        The `.mat` file.

    Raises
    ------
    ModelError
        If the file is missing or cut short, or a field is not what it must be.
    """
    fields = Fields(file, _struct(file), {})
    shape, exp = _points(fields, "shapeMU"), _points(fields, "expMU")
    landmarks = _indices(fields, "kpt_ind", len(shape)).ravel()
    triangles = _triangles(fields, len(shape))
    if len(exp) != len(shape):
        raise fields.error("expMU", f"has {len(exp)} vertices, shapeMU {len(shape)}")
    if landmarks.shape != (68,):
        raise fields.error("kpt_ind", f"has {landmarks.size} points, expected 68")
    mean = shape + exp
    scale = millimetres(mean[landmarks])
    if scale is None:
        raise fields.error("kpt_ind", "puts the corners of both eyes in one place")
    sigmas, exp_sigmas = _column(fields, "shapeEV"), _column(fields, "expEV")
    identity = _basis(fields, "shapePC", len(mean), len(sigmas)) * (scale * sigmas)[:, None, None]
    albedo, albedo_components = _texture(fields, len(mean))
    return Published(
        name="face3d",
        mean=scale * mean,
        identity=identity,
        identity_sigmas=sigmas,
        expressions=scale * _basis(fields, "expPC", len(mean), len(exp_sigmas)),
        expression_sigmas=exp_sigmas,
        albedo=albedo,
        albedo_components=albedo_components,
        triangles=triangles,
        landmarks=landmarks,
    ).complete()


def _struct(file: Path) -> Mapping[str, Any]:
    """Return the arrays of the struct `model`."""
    try:
        content = scipy.io.loadmat(str(file), appendmat=False)
    except FileNotFoundError as error:
        raise ModelError(f"the model file {file} does not exist; give another --model.") from error
    except _BROKEN as error:
        raise ModelError(
            f"{file} is no MATLAB file that can be read (field 'model'): {error!r}. "
            "It may be cut short; get it again, or save it in version 7 format."
        ) from error
    model = content.get("model")
    if not isinstance(model, np.ndarray) or model.dtype.names is None or model.size != 1:
        raise ModelError(
            f"{file}: field 'model' is not a struct; this is no file of the face3d family."
        )
    only = model.reshape(-1)[0]
    return {name: only[name] for name in model.dtype.names}


def _numbers(fields: Fields, name: str) -> Array:
    """Return a field of two dimensions as float64."""
    return fields.array(name, (f"rows of {name}", f"columns of {name}"), "fiu").astype(np.float64)


def _column(fields: Fields, name: str) -> Array:
    """Return the (v,) values of a row or a column."""
    values = _numbers(fields, name)
    if 1 not in values.shape:
        raise fields.error(name, f"has shape {values.shape}, expected one row or column")
    if name.endswith("EV") and not (values > 0.0).all():
        raise fields.error(name, "holds standard deviations that are not positive")
    return values.ravel()


def _points(fields: Fields, name: str) -> Array:
    """Return the (n, 3) points of a field of x1 y1 z1 x2..."""
    values = _column(fields, name)
    if values.size == 0 or values.size % 3:
        raise fields.error(name, f"has {values.size} values, not three a vertex")
    return values.reshape(-1, 3)


def _basis(fields: Fields, name: str, vertices: int, columns: int) -> Array:
    """Return the (columns, vertices, 3) components of a field."""
    values = fields.array(name, (3 * vertices, columns), "fiu").astype(np.float64)
    return values.T.reshape(columns, vertices, 3)


def _indices(fields: Fields, name: str, vertices: int) -> Array:
    """Return a field of numbers that count from 1, from 0 now."""
    values = _numbers(fields, name)
    if (values != np.round(values)).any() or (values < 1).any() or (values > vertices).any():
        raise fields.error(name, f"must hold whole numbers from 1 to {vertices}")
    return values.astype(np.int64) - 1


def _triangles(fields: Fields, vertices: int) -> Int32:
    """Return the (t, 3) triangles; the file holds them as rows or as columns."""
    triangles = _indices(fields, "tri", vertices)
    if 3 not in triangles.shape:
        raise fields.error("tri", f"has shape {triangles.shape}, expected three corners each")
    return (triangles.T if triangles.shape[0] == 3 else triangles).astype(np.int32)


def _texture(fields: Fields, vertices: int) -> tuple[Float32, Float32]:
    """Return linear albedo (n, 3) and its components (a, n, 3), linearised at the mean."""
    coded = _points(fields, "texMU") / 255.0
    if len(coded) != vertices:
        raise fields.error("texMU", f"has {len(coded)} vertices, shapeMU {vertices}")
    sigmas = _column(fields, "texEV")
    changes = _basis(fields, "texPC", vertices, len(sigmas)) * sigmas[:, None, None] / 255.0
    return linear_albedo(coded, changes)
