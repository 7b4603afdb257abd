import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from livemask.errors import LivemaskError, UsageError
from livemask.synthesis import crew
from livemask.synthesis.crew import photos_in
from livemask.synthesis.storing import encoded, files_of, packed
from livemask.synthesis.synthesize import synthesize
from tests.synthesis.making import ORDER, studio

PROGRAM = [sys.executable, "-m", "livemask", "synthesize"]


@pytest.fixture
def one_studio(monkeypatch):
    """Let this process make pictures with the studio of all these tests."""
    monkeypatch.setattr(crew, "_studio", lambda _order: studio())


def arguments(out, *more):
    return [*PROGRAM, *more, "--out", str(out), "--size", str(ORDER.size), "--yaw", "40",
            "--things", "0.3", "--workers", "2"]  # fmt: skip


def pictures(out):
    return sorted(out.glob("[0-9]*/[0-9]*.jpg"))


@pytest.mark.skipif(os.name != "posix", reason="there is no kill -9")
def test_after_kill_9_two_processes_leave_what_one_makes_and_the_rest_follows(tmp_path, one_studio):
    started = subprocess.Popen(arguments(tmp_path, "4000"), stderr=subprocess.PIPE)
    while len(pictures(tmp_path)) < 3 and started.poll() is None:
        time.sleep(0.05)
    os.kill(started.pid, signal.SIGKILL)
    started.communicate()
    time.sleep(0.5)  # the processes that it started notice, and end
    found = pictures(tmp_path)
    assert 3 <= len(found) < 4000
    time.sleep(0.5)
    assert pictures(tmp_path) == found
    last = max(int(file.stem) for file in found)
    gaps = last + 2
    assert synthesize(gaps, tmp_path, ORDER) == gaps
    for index in (0, 1, last, last + 1):
        image, labels = files_of(tmp_path, ORDER, index)
        made = studio().picture(index)
        assert image.read_bytes() == encoded(made.image, "jpg")
        assert labels.read_bytes() == packed(made.labels)


def test_pictures_that_are_there_are_left_and_others_of_another_order_refused(tmp_path, one_studio):
    told = []
    assert synthesize(1, tmp_path, ORDER, told=lambda *a: told.append(a)) == 1
    first = pictures(tmp_path)[0]
    before = first.stat().st_mtime_ns
    assert synthesize(1, tmp_path, ORDER, told=lambda *a: told.append(a)) == 1
    assert first.stat().st_mtime_ns == before
    assert told == [(0, 1), (1, 1), (1, 1)]
    with pytest.raises(UsageError, match="--size 128, not 64"):
        synthesize(1, tmp_path, replace(ORDER, size=64))


def test_a_folder_without_photos_is_no_background(tmp_path):
    with pytest.raises(LivemaskError, match="no photos are in"):
        photos_in(str(tmp_path))
    with pytest.raises(LivemaskError, match="cannot be read"):
        photos_in(str(tmp_path / "none"))
