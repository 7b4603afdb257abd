import numpy as np
import pytest

from livemask.records import Effect, Frame, Light, Scene
from livemask.render_stage import RenderStage
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
