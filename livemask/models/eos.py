"""The `.bin` files of eos: the Surrey Face Model, and other models that eos has converted.

`eos::morphablemodel::MorphableModel` as cereal writes it (Huber, `MorphableModel.hpp`,
`PcaModel.hpp`, `Blendshape.hpp`), n vertices in the order x1 y1 z1 x2...:

    version                   uint32, 1 to 4
    shape_model, color_model  mean (3n, 1), orthonormal_pca_basis (3n, k), eigenvalues (k, 1)
                              (variances), triangle_list; all of size 0 where there is none
    expression_model          from version 2: nothing, such a model, or blendshapes: name and
                              deformation (3n, 1) each
    landmark_definitions      from version 3: nothing, or names and vertices
    texture_coordinates       float64 pairs, from the top left corner
    texture_triangle_indices  from version 4; empty where the triangles serve for both

Indices count from 0. The Surrey model is in mm and keeps its expressions beside it, in
`expression_blendshapes_3448.bin`; `eos_landmarks` tells where its 68 points are.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livemask.models.cereal import Archive
from livemask.models.conventions import linear_albedo, millimetres
from livemask.models.eos_landmarks import landmarks, tables
from livemask.models.published import Published
from livemask.models.texture_vertices import Surface, surface
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64

BLENDSHAPE_SIGMA = 0.5
"""Of the prior of a blendshape's coefficient, which eos solves for as 0 and more (NNLS)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Pca:
    """One `PcaModel`: mean (n, 3), components (k, n, 3) by one sigma (k,), triangles (t, 3)."""

    mean: Float64
    components: Float64
    sigmas: Float64
    triangles: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Moves:
    """Expressions: added to the mean (n, 3); displacements (m, n, 3); names, None for numbers."""

    mean: Float64
    displacements: Float64
    names: tuple[str, ...] | None


def recognises(path: Path) -> bool:
    """Tell whether a path looks like such a file: a version, then the size of a mean."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            version, rows, columns = struct.unpack("<Iii", stream.read(12))
    except (OSError, struct.error):
        return False
    return version < 10 and rows > 0 and rows % 3 == 0 and columns == 1


def files(path: Path) -> tuple[Path, ...]:
    """Return the files that are read: the one given, and what eos keeps beside it."""
    shapes = path.parent.glob("expression_blendshapes_*.bin")
    return (path, *sorted(shapes), *(file for file in tables(path) if file.is_file()))


def create(file: Path) -> MorphableModel:
    """Load a model that eos has written.

    Its lengths become mm by the power of ten that brings the outer corners of the eyes
    nearest to 90 mm apart. Blendshapes have coefficients from 0 to 1; the coefficients of
    an expression PCA count standard deviations and are unbounded. Colours of 0 to 1 or of
    0 to 255 are taken as sRGB-coded.

    Parameters
    ----------
    file : Path
        The `.bin` file.

    Raises
    ------
    ModelError
        If the file is missing or cut short, or a field is not what it must be.
    """
    archive = Archive(file)
    version = archive.number("version", "<u4")
    if not 1 <= version <= 4:
        raise archive.error("version", f"is {version}, known are 1 to 4")
    shape = _pca(archive, "shape_model")
    colours = _pca(archive, "color_model", len(shape.mean))
    moves = _expressions(archive, len(shape.mean)) if version >= 2 else None
    if version >= 3:
        _skip_definitions(archive)
    mean = shape.mean
    moves = moves or _blendshapes_beside(file, len(mean)) or _Moves(0.0 * mean, _none(mean), ())
    skin = _surface(archive, version, mean, shape.triangles)
    archive.end()
    mean = mean + moves.mean
    points = landmarks(file, mean)
    scale = millimetres(mean[points])
    if scale is None:
        raise archive.error("shape_model.mean", "puts the corners of both eyes in one place")
    albedo, albedo_components = _albedo(colours)
    return Published(
        name="eos",
        mean=scale * mean,
        identity=scale * shape.components,
        identity_sigmas=shape.sigmas,
        expressions=scale * moves.displacements,
        expression_names=moves.names,
        expression_bounds=_bounds(moves),
        expression_sigmas=np.full(len(moves.displacements), _sigma(moves)),
        albedo=albedo,
        albedo_components=albedo_components,
        landmarks=points,
        **skin._asdict(),
    ).complete()


def _pca(archive: Archive, name: str, expected: int | None = None) -> _Pca:
    """Return a PCA model; `expected` is how many vertices it must have, if that is known."""
    mean = _mean(archive, f"{name}.mean", expected)
    basis = archive.matrix(f"{name}.orthonormal_pca_basis")
    if basis.size and len(basis) != mean.size:
        what = f"has {len(basis)} rows, expected {mean.size}"
        raise archive.error(f"{name}.orthonormal_pca_basis", what)
    values = archive.matrix(f"{name}.eigenvalues")
    count = basis.shape[1] if basis.size else 0
    if values.size != count:
        what = f"has {values.size} values for {count} components"
        raise archive.error(f"{name}.eigenvalues", what)
    if not (values > 0.0).all():
        what = f"holds a variance of {values.min():g}, which is not positive"
        raise archive.error(f"{name}.eigenvalues", what)
    sigmas = np.sqrt(values.ravel().astype(np.float64))
    components = (basis.astype(np.float64) * sigmas).T if count else np.empty(0)
    triangles = _triangles(archive, f"{name}.triangle_list", len(mean))
    if expected is None and not (count and len(triangles)):
        raise archive.error(f"{name}.triangle_list", "or the basis before it is empty")
    return _Pca(mean, components.reshape(count, len(mean), 3), sigmas, triangles)


def _mean(archive: Archive, name: str, expected: int | None) -> Float64:
    """Return (n, 3) points; none only where a model without colours has none."""
    mean = archive.matrix(name)
    if mean.size and (mean.shape[1] != 1 or mean.size % 3):
        raise archive.error(name, f"has shape {mean.shape}, not three rows a vertex")
    if not mean.size and not name.startswith("color_model"):
        raise archive.error(name, "is empty")
    points = mean.reshape(-1, 3).astype(np.float64)
    if len(points) not in (0, expected or len(points)):
        raise archive.error(name, f"has {len(points)} vertices, expected {expected}")
    return points


def _triangles(archive: Archive, name: str, count: int) -> Array:
    """Return (t, 3) indices below `count`."""
    triangles = archive.rows(name, "<i4", 3)
    if len(triangles) and not 0 <= triangles.min() <= triangles.max() < count:
        what = f"points to {triangles.min()} to {triangles.max()}, allowed 0 to {count - 1}"
        raise archive.error(name, what)
    return triangles


def _expressions(archive: Archive, count: int) -> _Moves | None:
    """Return the expressions of the file, None if it has none."""
    if archive.flag("expression_model"):
        return None
    kind = archive.number("expression_model")
    if kind == 1:
        return _blendshapes(archive, count)
    if kind != 0:
        raise archive.error("expression_model", f"is of kind {kind}, known are 0 and 1")
    pca = _pca(archive, "expression_model", count)
    return _Moves(pca.mean, pca.components, None)


def _blendshapes(archive: Archive, count: int) -> _Moves:
    """Return a vector of blendshapes."""
    names, moves = [], []
    for number in range(archive.length("expression_model", 16)):
        names.append(archive.text(f"expression_model[{number}].name"))
        field = f"expression_model[{number}].deformation"
        move = archive.matrix(field)
        if move.shape != (3 * count, 1):
            raise archive.error(field, f"has shape {move.shape}, expected {(3 * count, 1)}")
        moves.append(move.reshape(-1, 3))
    if len(set(names)) < len(names) or not all(names):
        raise archive.error("expression_model", f"has names twice or none: {', '.join(names)}")
    displacements = np.array(moves, np.float64).reshape(-1, count, 3)
    return _Moves(np.zeros((count, 3)), displacements, tuple(names))


def _blendshapes_beside(file: Path, count: int) -> _Moves | None:
    """Return the blendshapes in the file that eos keeps beside a model of so many vertices."""
    beside = file.with_name(f"expression_blendshapes_{count}.bin")
    if not beside.is_file():
        return None
    archive = Archive(beside)
    moves = _blendshapes(archive, count)
    archive.end()
    return moves


def _skip_definitions(archive: Archive) -> None:
    """Read the names of vertices; eos's names are not those of the 68 points."""
    if archive.flag("landmark_definitions"):
        return
    for _ in range(archive.length("landmark_definitions", 12)):
        archive.text("landmark_definitions")
        archive.number("landmark_definitions")


def _surface(archive: Archive, version: int, mean: Array, triangles: Array) -> Surface:
    """Return the triangles with their texture coordinates, if the file has such."""
    uv = archive.rows("texture_coordinates", "<f8", 2)
    corners = np.empty((0, 3), np.int32)
    if version >= 4:
        corners = _triangles(archive, "texture_triangle_indices", len(uv))
    if not len(corners) and len(uv) not in (0, len(mean)):
        what = f"has {len(uv)} pairs for {len(mean)} vertices"
        raise archive.error("texture_coordinates", what)
    if len(corners) not in (0, len(triangles)):
        what = f"has {len(corners)} triangles, shape_model {len(triangles)}"
        raise archive.error("texture_triangle_indices", what)
    return surface(mean, triangles, uv, corners if len(corners) else None)


def _albedo(colours: _Pca) -> tuple[Float32 | None, Float32 | None]:
    """Return linear albedo (n, 3) and its components, None if the model knows no colours."""
    if not len(colours.mean):
        return None, None
    full = 255.0 if colours.mean.max() > 2.0 else 1.0  # eos 1 writes 0 to 1, older ones 0 to 255
    return linear_albedo(colours.mean / full, colours.components / full)


def _none(mean: Array) -> Float64:
    return np.empty((0, len(mean), 3))


def _bounds(moves: _Moves) -> Array | None:
    return None if moves.names is None else np.tile((0.0, 1.0), (len(moves.names), 1))


def _sigma(moves: _Moves) -> float:
    return 1.0 if moves.names is None else BLENDSHAPE_SIGMA
