"""The shape of the head: mean, components, and people outside of them."""

from dataclasses import dataclass

import numpy as np

from head_model.alignment import align, symmetric
from head_model.base_mesh import BaseMesh
from head_model.components import components
from head_model.cut import Cage
from head_model.frame import Frame
from head_model.lips import seal
from head_model.organs import left_pupil
from head_model.people import Draws, draw, heads
from head_model.pictures import mask
from head_model.source import Source
from livemask.records import Array, Float64

SEED = 1
PEOPLE = 3000
PERFORMERS = 12
COMPONENTS = 80
BACKGROUND = 0.1  # what the rest of the head counts in the components, against the face


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Shapes in the head frame, mm.

    Attributes
    ----------
    mean : (c, 3) float64
    components : (k, c, 3) float64
    sigmas : (k,) float64
        Root mean square displacement, weighted like the components, mm.
    variances : (v,) float64
        Of all components, in falling order.
    performers : (p, c, 3) float64
        People who were drawn but are not among those of the components.
    draws : Draws
        Who they are.
    frame : Frame
    """

    mean: Float64
    components: Float64
    sigmas: Float64
    variances: Float64
    performers: Float64
    draws: Draws
    frame: Frame


def make_shape(source: Source, mesh: BaseMesh, cage: Cage, upper_lip: Array) -> Shape:
    """Draw people, bring them over one another and take them apart.

    `upper_lip` (c,) tells the upper lip's vertices from the lower's.
    """
    random = np.random.default_rng(SEED)
    draws = draw(random, PEOPLE + PERFORMERS)
    face = mask(source, cage, "face")
    people, _ = align(heads(source, mesh, cage, random, draws), face, cage.mirror)
    people = seal(cage, people, upper_lip)
    mean = symmetric(people[:PEOPLE].mean(0), cage.mirror)
    weights = _weights(cage, mean, face)
    shapes, sigmas, variances = components(people[:PEOPLE], mean, weights, cage.mirror, COMPONENTS)
    frame = Frame.of(mean, left_pupil(mesh, cage), mask(source, cage, "ears"))
    return Shape(
        frame.points(mean),
        frame.moves(shapes),
        frame.scale * sigmas,
        frame.scale**2 * variances,
        frame.points(people[PEOPLE:]),
        draws.after(PEOPLE),
        frame,
    )


def _weights(cage: Cage, mean: Float64, face: Float64) -> Float64:
    """Return how much each vertex (c,) counts: its area of skin, more on the face; sum 1."""
    quads = cage.quads[cage.parts == "skin"]
    a, b, c, d = np.moveaxis(mean[quads], 1, 0)
    area = 0.5 * np.linalg.norm(np.cross(c - a, d - b), axis=1)
    weights = np.bincount(quads.ravel(), np.repeat(area, 4), minlength=len(mean))
    weights *= BACKGROUND + face
    return weights / weights.sum()
