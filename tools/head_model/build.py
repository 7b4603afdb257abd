"""Puts the head together and writes its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from head_model import expressions, painting
from head_model.alignment import align
from head_model.archive import save
from head_model.base_mesh import BaseMesh
from head_model.components import components
from head_model.cut import Cage, cut
from head_model.face_weight import face_weight
from head_model.frame import Frame
from head_model.landmarks import contour, landmark_vertices
from head_model.people import draw, heads
from head_model.pictures import mask
from head_model.source import Source
from livemask.models.head import PARTS
from livemask.models.subdivision import subdivide, subdivide_head
from livemask.records import Array, Float64

SEED = 1
PEOPLE = 3000
COMPONENTS = 80
PERFORMERS = 12
STEP = 0.002  # mm; what displacements are rounded to
ALBEDO_STEP = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Mean, components and performers in the head frame, (c, 3), (k, c, 3), (p, c, 3), mm."""

    mean: Float64
    components: Float64
    sigmas: Float64
    variances: Float64
    performers: Float64
    frame: Frame


def build(source: Source, out: Path) -> Iterator[str]:
    """Write the files to `out`; yield what was measured."""
    mesh = BaseMesh.read(source)
    cage = cut(mesh)
    face = mask(source, cage, "face")
    shape = _shape(source, mesh, cage, face)
    share = np.cumsum(shape.variances) / shape.variances.sum()
    yield f"variance: {', '.join(f'{k}: {share[k - 1]:.4f}' for k in (10, 20, 40, 80, 120))}"
    head = {
        **_topology(cage),
        **_surface(source, mesh, cage, shape, face),
        **_motion(source, mesh, cage, shape),
    }
    save(out / "head.npz", head)
    performers = {"shapes": np.round((shape.performers - shape.mean) / STEP).astype(np.int16)}
    save(out / "performers.npz", {**performers, "step": np.float64(STEP)})
    for name in ("head.npz", "performers.npz"):
        yield f"{name}: {(out / name).stat().st_size / 2**20:.2f} MiB"


def _shape(source: Source, mesh: BaseMesh, cage: Cage, face: Float64) -> Shape:
    random = np.random.default_rng(SEED)
    people = heads(source, mesh, cage, random, draw(random, PEOPLE + PERFORMERS))
    aligned, mean = align(people, face, cage.mirror)
    even = np.full(len(mean), 1.0 / len(mean))
    shapes, sigmas, variances = components(aligned[:PEOPLE], mean, even, cage.mirror, COMPONENTS)
    left_eye = cage.number(np.unique(mesh.quads[mesh.groups == "helper-l-eye"]))
    frame = Frame.of(mean, left_eye, mask(source, cage, "ears"))
    return Shape(
        frame.points(mean),
        frame.moves(shapes),
        frame.scale * sigmas,
        variances,
        frame.points(aligned[PEOPLE:]),
        frame,
    )


def _topology(cage: Cage) -> dict[str, Array]:
    once = subdivide(cage.quads, len(cage.base))
    strips = contour(cage)
    return {
        "quads": cage.quads.astype(np.uint16),
        "parts": _vertex_parts(cage),
        "uv": (cage.uv * [1.0, -1.0] + [0.0, 1.0]).astype(np.float32),
        "uv_quads": cage.uv_quads.astype(np.uint16),
        "landmark_vertices": landmark_vertices(cage, once),
        "contour": np.concatenate(strips),
        "contour_lengths": np.array([len(s) for s in strips], np.int32),
    }


def _vertex_parts(cage: Cage) -> Array:
    """Return the (c,) number in `PARTS` of each vertex; the rim of the mouth is skin."""
    parts = np.zeros(len(cage.base), np.uint8)
    for number, part in reversed(list(enumerate(PARTS))):
        parts[cage.quads[cage.quad_parts == part]] = number
    return parts


def _surface(
    source: Source, mesh: BaseMesh, cage: Cage, shape: Shape, face: Float64
) -> dict[str, Array]:
    """Return albedo and face weight of the fine mesh."""
    matrix = _fine(cage)
    eyes = np.isin(mesh.groups, ["helper-l-eye", "helper-r-eye"])
    between = shape.mean[cage.number(np.unique(mesh.quads[eyes]))].mean(0)
    weight = matrix @ face_weight(shape.mean, between, face)
    fine_parts = (matrix @ np.eye(len(PARTS))[_vertex_parts(cage)]).argmax(1)
    canvas = painting.Canvas(
        matrix @ shape.mean,
        {name: np.flatnonzero(fine_parts == i) for i, name in enumerate(PARTS)},
        matrix @ mask(source, cage, "lips"),
    )
    albedo = painting.paint(canvas)
    return {
        "albedo_step": np.float64(ALBEDO_STEP),
        "albedo": np.round(albedo / ALBEDO_STEP).astype(np.int16),
        "albedo_components": np.round(painting.components(albedo, canvas) / ALBEDO_STEP).astype(
            np.int16
        ),
        "face_weight": np.round(255.0 * np.clip(weight, 0.0, 1.0)).astype(np.uint8),
    }


def _fine(cage: Cage) -> Array:
    eyes = cage.quad_parts == "eyes"
    return subdivide_head(cage.quads, len(cage.base), eyes)[0]


def _motion(source: Source, mesh: BaseMesh, cage: Cage, shape: Shape) -> dict[str, Array]:
    moves = shape.frame.moves(expressions.expressions(source, mesh, cage))
    return {
        "mean": shape.mean.astype(np.float32),
        "step": np.float64(STEP),
        "identity": np.round(shape.components / STEP).astype(np.int16),
        "identity_sigmas": shape.sigmas.astype(np.float32),
        "expressions": np.round(moves / STEP).astype(np.int16),
        "expression_names": np.array(expressions.NAMES),
        "expression_bounds": np.tile(np.float32([0.0, 1.0]), (len(moves), 1)),
        "expression_sigmas": expressions.sigmas().astype(np.float32),
    }
