import numpy as np
import pytest

from livemask.tracking.appearance import Appearance
from tests.heads import shipped

FRONTAL = shipped().landmark_model.mean[:68]


def drawn(seed, blobs=60):
    """Return a picture of soft spots, as unlike another seed's as two faces are."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:480, 0:640]
    image = np.full((480, 640), 120.0)
    for x, y, size, shade in rng.uniform((0, 0, 12, -70), (640, 480, 45, 70), (blobs, 4)):
        image += shade * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * size**2))
    return np.repeat(np.clip(image, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


@pytest.fixture
def points():
    return np.array([320.0, 240.0]) + FRONTAL[:, :2] * (1.6, -1.6)


@pytest.fixture
def known(points):
    appearance = Appearance(FRONTAL)
    appearance.learn(drawn(0), points)
    return appearance


def test_before_anything_is_known_everything_is_alike(points):
    assert Appearance(FRONTAL).likeness(drawn(0), points) == 1.0


def test_the_same_face_is_alike(known, points):
    assert known.likeness(drawn(0), points) == pytest.approx(1.0)


def test_more_light_does_not_make_it_another_face(known, points):
    brighter = (0.5 * drawn(0) + 100).astype(np.uint8)
    assert known.likeness(brighter, points) > 0.99


def test_noise_hardly_counts(known, points):
    rng = np.random.default_rng(1)
    noisy = np.clip(drawn(0) + rng.normal(0, 12, (480, 640, 3)), 0, 255).astype(np.uint8)
    assert known.likeness(noisy, points) > 0.95


def test_a_face_that_moved_is_alike_where_it_now_is(known, points):
    moved = np.roll(drawn(0), (30, -60), axis=(0, 1))
    assert known.likeness(moved, points + np.array([-60.0, 30.0])) > 0.98
    assert known.likeness(moved, points) < 0.6


def test_something_else_is_not_alike(known, points):
    others = [known.likeness(drawn(seed), points) for seed in range(1, 6)]
    assert np.mean(others) < 0.3
    assert known.likeness(np.full((480, 640, 3), 90, np.uint8), points) == pytest.approx(0.0)


def test_a_face_at_the_edge_or_outside_gives_a_number(known, points):
    for shift in ((-250.0, 0.0), (400.0, 300.0), (2000.0, -900.0)):
        assert -1.0 <= known.likeness(drawn(0), points + shift) <= 1.0


def test_it_learns_slowly_and_forgets_at_once(known, points):
    before = known.likeness(drawn(2), points)
    known.learn(drawn(2), points)
    assert before < known.likeness(drawn(2), points) < 0.6
    known.forget()
    assert known.likeness(drawn(2), points) == 1.0


def test_a_new_picture_is_looked_at_anew_though_the_points_are_the_same(known, points):
    assert known.likeness(drawn(0), points) == pytest.approx(1.0)
    assert known.likeness(drawn(1), points) < 0.6
    picture = drawn(0)
    assert known.likeness(picture, points + 60.0) < known.likeness(picture, points)
