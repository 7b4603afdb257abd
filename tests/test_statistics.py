import json
import sys
import threading
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from livemask.errors import SinkError
from livemask.records import Camera, Fit, State
from livemask.statistics import Statistics, peak_memory


def fit(state):
    camera = Camera.from_field_of_view((64, 48))
    return Fit(0, camera, np.eye(4), np.zeros(2), np.zeros(3), 0.0, 1.0, state)


def test_median_and_p95_are_those_of_numpy_while_all_samples_fit():
    values = np.random.default_rng(0).gamma(2.0, 3.0, 1000)
    statistics = Statistics()
    for value in values:
        statistics.add("fit", value)
    stage = statistics.summary()["stages"]["fit"]
    assert stage["median_ms"] == pytest.approx(np.median(values), abs=1e-3)
    assert stage["p95_ms"] == pytest.approx(np.percentile(values, 95), abs=1e-3)
    assert stage["count"] == 1000


def test_a_long_run_is_sampled_fairly_in_bounded_memory():
    statistics = Statistics()
    for value in range(50_000):  # a ring would know the end only, the first samples the start
        statistics.add("fit", value)
    stage = statistics.summary()["stages"]["fit"]
    assert len(statistics._samples["fit"]._kept) == 4096
    assert stage["count"] == 50_000
    assert stage["median_ms"] == pytest.approx(25_000, rel=0.05)
    assert stage["p95_ms"] == pytest.approx(47_500, rel=0.01)


def test_many_threads_may_add():
    statistics = Statistics()

    def add():
        for _ in range(2000):
            statistics.add("draw", 1.0)
            statistics.frame([fit(State.TRACKED)])

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    summary = statistics.summary()
    assert summary["stages"]["draw"]["count"] == 8000
    assert summary["frames"]["tracked"] == 8000


def test_a_timed_block_takes_what_the_clock_says():
    times = iter([10.0, 10.25])
    statistics = Statistics(clock=lambda: next(times))
    with statistics.timed("mesh"):
        pass
    assert statistics.summary()["stages"]["mesh"]["median_ms"] == 250.0


def test_a_frame_is_tracked_if_any_face_is_and_lost_without_one():
    statistics = Statistics()
    for states in (
        [State.HELD, State.TRACKED],
        [State.HELD],
        [State.HELD, State.LOST],
        [State.LOST],
        [],
        [],
    ):
        statistics.frame([fit(state) for state in states])
    assert statistics.summary()["frames"] == {"total": 6, "tracked": 1, "held": 2, "lost": 3}


def test_frames_per_second_are_intervals_over_the_time_they_took():
    clock = count(5.0, 0.04)
    statistics = Statistics(clock=lambda: next(clock))
    for _ in range(26):
        statistics.frame([])
    assert statistics.summary()["fps"] == 25.0


@pytest.mark.parametrize("frames", [0, 1])
def test_there_is_no_frame_rate_without_an_interval(frames):
    statistics = Statistics()
    for _ in range(frames):
        statistics.frame([])
    assert statistics.summary()["fps"] is None


def test_dropped_frames_are_counted_per_stage():
    statistics = Statistics()
    statistics.dropped("track", 3)
    statistics.dropped("record", 2)
    statistics.dropped("track", 1)
    assert statistics.summary()["dropped"] == {"total": 6, "track": 4, "record": 2}


@pytest.mark.skipif(sys.platform != "linux", reason="compares with Linux's own account")
def test_the_peak_of_memory_is_what_the_system_says():
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    assert peak_memory() == pytest.approx(1024 * int(line.split()[1]), rel=0.05)


def test_the_file_holds_the_summary(tmp_path):
    statistics = Statistics()
    statistics.add("read", 1.5)
    statistics.frame([fit(State.TRACKED)])
    statistics.write(tmp_path / "stats.json")
    written = json.loads((tmp_path / "stats.json").read_text("utf-8"))
    assert written["stages"] == {"read": {"median_ms": 1.5, "p95_ms": 1.5, "count": 1}}
    assert written["peak_memory_mb"] > 10.0
    assert [path.name for path in tmp_path.iterdir()] == ["stats.json"]


def test_a_file_that_cannot_be_written_is_one_error_and_leaves_nothing(tmp_path):
    (tmp_path / "stats.json").mkdir()
    with pytest.raises(SinkError, match=r"stats\.json"):
        Statistics().write(tmp_path / "stats.json")
    with pytest.raises(SinkError, match="No such file"):
        Statistics().write(tmp_path / "missing" / "stats.json")
    assert [path.name for path in tmp_path.iterdir()] == ["stats.json"]
