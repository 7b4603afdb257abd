"""Whether points are of one face or of two."""

import numpy as np

from livemask.records import Face
from livemask.tracking.apart import are_one, kept_apart
from tests.heads import shipped

POINTS = 100.0 * shipped().landmark_model.mean[:68, :2] / 63.0


def beside(pixels):
    """Return the points so far to the right."""
    return np.add(POINTS, (pixels, 0.0))


def test_points_that_are_near_are_of_one_face():
    assert are_one(POINTS, beside(20.0))
    assert not are_one(POINTS, beside(300.0))


def test_of_faces_on_one_another_the_likest_is_kept_and_all_in_the_order_of_their_numbers():
    faces = [
        Face(0, POINTS, 0.4),
        Face(1, beside(10.0), 0.9),
        Face(2, beside(400.0), 0.2),
    ]
    assert [face.id for face in kept_apart(faces)] == [1, 2]
