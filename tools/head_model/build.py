"""Puts the head together and writes its files."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from head_model import expressions, painting
from head_model.archive import save
from head_model.base_mesh import BaseMesh
from head_model.brushes import step
from head_model.canvas import Canvas, part_numbers
from head_model.cut import Cage, cut
from head_model.face_weight import face_weight
from head_model.frame import looking_ahead
from head_model.performers import looks
from head_model.pictures import mask
from head_model.shape import SEED, Shape, make_shape
from head_model.source import Source
from livemask.models.subdivision import subdivide_head
from livemask.records import Array, Float64

STEP = 0.002  # mm; what displacements are rounded to
ALBEDO_STEP = 1e-4
SOFT = 4  # rounds of smoothing of the edge of the face


def build(source: Source, out: Path) -> Iterator[str]:
    """Write the files to the folder `out`; yield what was measured."""
    mesh = BaseMesh.read(source)
    cage = cut(mesh)
    moves = expressions.source_moves(source, mesh, cage)
    shape = make_shape(source, mesh, cage, expressions.upper_lip(mesh, cage, moves))
    share = np.cumsum(shape.variances) / shape.variances.sum()
    yield f"variance: {', '.join(f'{k}: {share[k - 1]:.4f}' for k in (10, 20, 40, 80, 120))}"
    canvas = Canvas.of(source, mesh, cage, shape.mean)
    weight = face_weight(shape.mean, canvas.pupil * [0.0, 1.0, 1.0], mask(source, cage, "face"))
    head = {
        **_topology(cage),
        **_marks(canvas),
        **_motion(mesh, cage, shape, moves),
        **_surface(canvas),
        "face_weight": _weight_levels(cage, canvas, weight),
    }
    save(out / "head.npz", head)
    save(out / "performers.npz", _performers(shape, canvas))
    for name in ("head.npz", "performers.npz"):
        yield f"{name}: {(out / name).stat().st_size / 2**20:.2f} MiB"


def _topology(cage: Cage) -> dict[str, Array]:
    return {
        "quads": cage.quads.astype(np.uint16),
        "parts": part_numbers(cage),
        "uv": (cage.uv * [1.0, -1.0] + [0.0, 1.0]).astype(np.float32),
        "uv_quads": cage.uv_quads.astype(np.uint16),
    }


def _marks(canvas: Canvas) -> dict[str, Array]:
    return {
        "landmark_vertices": canvas.landmark_vertices,
        "contour": np.concatenate(canvas.strips),
        "contour_lengths": np.array([len(strip) for strip in canvas.strips], np.int32),
    }


def _motion(
    mesh: BaseMesh, cage: Cage, shape: Shape, source_moves: dict[str, Float64]
) -> dict[str, Array]:
    mean = shape.mean / shape.frame.scale
    moves = shape.frame.moves(expressions.expressions(mesh, cage, mean, source_moves))
    return {
        "mean": looking_ahead(shape.mean).astype(np.float32),
        "step": np.float64(STEP),
        "identity": _steps(looking_ahead(shape.components), STEP),
        "identity_sigmas": shape.sigmas.astype(np.float32),
        "expressions": _steps(looking_ahead(moves), STEP),
        "expression_names": np.array(expressions.NAMES),
        "expression_bounds": np.tile(np.float32([0.0, 1.0]), (len(moves), 1)),
        "expression_sigmas": expressions.sigmas().astype(np.float32),
    }


def _surface(canvas: Canvas) -> dict[str, Array]:
    return {
        "albedo_step": np.float64(ALBEDO_STEP),
        "albedo": _steps(painting.paint(canvas, painting.Look()), ALBEDO_STEP),
        "albedo_components": _steps(painting.components(canvas), ALBEDO_STEP),
    }


def _weight_levels(cage: Cage, canvas: Canvas, weight: Float64) -> Array:
    """Return the (n,) face weight of the fine mesh in steps of 1/255, its edge softened."""
    matrix, _ = subdivide_head(cage.quads, len(cage.base), cage.parts == "eyes")
    fine = matrix @ weight
    openings = np.concatenate([canvas.landmarks[36:], canvas.points[canvas.groups["lids"]]])
    away = step(cKDTree(openings).query(canvas.points)[0], 6.0, 15.0)
    soft = fine
    for _ in range(SOFT):
        soft = canvas.smooth(soft)
    fine = fine + away * (soft - fine)
    return np.round(255.0 * np.clip(fine, 0.0, 1.0)).astype(np.uint8)


def _performers(shape: Shape, canvas: Canvas) -> dict[str, Array]:
    random = np.random.default_rng(SEED)
    people = looks(random, shape.draws)
    return {
        "step": np.float64(STEP),
        "shapes": _steps(looking_ahead(shape.performers - shape.mean), STEP),
        "albedo": np.stack([_coded(painting.paint(canvas, look)) for look in people]),
    }


def _coded(linear: Float64) -> Array:
    """Return `linear` colours as uint8, coded by the power 1/2.2."""
    return np.round(255.0 * linear ** (1.0 / 2.2)).astype(np.uint8)


def _steps(values: Float64, step: float) -> Array:
    return np.round(values / step).astype(np.int16)
