from dataclasses import replace

import numpy as np
import pytest

from benchmarks.tracking.by_scenario import finding, meetings, poses, yaws
from benchmarks.tracking.take import Moment, Take
from livemask.geometry import rigid, rotation_matrix


def moment(index, yaw=0.0, off=0.0, *, visible=True, seen=True):
    """Return a frame whose shown points lie `off` distances of the eyes beside the true ones."""
    true = np.random.default_rng(0).uniform(0.0, 200.0, (68, 2))
    pose = rigid(rotation_matrix(np.radians([0.0, yaw, 0.0])), np.array([0.0, 0.0, -600.0]))
    points = true + np.array([100.0 * off, 0.0]) if seen else np.full((68, 2), np.nan)
    fitted = pose if seen else np.full((4, 4), np.nan)
    return Moment(
        index / 30.0, visible, not visible, 100.0, pose, fitted,
        np.zeros(52), np.zeros(52), true, points, points, seen,
    )  # fmt: skip


def take(moments):
    return Take.of("yaw", 0, None, moments, None)


def test_a_face_beside_the_true_one_is_not_tracked():
    found = take([moment(0, off=0.02), moment(1, off=0.3), moment(2, seen=False)])
    assert found.off[:2] == pytest.approx([0.02, 0.3])
    assert found.right.tolist() == [True, False, False]


def test_the_yaw_of_a_take_has_no_side():
    assert yaws(take([moment(0, yaw=40.0), moment(1, yaw=-25.0)])) == pytest.approx([40.0, 25.0])


def test_who_returns_from_a_far_turn_is_expected_again():
    frames = [moment(i, yaw=y) for i, y in enumerate([0, 0, 80, 80, 50, 40, 10, 0, 0, 0])]
    assert meetings(take(frames)) == [0]
    frames[4], frames[5] = moment(4, yaw=50.0, seen=False), moment(5, yaw=40.0, off=0.5)
    assert meetings(take(frames)) == [2]


def test_the_table_of_finding_counts_the_astray_and_the_false():
    frames = [moment(0), moment(1, off=0.5), moment(2, visible=False), moment(3, seen=False)]
    row = dict(zip(finding([take(frames)]).heads, finding([take(frames)]).rows[0], strict=True))
    assert row["tracked %"] == pytest.approx(100.0 / 3.0)
    assert (row["astray"], row["false"], row["frames to meet"]) == (1, 1, 0)


def test_poses_are_told_by_the_range_of_the_yaw():
    frames = [moment(i, yaw=float(yaw)) for i, yaw in enumerate([0, 10, 20, 40, 50])]
    turned = rotation_matrix(np.radians([3.0, 0.0, 0.0]))
    worse = [
        replace(f, pose=f.pose @ rigid(turned, np.zeros(3))) if i > 2 else f
        for i, f in enumerate(frames)
    ]
    row = dict(zip(poses([take(worse)]).heads, poses([take(worse)]).rows[0], strict=True))
    assert row["yaw <= 30: deg"] == pytest.approx(0.0, abs=1e-6)
    assert row["yaw 30-60: deg"] == pytest.approx(3.0)
    assert row["place mm"] == pytest.approx(0.0, abs=1e-9)
