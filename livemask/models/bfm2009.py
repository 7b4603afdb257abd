"""The Basel Face Model 2009 with expressions, from the files of Deep3DFaceReconstruction.

Either the parts, in one folder (for N vertices of the whole model, n of the part with
expressions and f of the face):

    01_MorphableModel.mat   shapeMU, texMU (3N, 1), shapePC, texPC (3N, k), shapeEV, texEV (k, 1)
    Exp_Pca.bin, std_exp.txt   expressions of n vertices: see `exp_pca`
    BFM_exp_idx.mat         trimIndex: which of the N vertices the n are
    BFM_front_idx.mat       idx: which of those the f are
    facemodel_info.mat      tri (t, 3), keypoints (1, 68), of the f

or what is made of them, `BFM_model_front.mat`: meanshape, meantex (1, 3f), idBase, exBase,
texBase (3f, k), tri, keypoints. EV are standard deviations, which the bases of the ready file
hold already; lengths are micrometres there and decimetres here; numbers count from 1. So
`transferBFM09` of Deep3DFaceReconstruction (Deng et al. 2019) describes both. 80 components of
identity and of colour and 64 expressions are used, as there. `BFM_UV.mat` is used if it lies
beside them.
"""

from pathlib import Path

import numpy as np

from livemask.models import matlab, stacked
from livemask.models.bfm_uv import texture_of, uv_files
from livemask.models.conventions import linear_albedo, millimetres
from livemask.models.exp_pca import COMPONENTS, SIGMAS, expressions
from livemask.models.fields import Fields
from livemask.models.published import Published
from livemask.morphable_model import MorphableModel
from livemask.records import Array

IDENTITY, EXPRESSIONS, COLOURS = 80, 64, 80
"""Components used, at most."""

MODEL, READY = "01_MorphableModel.mat", "BFM_model_front.mat"
FACE, PART, INFO = "BFM_front_idx.mat", "BFM_exp_idx.mat", "facemodel_info.mat"
PARTS = (MODEL, COMPONENTS, SIGMAS, PART, FACE, INFO)
READY_FIELDS = ("meanshape", "idBase", "exBase", "meantex", "texBase", "tri", "keypoints")


def recognises(path: Path) -> bool:
    """Tell whether a path looks like the folder, the model in it, or the ready file."""
    if path.is_dir():
        return any((path / name).is_file() for name in (MODEL, READY))
    return _is_ready(path) or {"shapeMU", "shapePC"} <= matlab.names(path)


def files(path: Path) -> tuple[Path, ...]:
    """Return the files that are read, missing ones too."""
    ready, folder = _ready_file(path), _folder(path)
    if ready is None:
        return (*(folder / name for name in PARTS), *uv_files(folder))
    index = tuple(folder / name for name in (PART, FACE) if (folder / name).is_file())
    return (ready, *index, *uv_files(folder))


def create(file: Path) -> MorphableModel:
    """Load the model.

    Parameters
    ----------
    file : Path
        `BFM_model_front.mat` under any name; or the folder of the parts, or the
        `01_MorphableModel.mat` in it; or a folder with the ready file alone.

    Raises
    ------
    ModelError
        If a file is missing or cut short, or a field is not what it must be.
    """
    ready = _ready_file(file)
    return _of_parts(_folder(file)) if ready is None else _ready(ready)


def _ready_file(path: Path) -> Path | None:
    """Return the ready file if that is meant: itself, or a folder without the parts."""
    if _is_ready(path):
        return path
    inside = path / READY
    return inside if inside.is_file() and not (path / MODEL).is_file() else None


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _is_ready(path: Path) -> bool:
    return path.is_file() and matlab.names(path) >= {"idBase", "meanshape"}


def _of_parts(folder: Path) -> MorphableModel:
    wanted = [name + kind for name in ("shape", "tex") for kind in ("MU", "PC", "EV")]
    whole = matlab.of_mat(folder / MODEL, wanted)
    shape = stacked.points(whole, "shapeMU")
    part, face = _picked(folder, len(shape))
    rows = part[face]
    info = matlab.of_mat(folder / INFO, ("tri", "keypoints"))
    sigmas, colour_sigmas = (stacked.sigmas(whole, name) for name in ("shapeEV", "texEV"))
    moves = stacked.basis(whole, "shapePC", len(shape), len(sigmas), IDENTITY)[:, rows]
    colours = stacked.points(whole, "texMU")
    if len(colours) != len(shape):
        raise whole.error("texMU", f"has {len(colours)} vertices, shapeMU {len(shape)}")
    changes = stacked.basis(whole, "texPC", len(shape), len(colour_sigmas), COLOURS)[:, rows]
    return _model(
        info,
        shape[rows],
        (
            moves * sigmas[:IDENTITY, None, None],
            sigmas[:IDENTITY],
            expressions(folder, len(part), EXPRESSIONS)[:, face],
        ),
        (colours[rows], changes * colour_sigmas[:COLOURS, None, None]),
        {len(shape): rows, len(part): face, len(face): np.arange(len(face))},
    )


def _picked(folder: Path, vertices: int) -> tuple[Array, Array]:
    """Return which vertices (n,) have expressions, and which (f,) of those are the face."""
    trim = matlab.of_mat(folder / PART, ("trimIndex",))
    part = stacked.indices(trim, "trimIndex", vertices).ravel()
    front = matlab.of_mat(folder / FACE, ("idx",))
    return part, stacked.indices(front, "idx", len(part)).ravel()


def _ready(file: Path) -> MorphableModel:
    fields = matlab.of_mat(file, READY_FIELDS)
    mean = stacked.points(fields, "meanshape")
    count = len(mean)
    identity = stacked.basis(fields, "idBase", count, "identities", IDENTITY)
    colours = stacked.points(fields, "meantex")
    if len(colours) != count:
        raise fields.error("meantex", f"has {len(colours)} vertices, meanshape {count}")
    moves = stacked.basis(fields, "exBase", count, "expressions", EXPRESSIONS)
    changes = stacked.basis(fields, "texBase", count, "colours", COLOURS)
    return _model(
        fields,
        mean,
        (identity, np.ones(len(identity)), moves),
        (colours, changes),
        _rows_of_uv(file.parent, count),
    )


def _rows_of_uv(folder: Path, count: int) -> dict[int, Array]:
    """Return `picked` of `texture_of` for the ready file, as far as index files tell."""
    rows = {count: np.arange(count)}
    if not uv_files(folder) or not (folder / FACE).is_file():
        return rows
    total = len(stacked.numbers(matlab.of_mat(uv_files(folder)[0], ("UV",)), "UV"))
    if total == count:
        return rows
    if _has_part_of(folder, total):
        part, face = _picked(folder, total)
        return {total: part[face], **rows}
    front = matlab.of_mat(folder / FACE, ("idx",))
    return {total: stacked.indices(front, "idx", total).ravel(), **rows}


def _has_part_of(folder: Path, total: int) -> bool:
    """Tell whether a folder says which of `total` vertices have expressions: fewer than all."""
    if not (folder / PART).is_file():
        return False
    return stacked.numbers(matlab.of_mat(folder / PART, ("trimIndex",)), "trimIndex").size < total


def _model(
    fields: Fields,
    mean: Array,
    shapes: tuple[Array, Array, Array],
    colours: tuple[Array, Array],
    uv_rows: dict[int, Array],
) -> MorphableModel:
    """Return the model of the face: `shapes` are identity, its sigmas and expressions."""
    triangles = stacked.triangles(fields, "tri", len(mean))
    landmarks = stacked.indices(fields, "keypoints", len(mean)).ravel()
    if landmarks.shape != (68,):
        raise fields.error("keypoints", f"has {landmarks.size} points, expected 68")
    scale = millimetres(mean[landmarks])
    if scale is None:
        raise fields.error("keypoints", "puts the corners of both eyes in one place")
    identity, sigmas, moves = shapes
    albedo, albedo_components = linear_albedo(colours[0] / 255.0, colours[1] / 255.0)
    return Published(
        name="bfm2009",
        mean=scale * mean,
        identity=scale * identity,
        identity_sigmas=sigmas,
        expressions=scale * moves,
        expression_sigmas=np.ones(len(moves)),
        albedo=albedo,
        albedo_components=albedo_components,
        triangles=triangles,
        landmarks=landmarks,
        **texture_of(fields.file.parent, uv_rows, triangles),
    ).complete()
