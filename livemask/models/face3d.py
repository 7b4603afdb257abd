"""The `.mat` file of the face3d and 3DDFA family: the Basel Face Model 2009 with expressions.

Its struct `model` holds, for n vertices in the order x1 y1 z1 x2 ...:

    shapeMU (3n, 1), shapePC (3n, k), shapeEV (k, 1)   identity; EV are standard deviations
    expMU (3n, 1), expPC (3n, m), expEV (m, 1)         expressions (FaceWarehouse), signed
    texMU (3n, 1), texPC (3n, a), texEV (a, 1)         colours, 0 to 255, sRGB-coded
    tri (3, t), kpt_ind (1, 68)                        count from 1

as `face3d.morphable_model.load` (YadiraF/face3d) and 3DDFA (Zhu et al. 2017) read it. The
mean of the expressions belongs to the mean face. `BFM/README.md` says where to get it.
"""

from pathlib import Path

import numpy as np

from livemask.errors import ModelError
from livemask.models import matlab, stacked
from livemask.models.bfm_uv import texture_of, uv_files
from livemask.models.conventions import millimetres
from livemask.models.fields import Fields
from livemask.models.published import Published
from livemask.morphable_model import MorphableModel


def recognises(path: Path) -> bool:
    """Tell whether a path looks like a file of this family."""
    return path.is_file() and matlab.names(path) >= {"model"}


def files(path: Path) -> tuple[Path, ...]:
    """Return the files that are read: the one given, and texture coordinates beside it."""
    return (path, *uv_files(path.parent))


def create(file: Path) -> MorphableModel:
    """Load a model of the face3d family.

    Its lengths (micrometres in the Basel Face Model) become mm by the power of ten that
    brings the outer corners of the eyes nearest to 90 mm apart. An expression's coefficient
    is the file's own, unbounded, with the prior N(0, expEV^2). The file knows no jaw outline
    and no texture coordinates; a `BFM_UV.mat` beside it is used if it has as many vertices.

    Parameters
    ----------
    file : Path
        The `.mat` file.

    Raises
    ------
    ModelError
        If the file is missing or cut short, or a field is not what it must be.
    """
    fields = _struct(file)
    shape, exp = stacked.points(fields, "shapeMU"), stacked.points(fields, "expMU")
    landmarks = stacked.indices(fields, "kpt_ind", len(shape)).ravel()
    triangles = stacked.triangles(fields, "tri", len(shape))
    if len(exp) != len(shape):
        raise fields.error("expMU", f"has {len(exp)} vertices, shapeMU {len(shape)}")
    if landmarks.shape != (68,):
        raise fields.error("kpt_ind", f"has {landmarks.size} points, expected 68")
    mean = shape + exp
    scale = millimetres(mean[landmarks])
    if scale is None:
        raise fields.error("kpt_ind", "puts the corners of both eyes in one place")
    sigmas, exp_sigmas = stacked.sigmas(fields, "shapeEV"), stacked.sigmas(fields, "expEV")
    identity = stacked.basis(fields, "shapePC", len(mean), len(sigmas))
    albedo, albedo_components = stacked.texture(fields, len(mean))
    uv = texture_of(file.parent, {len(mean): np.arange(len(mean))}, triangles)
    return Published(
        name="face3d",
        mean=scale * mean,
        identity=identity * (scale * sigmas)[:, None, None],
        identity_sigmas=sigmas,
        expressions=scale * stacked.basis(fields, "expPC", len(mean), len(exp_sigmas)),
        expression_sigmas=exp_sigmas,
        albedo=albedo,
        albedo_components=albedo_components,
        triangles=triangles,
        landmarks=landmarks,
        **uv,
    ).complete()


def _struct(file: Path) -> Fields:
    """Return the arrays of the struct `model`."""
    model = matlab.of_mat(file, ("model",)).arrays.get("model")
    if not isinstance(model, dict):
        raise ModelError(
            f"{file}: field 'model' is not a struct; this is no file of the face3d family."
        )
    return Fields(file, model, {})
