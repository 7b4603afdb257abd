"""Where a head is hollow."""

import numpy as np

from livemask.masks.looks.hollows import hollows
from tests.heads import shipped
from tests.masks import tiny


def test_the_wings_of_the_nose_are_hollow_and_its_tip_is_not():
    model = shipped()
    depth = hollows(model)
    around = np.linalg.norm(model.mean - model.mean[model.landmark_vertices[31]], axis=1) < 9.0

    assert depth[around].max() > 0.5
    assert depth[model.landmark_vertices[30]] < 0.05


def test_it_is_a_share():
    depth = hollows(shipped())

    assert depth.dtype == np.float32
    assert 0.0 <= depth.min() <= depth.max() <= 1.0


def test_a_round_face_has_no_hollows():
    assert hollows(tiny.model()).max() < 0.02
