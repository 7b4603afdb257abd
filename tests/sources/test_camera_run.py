"""A whole run whose camera is unplugged."""

import csv
import logging
import os
import signal
import sys
from dataclasses import replace

import pytest

from livemask import app
from livemask.config import Config
from livemask.sources.camera import CameraSource
from livemask.sources.camera_info import CameraInfo
from tests.sources.fake_machine import FakeMachine

BRIO = CameraInfo(0, "Brio", "/dev/video0", place="1-4:1.0", serial="77")


@pytest.fixture
def desk(monkeypatch):
    """Return a machine with a Brio, which every run finds."""
    desk = FakeMachine()
    desk.plug(BRIO, 10)
    monkeypatch.setattr(CameraSource.__init__, "__defaults__", (0, None, 30.0, desk.open))
    monkeypatch.setattr(CameraSource.__init__, "__kwdefaults__", {"machine": desk.machine()})
    return desk


@pytest.fixture
def config(tmp_path):
    # A large enough picture for the detector to look at, a small enough one to be quick.
    return Config(source="0", size=(160, 120), csv=tmp_path / "o.csv", headless=True)


def times_of(file):
    with file.open(newline="") as lines:
        return [float(row["timestamp"]) for row in csv.DictReader(lines)]


class Hand:
    """Pulls the camera out once there is a table, and ends the run in the end, as Ctrl-C does."""

    def __init__(self, desk, table, caplog, again=None):
        self._desk, self._table, self._log, self._again = desk, table, caplog, again
        self._ended = False
        self._counted = 0

    def __call__(self, read, *_):
        if "has gone" not in self._log.text:
            if self._table.exists() and BRIO in self._desk.plugged:
                self._desk.unplug(BRIO)
        elif self._again and self._again not in self._desk.plugged:
            self._counted = read
            self._desk.plug(self._again, 20)
        elif not self._ended and (not self._again or read > self._counted + 3):
            self._ended = True
            os.kill(os.getpid(), signal.SIGINT)


pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there are no such signals on Windows"
)


def test_a_run_that_waits_for_its_camera_ends_by_a_signal_and_finishes_its_files(
    desk, config, caplog
):
    with caplog.at_level(logging.WARNING, "livemask"):
        summary = app.run(config, Hand(desk, config.csv, caplog))
    assert desk.opened == [0]
    assert summary.frames >= len(times_of(config.csv)) > 0


def test_a_run_goes_on_when_its_camera_is_plugged_in_again(desk, config, caplog):
    moved = replace(BRIO, index=4, path="/dev/video4")
    with caplog.at_level(logging.WARNING, "livemask"):
        summary = app.run(config, Hand(desk, config.csv, caplog, moved))
    assert desk.opened == [0, "/dev/video4"]
    times = times_of(config.csv)
    assert times == sorted(times)
    assert summary.frames >= len(times) > 0
    assert "the camera Brio is back." in caplog.text
