import numpy as np

from livemask.editing.shadows import cone, reached

FLOOR = np.array([[-50, 0, -50], [50, 0, -50], [50, 0, 50], [-50, 0, 50.0]])
ROOF = FLOOR * (0.2, 1.0, 0.2) + (0.0, 30.0, 0.0)
TRIANGLES = np.array([[0, 2, 1], [0, 3, 2], [4, 6, 5], [4, 7, 6]], np.int32)
SPOTS = np.array([[0.0, 0.0, 0.0], [40.0, 0.0, 0.0]])


def test_a_roof_keeps_the_light_from_above_off_what_is_under_it():
    points = np.concatenate([FLOOR, ROOF, SPOTS])
    above, aside = np.array([[0.0, 1.0, 0.0]]), np.array([[0.8, 0.6, 0.0]])
    assert reached(points, TRIANGLES, above)[-2:].tolist() == [0.0, 1.0]
    assert reached(points, TRIANGLES, aside)[-2:].tolist() == [1.0, 1.0]
    assert reached(points, TRIANGLES, np.concatenate([above, aside]))[-2] == 0.5


def test_a_cone_holds_unit_vectors_around_its_axis():
    way = np.array([0.6, 0.0, 0.8])
    ways = cone(way, 0.2, 30)
    assert np.allclose(np.linalg.norm(ways, axis=1), 1.0)
    assert (ways @ way > np.cos(0.2) - 1e-9).all()
    assert np.linalg.norm(ways.mean(axis=0) - way) < 0.05
