import av
import numpy as np
import pytest

from livemask import plugins
from livemask.bench.measured import Cost
from livemask.bench.trial import trial
from livemask.bench.variants import encoding
from livemask.config import Config


@pytest.fixture(scope="module")
def measured():
    """The performer, small, for a second."""
    config = Config(source="performer", masks=("shaded",), size=(320, 240))
    told = []
    return trial(config, 1.5, told.append), told


def test_every_stage_of_a_live_run_has_its_times(measured):
    found, _ = measured
    assert {"track", "render", "landmarks", "fit", "mesh", "draw", "readback"} <= set(found.stages)
    assert "read" not in found.stages
    assert all(0.0 < taken.median <= taken.p95 for taken in found.stages.values())


def test_every_mask_and_other_sizes_are_tried(measured):
    found, _ = measured
    assert next(iter(found.masks)) == found.mask == "shaded"
    assert set(found.masks) == set(plugins.ready("masks"))
    assert {(480, 360), (640, 480), (960, 720)} <= set(found.sizes)
    assert found.size not in found.sizes
    for cost in (*found.masks.values(), *found.sizes.values()):
        assert min(cost.track, cost.draw, cost.work) > 0.0
    assert isinstance(found.cost, Cost)
    assert found.cost is found.masks["shaded"]


def test_it_tells_what_it_is_doing_and_counts_what_it_saw(measured):
    found, told = measured
    assert "watching for 1.5 s" in told
    assert "trying sizes" in told
    assert (found.size, found.wanted) == ((320, 240), 30.0)
    assert 0 < found.tracked <= found.frames


def test_no_picture_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    opened = []
    monkeypatch.setattr("av.open", lambda *a, **_: opened.append(a))
    monkeypatch.setattr("cv2.imwrite", lambda *a, **_: opened.append(a))
    config = Config(source="performer", size=(160, 120), masks=("landmarks",))
    trial(config, 1.0, lambda _: None)
    assert opened == []
    assert list(tmp_path.iterdir()) == []


def test_without_an_encoder_recording_costs_nothing_that_could_be_told(monkeypatch):
    pictures = [np.zeros((48, 64, 3), np.uint8)] * 5
    assert min(encoding(pictures, 30.0)) > 0.0
    monkeypatch.setattr(av, "Codec", _none)
    assert encoding(pictures, 30.0) is None
    assert encoding([], 30.0) is None


def _none(*_):
    raise ValueError
