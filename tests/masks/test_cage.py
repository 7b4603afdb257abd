"""Lines that show a shape."""

import numpy as np
import pytest

from livemask.masks.cage import SEEDS, cage, coarse_quads, simplified
from livemask.masks.face_mesh import Look, opacity
from livemask.models.subdivision import subdivide, triangulate
from tests.heads import shipped
from tests.masks import tiny

CUBE = np.array(
    [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]], np.int32
)


def cycle(quad):
    """Return a quad's corners in their order, whichever comes first."""
    start = int(np.argmin(quad))
    return tuple(int(v) for v in np.roll(quad, -start))


def test_the_quads_of_a_subdivided_mesh_are_found_again():
    fine = subdivide(CUBE, 8)

    found = coarse_quads(triangulate(fine.quads))

    assert {cycle(q) for q in found} == {cycle(q) for q in CUBE}


@pytest.mark.parametrize(
    "triangles",
    [
        np.empty((0, 3), np.int32),
        triangulate(CUBE),
        triangulate(np.concatenate([CUBE, CUBE[:2]])),
        triangulate(subdivide(CUBE, 8).quads)[::-1].copy(),
        tiny.model().triangles,
    ],
)
def test_other_meshes_are_not_mistaken_for_subdivided_ones(triangles):
    assert coarse_quads(triangles) is None


def test_the_shipped_head_shows_the_edges_of_its_cage_without_diagonals():
    model = shipped()
    shown = opacity(model, Look()) > 0

    found = cage(model, shown)

    assert shown[found.vertices].all()
    assert len(found.vertices) < 0.3 * shown.sum()
    degree = np.bincount(found.edges.ravel())
    assert np.median(degree) == 4  # a grid of quads; diagonals would make it 6


def test_a_mesh_of_any_density_is_simplified_to_few_triangles():
    model = tiny.model()

    found = cage(model, np.ones(len(model.mean), bool))

    assert len(found.vertices) <= SEEDS
    assert len(found.vertices) > 0.9 * SEEDS
    # Euler: a disc of c vertices has c - e + t = 1
    assert abs(len(found.vertices) - len(found.edges) + len(found.triangles) - 1) <= 3


def test_simplified_triangles_face_the_same_way():
    model = tiny.model()
    a, b, c = (model.mean[simplified(model, np.arange(len(model.mean)))[:, i]] for i in range(3))

    assert (np.cross(b - a, c - a)[:, 2] > 0).all()


def test_edges_are_each_there_once():
    found = cage(tiny.model(), tiny.model().face_weight > 0)

    assert (found.edges[:, 0] < found.edges[:, 1]).all()
    assert len(np.unique(found.edges, axis=0)) == len(found.edges)
    assert found.edges.max() < len(found.vertices)


def test_nothing_to_show_makes_no_lines():
    found = cage(tiny.model(), np.zeros(len(tiny.model().mean), bool))

    assert len(found.vertices) == len(found.edges) == len(found.triangles) == 0
