import cv2
import numpy as np
import pytest

from livemask.models import head
from livemask.records import Face, Float64, Frame, UInt8
from livemask.tracking.flow import Flow, Steady

EYES = 90.0  # px


@pytest.fixture(scope="module")
def points() -> Float64:
    """Return the 68 points of a face that looks ahead, px."""
    flat = head.create().landmark_model.mean[:68, :2] * (1.0, -1.0)
    flat = flat - flat.mean(axis=0)
    return np.asarray(EYES / np.linalg.norm(flat[45] - flat[36]) * flat + (320.0, 240.0))


@pytest.fixture(scope="module")
def skin() -> UInt8:
    """Return a picture with a pattern as fine as that of skin and brows."""
    return _pattern(1)


def _pattern(seed: int) -> UInt8:
    noise = np.random.default_rng(seed).normal(0.0, 1.0, (480, 640)).astype(np.float32)
    smooth = cv2.GaussianBlur(noise, (0, 0), 3.0)
    grey = np.clip(128.0 + 40.0 * smooth / smooth.std(), 0, 255).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def _moved(image: UInt8, shift: tuple[float, float]) -> UInt8:
    by = np.array([[1.0, 0.0, shift[0]], [0.0, 1.0, shift[1]]])
    return np.asarray(cv2.warpAffine(image, by, (640, 480), borderMode=cv2.BORDER_REFLECT))


def _scattered(points: Float64, random: np.random.Generator) -> Float64:
    return points + random.normal(0.0, 0.01 * EYES, points.shape)


def test_points_of_a_still_face_rest_while_the_detector_scatters(
    points: Float64, skin: UInt8
) -> None:
    random, flow = np.random.default_rng(3), Flow()
    seen = [_scattered(points, random) for _ in range(40)]
    kept = np.array([flow(skin, each) for each in seen])[10:]
    trembling = np.abs(np.diff(kept, axis=0)).mean()
    assert trembling < 0.2 * np.abs(np.diff(np.array(seen)[10:], axis=0)).mean()


def test_points_go_with_a_moving_face_at_once(points: Float64, skin: UInt8) -> None:
    random, flow = np.random.default_rng(4), Flow()
    flow(skin, points)
    for step in range(1, 10):
        shift = (2.5 * step, -1.5 * step)
        kept = flow(_moved(skin, shift), _scattered(points + shift, random))
    assert np.linalg.norm(kept - points - shift, axis=1).mean() < 0.005 * EYES


def test_points_come_to_where_the_detector_keeps_seeing_them(points: Float64, skin: UInt8) -> None:
    flow = Flow()
    flow(skin, points)
    lid = points.copy()
    lid[37:39, 1] += 0.06 * EYES
    for _ in range(8):
        kept = flow(skin, lid)
    assert np.linalg.norm(kept - lid, axis=1).max() < 0.015 * EYES


@pytest.mark.parametrize("seed", [2, None])
def test_the_detector_is_believed_where_flow_finds_nothing_again(
    points: Float64, skin: UInt8, seed: int | None
) -> None:
    """Another picture, and one without any pattern."""
    flow = Flow()
    flow(skin, points)
    other = np.full_like(skin, 128) if seed is None else _pattern(seed)
    lower = np.array([0.0, 0.05 * EYES])
    kept = flow(other, points + lower)
    assert np.median(kept[:, 1] - points[:, 1]) > 0.6 * 0.05 * EYES


def test_points_far_from_where_flow_carries_them_are_taken_as_they_are(
    points: Float64, skin: UInt8
) -> None:
    flow = Flow()
    flow(skin, points)
    far = points.copy()
    far[8] += (0.0, 0.4 * EYES)
    assert np.allclose(flow(skin, far)[8], far[8])


def test_first_points_and_those_after_forgetting_are_the_detectors(
    points: Float64, skin: UInt8
) -> None:
    steady, frame = Steady(), Frame(skin, 0.0, 0)
    first = steady.steady(frame, Face(7, points, 1.0))
    assert np.allclose(first.landmarks, points)
    steady.forget(7)
    again = steady.steady(frame, Face(7, points + 1.0, 1.0))
    assert np.allclose(again.landmarks, points + 1.0)


def test_faces_do_not_share_what_is_known_of_their_points(points: Float64, skin: UInt8) -> None:
    steady, frame = Steady(), Frame(skin, 0.0, 0)
    steady.steady(frame, Face(0, points, 1.0))
    other = steady.steady(frame, Face(1, points + 3.0, 1.0))
    assert np.allclose(other.landmarks, points + 3.0)


def test_points_that_are_all_in_one_place_break_nothing(skin: UInt8) -> None:
    flow = Flow()
    for _ in range(2):
        assert np.isfinite(flow(skin, np.full((68, 2), 50.0))).all()
