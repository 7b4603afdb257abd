"""Regions of a face."""

import numpy as np
import pytest

from livemask.masks.swapping.regions import REGIONS, region
from tests.heads import shipped

INSIDE = {"eyes": (37, 44, 19, 24), "nose": (30, 33), "mouth": (51, 57, 48, 54)}


@pytest.mark.parametrize("part", REGIONS)
def test_a_region_holds_its_own_landmarks_and_no_other_parts(part):
    shown, marks = region(shipped(), part), shipped().landmark_vertices
    assert (shown[marks[list(INSIDE[part])]] == 1.0).all()
    others = [p for other, points in INSIDE.items() if other != part for p in points]
    assert shown[marks[others]].max() < 0.2


@pytest.mark.parametrize("part", REGIONS)
def test_its_edge_is_soft(part):
    shown = region(shipped(), part)
    assert ((shown > 0.1) & (shown < 0.9)).sum() > 50
    assert np.isfinite(shown).all()
