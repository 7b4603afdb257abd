"""What a long run tells."""

import sys
import time

import pytest

from benchmarks import endurance


@pytest.fixture
def watch():
    watch = endurance.Watch()
    yield watch
    endurance.gc.callbacks.remove(watch._collected)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_slow_frame_is_attributed_to_what_took_it(watch, monkeypatch):
    monkeypatch.setattr(endurance, "SLOW", 10.0)
    watch.frame(())
    watch.begun -= 2 * endurance.FIRST
    watch.add("draw", 19.0)
    watch.add("fit", 0.5)
    time.sleep(0.02)
    watch.frame(())
    assert watch.blame["draw"] == 1
    assert watch.blame["fit"] == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("source", ["performer", "performer,live=true"])
def test_a_run_ends_by_itself_and_leaves_no_thread(tmp_path, source):
    watch = endurance.long_run(source, 0.05, "landmarks", (160, 120), tmp_path)
    whole, *_ = endurance.tables(watch)
    told = {str(name): value for name, value in whole.rows}
    assert told["frames"] > 0
    assert told["threads left (goal: none)"] == "none"
    assert {"run.csv", "stats.json"} <= {file.name for file in tmp_path.iterdir()}
