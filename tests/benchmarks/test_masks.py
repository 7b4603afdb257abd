"""That each mask's times come into its row; never how long they are."""

import numpy as np

from benchmarks.masks import GOAL, HEADS, SIZE, WIDTH, Times, fits, picture, row, wanted
from livemask import plugins
from livemask.geometry import project
from livemask.morphable_model import fit_landmarks
from tests.heads import shipped


def test_a_row_has_the_least_and_the_median_of_everything():
    times = [Times(7.0, 9.0, 1.0, 12.0), Times(5.0, 8.0, 2.0, 11.0), Times(6.0, 7.0, 3.0, 10.0)]

    assert row("toon", times) == ["toon", 5.0, 6.0, 7.0, 8.0, 1.0, 2.0, 10.0, 11.0, "yes"]
    assert len(row("toon", times)) == len(HEADS)
    assert row("toon", [Times(GOAL + 1.0, 0.0, 0.0, 0.0)])[-1] == "no"


def test_the_face_is_as_wide_as_is_said_and_moves():
    first, *others = fits(shipped(), 12)
    jaw = project(first.camera, first.camera_from_head, fit_landmarks(shipped(), first)[:17])

    assert abs(np.ptp(jaw[:, 0]) - WIDTH) < 0.05 * WIDTH
    assert all((fit.camera_from_head != first.camera_from_head).any() for fit in others)
    assert picture().shape == (SIZE[1], SIZE[0], 3)


def test_all_masks_that_need_no_file_are_measured_after_the_bare_video():
    assert wanted(())[0] == "none"
    assert {*plugins.ready("masks")} <= {*wanted(())}
    assert wanted(["toon"]) == ["none", "toon"]
