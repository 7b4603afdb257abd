"""The whole chain twice: a run that keeps a session, and that session replayed."""

import json
import logging
import shutil

import numpy as np
import pytest

from livemask import app
from livemask.config import Config
from livemask.detectors import dlib68
from livemask.errors import ModelError, SourceError, UsageError
from livemask.session.settings import replayed
from tests import drawn_film

COUNT, GONE = 26, range(7, 22)  # gone for longer than a face is held
OUTPUTS = {"record": "o.mp4", "csv": "o.csv", "gltf": "o.glb", "livelink_csv": "take.csv"}


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Run a film once, keep its session, and write everything that can be written."""
    folder = tmp_path_factory.mktemp("run")
    film = drawn_film.write(folder / "film.mp4", drawn_film.pictures(COUNT, GONE))
    run(folder, source=str(film), masks=("textured", "hat"), session=folder / "s")
    return folder


def run(folder, **options):
    files = {name: folder / file for name, file in OUTPUTS.items()}
    return app.run(Config(headless=True, **{**files, **options}))


def replay(done, folder, **options):
    settings = json.loads((done / "s/session.json").read_text())["settings"]
    return run(folder, **{**replayed(settings), **options}, replay=done / "s")


@pytest.fixture
def no_detector(monkeypatch):
    """Let nothing find a face."""

    def refuse(**_):
        raise AssertionError("a detector was loaded")

    monkeypatch.setattr(dlib68, "create", refuse)


def test_picture_and_numbers_are_the_same_byte_by_byte_without_any_detector(
    done, tmp_path, no_detector
):
    summary = replay(done, tmp_path)
    assert summary.frames == COUNT
    for file in OUTPUTS.values():
        assert (tmp_path / file).read_bytes() == (done / file).read_bytes(), file


def test_the_film_is_that_of_the_source(done):
    kept, _ = drawn_film.read(done / "s/film.mkv")
    given, _ = drawn_film.read(done / "film.mp4")
    assert len(kept) == COUNT
    assert np.abs(np.subtract(kept, given, dtype=np.int16)).max() <= 3  # another RGB conversion


def test_another_mask_has_the_same_numbers_and_another_picture(done, tmp_path, no_detector):
    replay(done, tmp_path, masks=("mosaic",), gltf=None)
    assert (tmp_path / "o.csv").read_bytes() == (done / "o.csv").read_bytes()
    before, _ = drawn_film.read(done / "o.mp4")
    after, _ = drawn_film.read(tmp_path / "o.mp4")
    assert np.abs(np.subtract(after[5], before[5], dtype=np.int16)).mean() > 3.0


def test_who_is_lost_stays_hidden_when_replayed(done, tmp_path, caplog):
    replay(done, tmp_path, masks=("mosaic",), csv=None, gltf=None)
    looking = dlib68.create()
    before, after = (drawn_film.read(f)[0][::3] for f in (done / "film.mp4", tmp_path / "o.mp4"))
    assert any(looking.find(picture) for picture in before)
    assert not any(looking.find(picture) for picture in after)
    assert "not looked for as carefully" not in caplog.text


def test_masks_that_hide_on_a_session_without_one_are_warned_of(done, tmp_path, caplog):
    session = shutil.copytree(done / "s", tmp_path / "s")
    said = json.loads((session / "session.json").read_text())
    said["settings"]["hides"] = False
    (session / "session.json").write_text(json.dumps(said))
    with caplog.at_level(logging.WARNING, "livemask"):
        app.run(Config(replay=session, masks=("shaded",), csv=tmp_path / "o.csv", headless=True))
    assert "not looked for as carefully" in caplog.text


def test_a_session_that_was_broken_off_replays_as_far_as_it_goes(done, tmp_path, caplog):
    session = shutil.copytree(done / "s", tmp_path / "s")
    lines = (session / "faces.jsonl").read_bytes()
    (session / "faces.jsonl").write_bytes(lines[: len(lines) // 2])
    summary = app.run(Config(replay=session, csv=tmp_path / "o.csv", headless=True))
    assert 0 < summary.frames < COUNT
    assert "was broken off" in caplog.text
    assert (done / "o.csv").read_text().startswith((tmp_path / "o.csv").read_text())


def test_another_model_is_refused(done, tmp_path):
    session = shutil.copytree(done / "s", tmp_path / "s")
    said = json.loads((session / "session.json").read_text())
    (session / "session.json").write_text(json.dumps({**said, "model": "0" * 64}))
    with pytest.raises(ModelError, match="another head model than 'head'"):
        app.run(Config(replay=session, csv=tmp_path / "o.csv", headless=True))


def test_no_output_overwrites_the_session_that_is_replayed(done):
    before = (done / "s/table.csv").read_bytes()
    for options in ({"csv": done / "s/table.csv"}, {"session": done / "s"}):
        with pytest.raises(UsageError, match="in the session itself"):
            app.run(Config(replay=done / "s", headless=True, overwrite=True, **options))
    assert (done / "s/table.csv").read_bytes() == before


def test_what_is_no_session_is_said(tmp_path):
    with pytest.raises(SourceError, match="is no session"):
        app.run(Config(replay=tmp_path, csv=tmp_path.with_suffix(".csv"), headless=True))


def test_a_session_of_a_session_is_the_same(done, tmp_path):
    app.run(Config(replay=done / "s", session=tmp_path / "s", frames=12, headless=True))
    kept = (tmp_path / "s/faces.jsonl").read_bytes()
    assert kept
    assert (done / "s/faces.jsonl").read_bytes().startswith(kept)
