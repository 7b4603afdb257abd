"""The colours of a drawn face."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.masks.looks.drawing import drawn_tones, on_brows, on_lips
from tests.heads import shipped
from tests.masks import tiny


@pytest.mark.parametrize("model", [shipped, tiny.model])
def test_brows_are_dark_lips_are_red_and_cheeks_are_plain(model):
    model = model()
    tones = drawn_tones(model)
    brow, lip, nose = tones[model.landmark_vertices[[19, 62, 30]]]

    assert brow.max() < 0.3
    assert lip[0] > 2 * lip[1]
    assert nose.tolist() == [1.0, 1.0, 1.0]


def test_lips_end_at_their_outer_line():
    model = shipped()
    lips = on_lips(model)
    chin, lower = model.mean[model.landmark_vertices[[8, 57]]]

    assert lips[model.landmark_vertices[[51, 57, 62, 66]]].min() >= 0.45
    assert lips[model.mean[:, 1] < 0.5 * (chin + lower)[1]].max() == 0.0


def test_a_model_without_the_points_is_drawn_plain():
    bare = replace(tiny.model(), landmark_vertices=np.full(68, -1, np.int32))

    assert (drawn_tones(bare) == 1.0).all()
    assert not on_brows(bare, 3.0, 1.0).any()
