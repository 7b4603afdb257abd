"""What is blurred about a head that is not seen."""

import cv2
import numpy as np
import pytest

from livemask.geometry import project
from livemask.hiding import head_outline
from livemask.records import State
from livemask.safety.covers import AT_ONCE, FARTHEST, Covers
from tests.safety.heads import head

STEP = 1.0 / 25.0


def walked(speed, frames=10):
    """Return what was seen of a head that goes at `speed` mm/s, where it is, and when."""
    covers = Covers()
    for at in range(frames):
        covers.see(head(speed * at * STEP), at * STEP)
    return covers, speed * (frames - 1) * STEP, (frames - 1) * STEP


def test_at_once_it_is_the_head_and_its_hair():
    covers, at, time = walked(0.0)
    outline = head_outline(head(at), AT_ONCE)
    assert np.ptp(covers.over(head(at), time), axis=0) == pytest.approx(np.ptp(outline, axis=0))


def test_it_grows_from_moment_to_moment_but_not_for_ever():
    covers, at, time = walked(0.0)
    widths = [np.ptp(covers.over(head(at), time + s)[:, 0]) for s in (0.0, 0.1, 0.3, 2.0, 9.0)]
    assert widths == sorted(widths)
    assert widths[-1] == widths[-2] == pytest.approx(FARTHEST / AT_ONCE * widths[0])


@pytest.mark.parametrize("speed", [0.0, 300.0, -600.0])
@pytest.mark.parametrize("unseen", [0.04, 0.2, 0.5])
def test_a_head_that_goes_on_as_it_went_is_within(speed, unseen):
    covers, at, time = walked(speed)
    held = head(at, State.HELD)
    region = covers.over(held, time + unseen)
    there = head(at + speed * unseen)
    face = np.array([[x, y, 70.0] for x in (-60.0, 60.0) for y in (-80.0, 60.0)])
    for point in project(there.camera, there.camera_from_head, face).tolist():
        assert cv2.pointPolygonTest(region, point, False) > 0


def test_a_head_that_turns_back_at_once_is_within_too():
    covers, at, time = walked(400.0)
    region = covers.over(head(at, State.HELD), time + 0.3)
    there = head(at - 400.0 * 0.3)
    centre = project(there.camera, there.camera_from_head, np.zeros((1, 3)))[0]
    assert cv2.pointPolygonTest(region, centre.tolist(), False) > 0


def test_of_heads_that_are_only_held_nothing_is_learnt():
    covers, at, time = walked(0.0)
    covers.see(head(500.0, State.HELD), time + STEP)
    region = covers.over(head(at), time + STEP)
    middle = 0.5 * (region.min(0) + region.max(0))
    assert middle == pytest.approx(head().camera.centre, abs=40.0)


def test_an_unknown_head_has_a_cover_and_forgotten_ones_are_none():
    covers, at, time = walked(300.0)
    assert len(covers.over(head(id=7), time)) >= 3
    covers.keep(frozenset())
    after = covers.over(head(at), time + 0.3)
    assert np.ptp(after, axis=0) == pytest.approx(np.ptp(head_outline(head(at), AT_ONCE), axis=0))
