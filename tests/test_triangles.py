import numpy as np

from livemask.triangles import corners_of, covers, double_area, reach, shares

PLACES = np.array([[1.0, 1.0], [5.0, 1.0], [1.0, 4.0]])
CORNERS = corners_of(PLACES, 0, 1, 2)


def test_the_shares_of_a_place_bring_the_corners_together_to_it():
    u, v, w = shares(2.0, 1.5, CORNERS, double_area(CORNERS))
    np.testing.assert_allclose(u * PLACES[0] + v * PLACES[1] + w * PLACES[2], [2.0, 1.5])
    assert u + v + w == 1.0


def test_the_pixels_that_a_triangle_covers_are_those_on_the_inner_side_of_its_edges():
    area = double_area(CORNERS)
    grid = [(x, y) for x in range(8) for y in range(8)]
    covered = [place for place in grid if covers(*shares(*map(float, place), CORNERS, area))]
    inner = [(x, y) for x, y in grid if min(x, y) >= 1 and 3 * (x - 1) + 4 * (y - 1) <= 12]
    assert covered == inner


def test_a_triangle_turned_round_has_a_negative_area_and_the_same_pixels():
    turned = corners_of(PLACES, 0, 2, 1)
    assert double_area(turned) == -double_area(CORNERS) == -12.0
    assert covers(*shares(2.0, 2.0, turned, -12.0))


def test_its_reach_ends_at_the_borders_of_the_picture():
    assert reach(CORNERS, 8, 8) == (1, 6, 1, 5)
    assert reach(CORNERS, 3, 2) == (1, 3, 1, 2)
    assert reach(corners_of(1e30 * (PLACES - 3.0), 0, 1, 2), 8, 8) == (0, 8, 0, 8)
    left, right, *_ = reach(corners_of(PLACES - 100.0, 0, 1, 2), 8, 8)
    assert right <= left
