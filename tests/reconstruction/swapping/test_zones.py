from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.reconstruction.swapping.zones import zones_of
from tests.heads import shipped

MARKS = shipped().landmark_vertices


def test_the_face_is_shown_up_to_above_the_brows():
    model, zones = shipped(), zones_of(shipped())
    assert (zones.shown[MARKS[17:]] > 0.9).all()
    crown = model.mean[:, 1] > model.mean[MARKS[17:27], 1].max() + 25.0
    assert not zones.shown[crown].any()
    assert not zones.shown[model.face_weight < 0.04][
        model.mean[model.face_weight < 0.04, 2] < 0
    ].any()


def test_all_are_shares():
    zones = zones_of(shipped(), ("eyes", "nose", "mouth"))
    for name in type(zones).__slots__:
        values = getattr(zones, name)
        assert values.shape == (len(shipped().mean),)
        assert values.dtype == np.float32
        assert values.min() >= 0.0
        assert values.max() <= 1.0


def test_a_part_is_asked_for_alone_with_what_is_in_its_openings():
    model, eyes, nose = shipped(), zones_of(shipped(), ("eyes",)), zones_of(shipped(), ("nose",))
    assert (eyes.part[MARKS[17:27]] > 0.9).all()
    assert (eyes.part[model.parts["eyes"]] == 1.0).all()
    assert not eyes.part[MARKS[48:60]].any()
    assert not eyes.part[model.parts["teeth"]].any()
    assert nose.part[MARKS[30]] > 0.9
    assert not nose.part[model.parts["eyes"]].any()
    np.testing.assert_array_equal(eyes.shown, zones_of(model).shown)
    assert (zones_of(model).part == 1.0).all()


def test_brows_are_features_and_never_doubtful_in_their_middle():
    zones = zones_of(shipped())
    assert (zones.features[MARKS[17:27]] == 1.0).all()
    assert (zones.doubtful[MARKS[[19, 20, 21, 22, 23, 24]]] == 0.0).all()
    assert (zones.features[MARKS[27:31]] < 0.1).all()


def test_cheeks_and_jaw_are_outer():
    zones = zones_of(shipped())
    assert (zones.outer[MARKS[[0, 2, 14, 16]]] > 0.9).all()
    assert (zones.outer[MARKS[17:]] == 0.0).all()


def test_a_model_without_a_face_is_refused():
    with pytest.raises(ModelError, match="no face weight"):
        zones_of(replace(shipped(), face_weight=np.zeros_like(shipped().face_weight)))
