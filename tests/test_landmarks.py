import numpy as np
import pytest

from livemask import landmarks
from livemask.landmarks import MIRROR

GROUPS = (
    landmarks.JAW,
    landmarks.RIGHT_BROW,
    landmarks.LEFT_BROW,
    landmarks.NOSE_BRIDGE,
    landmarks.NOSE_BASE,
    landmarks.RIGHT_EYE,
    landmarks.LEFT_EYE,
    landmarks.OUTER_LIPS,
    landmarks.INNER_LIPS,
)
POINTS = np.arange(68)


def test_the_groups_share_out_the_68_points():
    assert np.array_equal(np.concatenate([POINTS[group] for group in GROUPS]), POINTS)


def test_mirroring_twice_changes_nothing():
    assert np.array_equal(MIRROR[MIRROR], POINTS)


@pytest.mark.parametrize(
    ("right", "left"),
    [
        (landmarks.RIGHT_BROW, landmarks.LEFT_BROW),
        (landmarks.RIGHT_EYE, landmarks.LEFT_EYE),
    ],
)
def test_left_and_right_change_places_in_a_mirror(right, left):
    assert set(MIRROR[right]) == set(POINTS[left])


@pytest.mark.parametrize(
    "group", [landmarks.JAW, landmarks.OUTER_LIPS, landmarks.INNER_LIPS, landmarks.NOSE_BASE]
)
def test_what_lies_across_the_midline_stays_itself_in_a_mirror(group):
    assert set(MIRROR[group]) == set(POINTS[group])


def test_corners_of_eyes_and_mouth_meet_their_partners_in_a_mirror():
    assert MIRROR[landmarks.RIGHT_EYE_OUTER] == landmarks.LEFT_EYE_OUTER
    assert MIRROR[landmarks.RIGHT_EYE_INNER] == landmarks.LEFT_EYE_INNER
    assert MIRROR[landmarks.RIGHT_MOUTH_CORNER] == landmarks.LEFT_MOUTH_CORNER


def test_the_midline_is_bridge_tip_base_lips_and_chin():
    midline = POINTS[MIRROR == POINTS]
    assert set(midline) == {8, 27, 28, 29, 30, 33, 51, 57, 62, 66}
    assert {landmarks.CHIN, landmarks.NOSE_TIP} <= set(midline)


def test_an_upper_lid_stays_an_upper_lid_in_a_mirror():
    # Both eyes are numbered clockwise as the image shows them, from their image-left corner.
    assert set(MIRROR[[37, 38]]) == {43, 44}
    assert set(MIRROR[[40, 41]]) == {46, 47}


def test_a_closed_ring_keeps_its_neighbours_in_a_mirror():
    for group in (landmarks.OUTER_LIPS, landmarks.INNER_LIPS, landmarks.RIGHT_EYE):
        ring = POINTS[group]
        mirrored = np.roll(MIRROR[ring], 1)[::-1]
        start = int(np.argmin(mirrored))
        assert np.array_equal(np.roll(mirrored, -start), np.sort(mirrored))


def test_the_eye_distance_is_from_outer_corner_to_outer_corner():
    points = np.zeros((68, 2))
    points[landmarks.LEFT_EYE_OUTER] = [3.0, 4.0]
    assert landmarks.eye_distance(points) == 5.0
    assert landmarks.eye_distance(np.pad(points, ((0, 0), (0, 1)))) == 5.0
