"""How a run may end before its time: Ctrl-C, SIGTERM, SIGKILL, a full disk."""

import csv
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sinks.films import read

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs Unix signals")

ROOT = Path(__file__).resolve().parents[2]


def start(film, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sinks.endless", str(film), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process, *signals, after=100):
    """Send signals after some frames; return the time of the last frame and the errors."""
    for _ in range(after):
        last = process.stdout.readline()
    for number in signals:
        process.send_signal(number)
    rest, errors = process.communicate(timeout=60)
    times = [line for line in (last + rest).split("\n")[:-1] if line]
    return float(times[-1]), errors


def rows(folder):
    with (folder / "a.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("signals", [[signal.SIGINT] * 2, [signal.SIGTERM]])
def test_a_signal_finishes_every_file(tmp_path, signals):
    process = start(tmp_path / "a.mp4")
    last, errors = end(process, *signals)
    assert (process.returncode, errors) == (0, "")
    times, _ = read(tmp_path / "a.mp4")
    assert times[-1] == pytest.approx(last, abs=1e-4)
    assert b"moof" not in (tmp_path / "a.mp4").read_bytes()
    assert [int(row["frame"]) for row in rows(tmp_path)] == list(range(len(times)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.mp4"]


def test_after_a_kill_the_film_plays_to_within_the_last_second(tmp_path):
    process = start(tmp_path / "a.mp4")
    last, _ = end(process, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    times, _ = read(tmp_path / "a.mp4")
    assert times[-1] > last - 1.0
    assert len(rows(tmp_path)) >= len(times)


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_on_a_full_disk_what_was_recorded_plays(tmp_path, ending):
    process = start(tmp_path / f"a{ending}", "400000")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.startswith("SinkError: ")
    assert f"a{ending} cannot be written: File too large" in errors
    assert "Traceback" not in errors
    times, _ = read(tmp_path / f"a{ending}")
    assert len(times) > 3
    assert all(row["jawOpen"] == "0.25000" for row in rows(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", f"a{ending}"]


def test_on_a_disk_that_is_full_from_the_start_nothing_is_left(tmp_path):
    process = start(tmp_path / "a.mp4", "100")
    _, errors = process.communicate(timeout=60)
    assert errors.startswith("SinkError: ")
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == {}
