import json

import pytest
from click.testing import CliRunner

from livemask.bench import trial as module
from livemask.commands.bench import bench
from tests.bench.test_advice import GOOD


@pytest.fixture
def said(monkeypatch):
    """Return a function that runs the command where a trial gives known numbers."""
    asked = []

    def run(*arguments):
        monkeypatch.setattr(module, "trial", lambda *a: asked.append(a) or GOOD)
        done = CliRunner().invoke(bench, arguments)
        assert done.exit_code == 0, done.output
        return done.stdout, asked[-1]

    return run


def test_stages_and_advice_are_printed(said):
    text, _ = said()
    lines = text.splitlines()
    assert lines[0].startswith("300 pictures of 1280x720, a face in 300, 0 dropped; 2 cores")
    assert lines[2].split() == ["track", "8.00", "12.00"]
    assert lines[-1].startswith("- The largest picture")


def test_the_json_holds_all_the_numbers_and_the_advice(said):
    told = json.loads(said("--json")[0])
    assert told["version"] == 1
    assert (told["possible_fps"], told["limited_by"]) == (100.0, "source")
    assert told["stages"]["track"] == {"median_ms": 8.0, "p95_ms": 12.0}
    assert told["masks"]["wireframe"] == {"track_ms": 8.0, "draw_ms": 10.0, "fps": 100.0}
    assert told["sizes"]["1920x1080"]["fps"] == 20.0
    assert len(told["advice"]) == 4


def test_source_length_and_mask_reach_the_trial(said):
    _, (config, seconds, _) = said(
        "--source", "talk.mp4", "--seconds", "3", "--mask", "shaded", "--size", "640x480"
    )
    assert (config.source, config.masks, config.size) == ("talk.mp4", ("shaded",), (640, 480))
    assert seconds == 3.0


def test_a_length_that_cannot_be_is_refused():
    assert CliRunner().invoke(bench, ["--seconds", "0"]).exit_code == 2
