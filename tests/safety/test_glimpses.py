"""Somebody of whom no more than a glimpse is had, beside somebody who is followed."""

import cv2
import numpy as np
import pytest

from livemask.people import People
from livemask.records import Effect
from livemask.tracking.suspects import FORGET
from livemask.tracking.track import Track
from tests.test_track_stage import STEP, Pair


@pytest.fixture(autouse=True)
def blind(monkeypatch):
    """Let no closer look see who is on the right, though the search does."""
    glance = Track._glance

    def blind_glance(track, frame, fit):
        return fit.camera_from_head[0, 3] < 0.0 and glance(track, frame, fit)

    monkeypatch.setattr(Track, "_glance", blind_glance)


def is_hidden(scene):
    """Tell whether the middle of the face on the right is blurred."""
    x, y = Pair.points(1).mean(axis=0).tolist()
    regions = [layer.region for layer in scene.layers if isinstance(layer, Effect)]
    return any(r is None or cv2.pointPolygonTest(r, (x, y), False) > 0 for r in regions)


def test_their_place_is_blurred_in_every_frame_and_nobody_else_s():
    pair = Pair()
    for _ in range(30):
        scene = pair.step()
        assert is_hidden(scene)
        assert [fit.id for fit in scene.fits] in ([0], [1])
    (blur,) = [layer for layer in scene.layers if isinstance(layer, Effect)]
    assert cv2.pointPolygonTest(blur.region, Pair.points(0).mean(axis=0).tolist(), False) < 0
    assert np.ptp(blur.region, axis=0).max() < 800.0


def test_they_are_forgotten_some_seconds_after_the_last_glimpse():
    pair = Pair()
    assert is_hidden(pair.step(20))
    pair.here[1] = False
    assert is_hidden(pair.step(10))
    assert not is_hidden(pair.step(int(FORGET / STEP) + 10))


@pytest.mark.parametrize(
    ("hides", "people"), [((False, False), People(most=2)), ((True, True), People(most=1))]
)
def test_who_may_be_seen_is_left_alone(hides, people):
    pair = Pair(hides, people)
    assert not is_hidden(pair.step(20))


def test_who_is_seen_after_all_is_followed_and_blurred_no_longer(monkeypatch):
    pair = Pair()
    assert is_hidden(pair.step(20))
    monkeypatch.undo()
    scene = pair.step(20)
    assert len(scene.fits) == 2
    assert not is_hidden(scene)
