import numpy as np
import pytest

from livemask.models.subdivision import subdivide, subdivide_head, triangulate

CUBE = np.array(
    [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
)
CORNERS = np.array([[x, y, z] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)])


def grid(columns, rows):
    """Return the quads and the points of a flat grid."""
    numbers = np.arange((columns + 1) * (rows + 1)).reshape(rows + 1, columns + 1)
    quads = np.stack(
        [numbers[:-1, :-1], numbers[:-1, 1:], numbers[1:, 1:], numbers[1:, :-1]], 2
    ).reshape(-1, 4)
    y, x = np.divmod(np.arange(numbers.size), columns + 1)
    return quads, np.column_stack([x, y, 0 * x]).astype(float)


def plain(quads, points):
    """Subdivide point by point, as Catmull and Clark write it, where nothing is open."""
    faces = points[quads].mean(1)
    sides = {}
    for face, quad in enumerate(quads):
        for a, b in zip(quad, np.roll(quad, -1), strict=True):
            sides.setdefault((min(a, b), max(a, b)), []).append(face)
    edges = [(points[list(e)].sum(0) + faces[f].sum(0)) / 4.0 for e, f in sorted(sides.items())]
    moved = []
    for vertex, point in enumerate(points):
        around = [f for f, quad in enumerate(quads) if vertex in quad]
        middles = [points[list(e)].mean(0) for e in sides if vertex in e]
        n = len(around)
        mean_face, mean_edge = faces[around].mean(0), np.mean(middles, 0)
        moved.append((mean_face + 2.0 * mean_edge + (n - 3) * point) / n)
    return np.vstack([moved, edges, faces])


def test_it_agrees_with_the_rule_written_out():
    rng = np.random.default_rng(1)
    points = CORNERS + rng.normal(0.0, 0.2, CORNERS.shape)
    np.testing.assert_allclose(subdivide(CUBE, 8).matrix @ points, plain(CUBE, points), atol=1e-12)


def test_each_row_of_the_matrix_sums_to_one():
    quads, points = grid(4, 3)
    for result in (subdivide(CUBE, 8), subdivide(quads, len(points))):
        np.testing.assert_allclose(result.matrix.sum(1), 1.0)


def test_a_flat_sheet_stays_flat_and_its_inner_points_lie_between_their_neighbours():
    quads, points = grid(4, 4)
    fine = subdivide(quads, len(points)).matrix @ points
    assert np.abs(fine[:, 2]).max() == 0.0
    np.testing.assert_allclose(fine[12], points[12])
    assert fine[:, 0].min() == pytest.approx(points[:, 0].min(), abs=0.26)


def test_the_edge_of_a_sheet_depends_on_the_edge_alone():
    quads, points = grid(3, 3)
    result = subdivide(quads, len(points))
    bent = points.copy()
    bent[5, 2] = 9.0  # inside
    rim = [1, 2, 4, 7, 8, 11, 13, 14]
    np.testing.assert_allclose((result.matrix @ bent)[rim], (result.matrix @ points)[rim])


def test_quad_i_becomes_quads_4i_to_4i_plus_3_with_the_same_winding():
    result = subdivide(CUBE, 8)
    fine = result.matrix @ CORNERS
    for i, quad in enumerate(CUBE):
        outward = CORNERS[quad].mean(0)
        for small in result.quads[4 * i : 4 * i + 4]:
            a, b, c, _ = fine[small]
            assert np.cross(b - a, c - a) @ outward > 0.0
            assert small[0] in quad


def test_a_vertex_of_no_quad_stays():
    result = subdivide(CUBE, 10)
    points = np.vstack([CORNERS, [[5.0, 6.0, 7.0], [1.0, 2.0, 3.0]]])
    np.testing.assert_allclose((result.matrix @ points)[8:10], points[8:])


def test_eyeballs_are_subdivided_twice_and_come_last():
    quads, points = grid(2, 1)
    both = np.vstack([CUBE, quads + 8])
    matrix, fine = subdivide_head(both, 8 + len(points), np.arange(len(both)) < len(CUBE))
    assert len(fine) == 4 * len(quads) + 16 * len(CUBE)
    placed = matrix @ np.vstack([CORNERS, points + 100.0])
    assert (placed[fine[: 4 * len(quads)]] > 50.0).all()
    assert (placed[fine[4 * len(quads) :]] < 50.0).all()


def test_two_triangles_cover_a_quad():
    assert triangulate(np.array([[3, 5, 7, 9]])).tolist() == [[3, 5, 7], [3, 7, 9]]
