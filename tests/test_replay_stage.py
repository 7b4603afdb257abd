"""What a frame of a session is shown with."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import SourceError
from livemask.light.estimate import LightEstimate
from livemask.people import People
from livemask.records import Effect, Fit, Frame, Light, Seen, State
from livemask.replay_stage import ReplayStage
from livemask.session.numbers import RecordedFrame
from livemask.showing import Showing
from livemask.statistics import Statistics
from livemask.tracking.manner import Manner
from livemask.wardrobe import Wardrobe
from tests.heads import CAMERA, drawn_pose, shipped
from tests.session.test_numbers import drawn_light

GREY = np.full((720, 1280, 3), 90, np.uint8)


def make_stage(masks=("shaded",), lit="auto", **showing):
    stage = ReplayStage(
        shipped(), CAMERA, Wardrobe.of(masks), Statistics(), people=People(), lit=lit
    )
    stage.show(Showing(**showing))
    return stage


@pytest.fixture(scope="module")
def fit():
    model, random = shipped(), np.random.default_rng(1)
    nobody = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    return Fit(0, CAMERA, drawn_pose(random), *nobody, 0.5, 1.0, State.TRACKED)


def frame_of(*fits, light=None):
    seen = Seen(fits, (), frozenset(f.id for f in fits), light or Light.default())
    return RecordedFrame(GREY, 1.0, 30, seen)


def test_faces_are_dressed_as_they_were_seen(fit):
    frame = frame_of(fit)
    scene = make_stage()(frame)
    assert scene.fits == (fit,)
    assert scene.layers
    assert scene.frame is frame
    assert scene.seen is frame.seen


def test_light_is_the_rooms_as_it_was_recorded(fit):
    light = drawn_light()
    assert make_stage()(frame_of(fit, light=light)).light is light


def test_light_may_be_another(fit):
    light = drawn_light()
    scene = make_stage(light="studio")(frame_of(fit, light=light))
    np.testing.assert_array_equal(scene.light.direction, Light.default().direction)


def test_the_rooms_light_is_looked_for_where_another_was_recorded(fit, monkeypatch):
    found = drawn_light()
    monkeypatch.setattr(LightEstimate, "update", lambda *_: found)
    scene = make_stage(lit="studio", light="auto")(frame_of(fit, light=Light.default()))
    assert scene.light is found


def test_the_rooms_light_is_not_learnt_anew_when_something_else_changes(fit, monkeypatch):
    monkeypatch.setattr(LightEstimate, "update", lambda self, *_: id(self))
    stage = make_stage(lit="studio", light="auto")
    before = stage(frame_of(fit)).light
    stage.show(Showing(light="auto", opacity=0.5))
    assert stage(frame_of(fit)).light == before


def test_how_faces_are_followed_cannot_be_changed_any_more(fit):
    stage = make_stage()
    before = stage(frame_of(fit))
    stage.follow(Manner("high", "fast"))
    stage.forget_faces()
    assert stage(frame_of(fit)).fits == before.fits


def test_nobody_is_seen_bare_where_a_mask_hides(fit):
    lost = replace(fit, state=State.LOST)
    for frame in (frame_of(), frame_of(lost), Frame(GREY, 0.0, 0)):
        (layer,) = make_stage()(frame).layers
        assert isinstance(layer, Effect)
        assert (layer.look, layer.region) == ("blur", None)


@pytest.mark.parametrize("field", ["identity", "expression", "gesture"])
@pytest.mark.parametrize("count", [1, 3, 200])
def test_a_face_of_another_model_is_refused_before_it_is_drawn(fit, field, count):
    odd = replace(fit, **{field: np.ones(count)})
    with pytest.raises(SourceError, match="the session is broken"):
        make_stage()(frame_of(fit, odd))


def test_a_face_of_another_picture_is_refused(fit):
    odd = replace(fit, camera=replace(fit.camera, size=(10**8, 10**8)))
    with pytest.raises(SourceError, match="the session is broken"):
        make_stage()(frame_of(odd))


def test_other_masks_can_be_put_on_meanwhile(fit):
    stage = make_stage()
    stage.warm_up()
    first = stage(frame_of(fit))
    stage.wardrobe = Wardrobe.of(["none"])
    assert stage(frame_of(fit)).layers == () != first.layers
    stage.close()
