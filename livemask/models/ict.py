"""The folder of ICT-FaceKit: the light model of the USC Institute for Creative Technologies.

`FaceXModel` (Li et al. 2020) holds, in cm and with texture coordinates in tiles side by side:

    vertex_indices.json           expressions (names), idx_to_landmark_verts (68, from 0)
    generic_neutral_mesh.obj      the mean, of quads
    identity000.obj...            the mean moved by one standard deviation of a component
    NAME.obj                      the mean with an expression

as its `face_model_io.py` reads them. Expressions have ARKit's names but for the sides, and
`browInnerUp` and `cheekPuff` are parted in two there.
"""

import re
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

from livemask.errors import ModelError
from livemask.models.conventions import millimetres
from livemask.models.obj import Obj, read_obj, read_vertices
from livemask.models.published import Published
from livemask.models.tables import listed, read_table, vertex
from livemask.models.texture_vertices import Surface, surface
from livemask.morphable_model import MorphableModel
from livemask.records import Float32, Float64, Int32

TABLE = "vertex_indices.json"
MEAN = "generic_neutral_mesh.obj"

RANGES = {
    "skin": ((0, 11248), (13294, 14062)),  # face, head, neck, sockets of the eyes
    "mouth": ((11248, 13294),),
    "tongue": ((14062, 17039),),  # with the gums
    "teeth": ((17039, 21451),),
    "eyes": ((21451, 24591),),
}
"""Vertices of each part, from the table in ICT-FaceKit's README (26719 vertices)."""

VERTICES = 26719

KEPT = 24591
"""The rest are shells around the eyes, to be drawn translucent: fluid, shadows, lashes."""

MIDDLE = ("browInnerUp", "cheekPuff")
"""Expressions that have no sides in ARKit: the sum of both."""

SIGMAS = {"eyeBlinkLeft": 0.6, "eyeBlinkRight": 0.6, "jawOpen": 0.6}
"""Of the priors of coefficients, as in livemask's own head; 0.4 for the others."""

NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(_[LR])?")


def recognises(path: Path) -> bool:
    """Tell whether a path looks like the folder, the one around it or the table in it."""
    folder = _found(path)
    return folder is not None and (path.is_dir() or path.name == TABLE)


def files(path: Path) -> tuple[Path, ...]:
    """Return the files that are read."""
    folder = _folder(path)
    names = listed(folder / TABLE, read_table(_inside(folder, TABLE)), "expressions")
    expressions = [_inside(folder, f"{name}.obj") for name in names]
    identity = [folder / name for name in _numbered(folder)]
    return (folder / TABLE, folder / MEAN, *identity, *expressions)


def create(file: Path) -> MorphableModel:
    """Load the model from its folder.

    Its lengths become mm by the power of ten that brings the outer corners of the eyes
    nearest to 90 mm apart. The coefficients of expressions go from 0 to 1. Shells that
    cover the eyes are left out.

    Parameters
    ----------
    file : Path
        `FaceXModel`, the folder around it, or the `vertex_indices.json` in it.

    Raises
    ------
    ModelError
        If a file is missing or broken, or does not fit the others.
    """
    folder = _folder(file)
    config = _inside(folder, TABLE)
    table = read_table(config)
    neutral = read_obj(_inside(folder, MEAN))
    count = len(neutral.vertices)
    kept = KEPT if count == VERTICES else count
    landmarks = _landmarks(config, table, kept)
    scale = millimetres(neutral.vertices[landmarks])
    if scale is None:
        raise ModelError(f"{folder / MEAN}: field 'v' puts the corners of both eyes in one place.")
    moves = _expressions(folder, table, neutral.vertices[:kept])
    identity = _identity(folder, neutral.vertices[:kept])
    parts = _parts() if count == VERTICES else None
    return Published(
        name="ict",
        mean=scale * neutral.vertices[:kept],
        identity=scale * identity,
        identity_sigmas=np.ones(len(identity)),
        expressions=scale * np.array(list(moves.values())),
        expression_names=tuple(moves),
        expression_bounds=np.tile((0.0, 1.0), (len(moves), 1)),
        expression_sigmas=np.array([SIGMAS.get(name, 0.4) for name in moves]),
        landmarks=landmarks,
        parts=parts,
        **_surface(folder, neutral, kept)._asdict(),
    ).complete()


def _found(file: Path) -> Path | None:
    """Return the folder in which the table lies."""
    folders = (file, file / "FaceXModel") if file.is_dir() else (file.parent,)
    return next((folder for folder in folders if (folder / TABLE).is_file()), None)


def _folder(file: Path) -> Path:
    folder = _found(file)
    if folder is None:
        raise ModelError(
            f"{file}: field {TABLE!r} is missing; a folder is read as a model only if it is "
            "FaceXModel of ICT-FaceKit."
        )
    return folder


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a file, which may not be a link that leads out of the folder."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ModelError(f"{path} leads out of the folder, to {path.resolve()}; copy the file.")
    return path


def _landmarks(config: Path, table: dict[str, Any], count: int) -> Int32:
    """Return the (68,) vertices of the iBUG points."""
    field = "idx_to_landmark_verts"
    points = [vertex(config, field, v, count) for v in listed(config, table, field)]
    if len(points) != 68:
        raise ModelError(f"{config}: field {field!r} has {len(points)} points, expected 68.")
    return np.array(points, np.int32)


def _identity(folder: Path, mean: Float64) -> Float32:
    """Return the (k, n, 3) displacements of the numbered files."""
    found = [_move(folder, name, mean) for name in _numbered(folder)]
    if not found:
        raise ModelError(f"{folder}: field 'identity000.obj' is missing.")
    return np.array(found)


def _numbered(folder: Path) -> list[str]:
    """Return the names of the numbered files, up to the first that misses."""
    names = (f"identity{number:03d}.obj" for number in range(1000))
    return list(takewhile(lambda name: (folder / name).exists(), names))


def _expressions(folder: Path, table: dict[str, Any], mean: Float64) -> dict[str, Float32]:
    """Return the (n, 3) displacements of all expressions by ARKit's names."""
    config = folder / TABLE
    names = listed(config, table, "expressions")
    for name in names:
        if not isinstance(name, str) or not NAME.fullmatch(name) or names.count(name) > 1:
            what = f"has {name!r}, which is no name or one too many"
            raise ModelError(f"{config}: field 'expressions' {what}.")
    if not names:
        raise ModelError(f"{config}: field 'expressions' is empty or missing.")
    moves = {name: _move(folder, f"{name}.obj", mean) for name in names}
    for whole in MIDDLE:
        if whole not in moves and {f"{whole}_L", f"{whole}_R"} <= moves.keys():
            moves[whole] = moves.pop(f"{whole}_L") + moves.pop(f"{whole}_R")
    sides = {"_L": "Left", "_R": "Right"}
    return {
        name[:-2] + sides[name[-2:]] if name[-2:] in sides else name: move
        for name, move in moves.items()
    }


def _move(folder: Path, name: str, mean: Float64) -> Float32:
    """Return the (n, 3) displacement in a file from the mean, whose vertices may be fewer."""
    path = _inside(folder, name)
    vertices = read_vertices(path)
    if len(vertices) < len(mean):
        raise ModelError(
            f"{path}: field 'v' has {len(vertices)} vertices, the neutral mesh {len(mean)} or more."
        )
    return (vertices[: len(mean)] - mean).astype(np.float32)


def _surface(folder: Path, neutral: Obj, kept: int) -> Surface:
    """Return the triangles of the first vertices, with texture coordinates in one picture."""
    drawn = (neutral.triangles < kept).all(1)
    if not drawn.any():
        raise ModelError(f"{folder / MEAN}: field 'f' joins no vertices that are drawn.")
    if not len(neutral.uv_triangles):
        return surface(neutral.vertices, neutral.triangles[drawn])
    tiles = np.maximum(np.ceil(neutral.uv.max(0)), 1.0)
    uv = neutral.uv / tiles * (1.0, -1.0) + (0.0, 1.0)
    return surface(neutral.vertices, neutral.triangles[drawn], uv, neutral.uv_triangles[drawn])


def _parts() -> dict[str, Int32]:
    """Return the vertices of each part of the published mesh."""
    return {
        name: np.concatenate([np.arange(*ends, dtype=np.int32) for ends in ranges])
        for name, ranges in RANGES.items()
    }
