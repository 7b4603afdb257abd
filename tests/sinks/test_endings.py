"""How a run may end before its time: Ctrl-C, SIGTERM, SIGKILL, a full disk."""

import csv
import shutil
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

import cv2
import pytest

from livemask.outputs import Condition, Outputs
from livemask.pipeline import Pipeline, Slot
from tests.sinks.endless import NOISE
from tests.sinks.films import output, read

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


@pytest.mark.parametrize("ending", [".mp4", ".webm"])
def test_after_a_kill_the_film_plays_to_within_the_last_second(tmp_path, ending):
    process = start(tmp_path / f"a{ending}")
    last, _ = end(process, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    times, _ = read(tmp_path / f"a{ending}")
    assert times[-1] > last - 1.0
    assert len(rows(tmp_path)) >= len(times)


def test_after_a_kill_every_picture_is_whole(tmp_path):
    process = start(tmp_path / "a%d.png")
    end(process, signal.SIGKILL, after=50)
    pictures = list(tmp_path.glob("a*.png"))
    assert len(pictures) >= 50
    assert all(cv2.imread(str(path)).shape == (120, 160, 3) for path in pictures)
    assert len((tmp_path / "a.ffconcat").read_text().split("duration")) >= 50


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 600 kB, where one may be made."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(made, check=False).returncode:
        pytest.skip("file systems may not be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.webm", "a%d.png"])
def test_when_the_disk_is_full_the_film_plays_and_the_picture_goes_on(small_disk, caplog, name):
    numbers, after, pipeline = count(), [], Pipeline()
    outputs = Outputs(pipeline, waits=True, watched=True)

    def render(number):
        if outputs.states["recorder"].condition is Condition.FAILED:
            after.append(number)
        return output(NOISE[number % 60], number / 30, number)

    def read_frame():
        return next(numbers) if len(after) < 30 else None

    slot = Slot(1, True)
    pipeline.stage("read", read_frame, targets=[slot])
    pipeline.stage("render", render, slot, [outputs])
    outputs.start("recorder", file=small_disk / name)
    pipeline.run_until_done()
    assert len(after) >= 30
    assert outputs.states["recorder"].condition is Condition.FAILED
    told = [r.getMessage() for r in caplog.records if not hasattr(r, "elsewhere")]
    assert len(told) == 1
    assert "cannot be written: No space left on device. Make room" in told[0]
    if name.endswith("png"):
        pictures = list(small_disk.glob("a*.png"))
        assert len(pictures) > 3
        assert all(cv2.imread(str(path)).shape == (120, 160, 3) for path in pictures)
    else:
        assert len(read(small_disk / name)[0]) > 3
        assert [path.name for path in small_disk.iterdir()] == [name]


@pytest.mark.parametrize("ending", [".mp4", ".mkv", ".webm"])
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
