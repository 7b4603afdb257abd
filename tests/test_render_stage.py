from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import GraphicsError
from livemask.records import Effect, Frame, Light, Scene
from livemask.render_stage import RenderStage
from livemask.safety.guard import Guard
from livemask.statistics import Statistics
from tests.heads import shipped


@pytest.fixture
def scene():
    image = np.random.default_rng(0).integers(0, 256, (90, 160, 3), np.uint8)
    return Scene(Frame(image, 1.5, 7), (), (), Light.default())


def test_a_picture_without_layers_is_the_frame_itself(scene):
    stage = RenderStage(shipped, Statistics())
    output = stage(scene)
    np.testing.assert_array_equal(output.image, scene.frame.image)
    assert (output.time, output.frame.index, output.model.name) == (1.5, 7, shipped().name)
    stage.close()
    stage.close()


def test_pictures_that_were_handed_on_stay_as_they_are(scene):
    stage = RenderStage(shipped, Statistics())
    first = stage(scene).image
    kept = first.copy()
    stage(Scene(scene.frame, (), (Effect("blur"),), scene.light))
    np.testing.assert_array_equal(first, kept)
    stage.close()


def test_where_nobody_wants_pixels_no_context_is_made(scene, monkeypatch):
    def forbidden():
        raise AssertionError("a context was made")

    monkeypatch.setattr("livemask.render.context.offscreen", forbidden)
    statistics = Statistics()
    stage = RenderStage(shipped, statistics, pixels=False)
    assert stage(scene).image is None
    assert statistics.summary()["frames"]["total"] == 1
    stage.close()


def test_a_veil_lies_over_the_very_next_picture(scene):
    stage = RenderStage(shipped, Statistics())
    bare = stage(scene).image
    stage.is_veiled = lambda: True
    veiled = stage(scene).image
    assert np.ptp(veiled.astype(int), axis=(0, 1)).max() < 60 < np.ptp(bare.astype(int))
    stage.close()


def test_what_cannot_be_drawn_is_blurred_before_a_camera_and_ends_a_film(scene):
    broken = Scene(scene.frame, (), (Effect("no such look"),), scene.light)
    stage = RenderStage(shipped, Statistics())
    with pytest.raises(GraphicsError, match="no such look"):
        stage(broken)
    stage.guard = Guard(live=True)
    blurred = stage(broken).image
    expected = stage(Scene(scene.frame, (), (Effect("blur"),), scene.light)).image
    np.testing.assert_array_equal(blurred, expected)
    np.testing.assert_array_equal(stage(scene).image, scene.frame.image)
    stage.close()


class Broken:
    """A renderer whose driver has gone after so many pictures."""

    def __init__(self, stage, pictures=0):
        self._renderer, self._left = stage._renderer, pictures

    def __getattr__(self, name):
        return getattr(self._renderer, name)

    def draw(self, scene):
        self._left -= 1
        if self._left < 0:
            raise GraphicsError("the context is lost")
        self._renderer.draw(scene)


def flatness(image):
    return np.abs(np.diff(image.astype(int), axis=1)).max()


def test_outputs_are_fed_though_nothing_can_be_drawn_at_all(scene, caplog):
    stage = RenderStage(shipped, Statistics())
    stage.guard = Guard(live=True)
    stage(scene)
    stage._renderer, whole = Broken(stage), stage._renderer
    blurred = [stage(scene).image for _ in range(3)]
    assert all(flatness(image) < 20 for image in blurred)
    assert caplog.text.count("drawing failed: GraphicsError: the context is lost") == 1
    stage._renderer = whole
    np.testing.assert_array_equal(stage(scene).image, scene.frame.image)
    stage.close()


def test_a_picture_that_is_asked_to_be_hidden_while_it_is_drawn_is_not_handed_on(scene):
    stage = RenderStage(shipped, Statistics())
    stage(scene)
    asked = iter([False, False, True, True, True])
    stage.is_veiled = lambda: next(asked)
    assert flatness(stage(scene).image) < 20
    stage.close()


def test_once_masks_are_on_again_no_scene_without_them_is_shown(scene):
    stage = RenderStage(shipped, Statistics())
    bare = replace(scene, bare=True)
    np.testing.assert_array_equal(stage(bare).image, scene.frame.image)
    stage.is_dressed = lambda: True
    assert flatness(stage(bare).image) < 20
    np.testing.assert_array_equal(stage(scene).image, scene.frame.image)
    stage.close()


def test_without_a_further_picture_the_last_is_hidden_and_shown_again(scene):
    stage = RenderStage(shipped, Statistics())
    assert stage.again() is None
    sharp = stage(scene)
    assert stage.again() is None
    stage.is_veiled = lambda: True
    assert stage.is_late
    hidden = stage.again()
    assert flatness(hidden.image) < 20
    assert hidden.time > sharp.time
    assert not stage.is_late
    assert stage.again() is None
    stage.is_veiled = lambda: False
    calm = stage.again()
    assert calm.time > hidden.time
    np.testing.assert_array_equal(calm.image, sharp.image)
    stage.close()
