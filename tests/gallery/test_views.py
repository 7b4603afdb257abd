"""The performer that masks are shown on."""

import numpy as np
import pytest

from livemask.gallery import views
from livemask.gallery.views import SHOWN, TURN, VIEWS
from livemask.geometry import euler_angles
from livemask.render.context import offscreen
from tests.heads import shipped


@pytest.fixture(scope="module")
def seen():
    with offscreen() as context:
        return views.views(shipped(), context)


def test_the_fits_do_what_the_views_are_called(seen):
    fits = {name: view.fit for name, view in zip(VIEWS, seen, strict=True)}
    names = shipped().expression_names

    def yaw(name):
        return np.degrees(euler_angles(fits[name].camera_from_head[:3, :3])[1])

    def moved(name, expression):
        return fits[name].expression[names.index(expression)]

    assert abs(yaw("turned") - TURN) < 5.0
    assert abs(yaw("front")) < 5.0
    assert moved("mouth open", "jawOpen") > moved("front", "jawOpen") + 0.3
    assert moved("blink", "eyeBlinkLeft") > moved("front", "eyeBlinkLeft") + 0.5


def test_a_mask_changes_the_face_and_the_head_is_in_the_part_that_is_seen(monkeypatch, seen):
    monkeypatch.setattr(views, "views", lambda _model, _context: seen)

    (_, bare), (_, masked) = views.drawn(["none", "gold"])

    assert [picture.shape for picture in bare] == [(SHOWN, SHOWN, 3)] * len(VIEWS)
    for one, other in zip(bare, masked, strict=True):
        changed = (one != other).any(-1)
        assert 0.05 < changed.mean() < 0.5
        assert not changed[[0, -1]].any()
        assert not changed[:, [0, -1]].any()
