from pathlib import Path
from types import SimpleNamespace

import pytest

from livemask.config import Config
from livemask.errors import UsageError
from livemask.plugins import options_of
from livemask.sinks import recorder, virtual_camera
from livemask.start.recording import camera_options, films, recorder_options, recording_is_free
from livemask.start.wanted import played, wanted_outputs

CAMERA = SimpleNamespace(began=12.5, path=None, rate=30.0, live=True)
FILM = SimpleNamespace(path=Path("talk.mp4"), rate=25.0, live=False)


def config(**options):
    return Config(headless=True, csv=Path("a.csv"), **options)


def test_nothing_is_asked_of_a_recorder_but_what_the_options_say():
    asked = recorder_options(config(record=Path("a.mp4")), FILM)
    assert asked == {
        "codec": "auto",
        "quality": "high",
        "hardware": False,
        "raw": None,
        "alpha": False,
        "sound": "source",
        "began": None,
    }


def test_options_of_the_recorder_reach_it():
    asked = recorder_options(
        config(
            record=Path("a.webm"),
            record_raw=Path("b.mp4"),
            record_codec="av1",
            record_quality="40",
            record_hardware=True,
            record_sound="plughw:1",
            background="transparent",
        ),
        CAMERA,
    )
    assert asked.pop("began")() == 12.5
    assert list(asked.values()) == ["av1", "40", True, Path("b.mp4"), True, "plughw:1"]


def test_a_recorder_that_is_switched_on_later_is_told_the_same_but_never_films_bare_frames():
    asked = config(record=Path("a.mp4"), record_raw=Path("b.mp4"), record_quality="40")
    given = played("recorder", asked, CAMERA)
    assert given["quality"] == "40"
    assert given["began"]() == 12.5
    assert "raw" not in given
    (_, whole), *_ = wanted_outputs(asked, CAMERA, None)
    assert whole["raw"] == Path("b.mp4")
    assert played("virtual-camera", asked, CAMERA) == camera_options(asked)


def test_the_recorder_and_the_camera_know_all_that_they_are_told():
    assert recorder_options(config(), CAMERA).keys() <= options_of(recorder.create).keys()
    asked = camera_options(
        config(virtual_camera="", virtual_camera_size=(640, 480), virtual_camera_rate=15.0)
    )
    assert asked.keys() <= options_of(virtual_camera.create).keys()


def test_a_virtual_camera_is_as_usual_unless_told():
    assert camera_options(config(virtual_camera="")) == {
        "device": None,
        "mirror": False,
        "alpha": False,
    }
    asked = camera_options(
        config(
            virtual_camera="/dev/video10",
            virtual_camera_mirror=True,
            virtual_camera_size=(640, 480),
            virtual_camera_rate=15.0,
            background="transparent",
        )
    )
    assert asked == {
        "device": "/dev/video10",
        "mirror": True,
        "alpha": True,
        "width": 640,
        "height": 480,
        "rate": 15.0,
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"record_raw": Path("b.mp4")}, "--record-raw goes beside a film; add --record"),
        ({"record_quality": "super"}, "--record-quality super"),
        ({"record": Path("a.webm"), "record_codec": "h264"}, "webm does not hold h264"),
        ({"record": Path("a_%d_%d.png")}, "write one number in it"),
        ({"record": Path("a_%d.png"), "record_sound": "hw:1"}, "and a_%d.png is pictures"),
    ],
)
def test_what_no_recorder_does_is_refused_before_anything_is_opened(options, message):
    with pytest.raises(UsageError, match=message):
        recording_is_free(config(**options))


def test_pictures_are_no_film_but_are_looked_after(tmp_path):
    (tmp_path / "frame_000004.png").touch()
    asked = config(record=tmp_path, record_raw=Path("raw.mkv"))
    assert films(asked) == (Path("raw.mkv"),)
    with pytest.raises(UsageError, match=r"frame_000004\.png exists already"):
        recording_is_free(asked)


@pytest.mark.parametrize("source", ["", "in_%03d.png", "in_*.png", "photo.PNG"])
def test_pictures_are_not_written_among_those_that_are_read(tmp_path, source):
    asked = config(source=str(tmp_path / source), record=tmp_path, overwrite=True)
    with pytest.raises(UsageError, match="holds the input itself"):
        recording_is_free(asked)


@pytest.mark.parametrize("source", ["talk.mp4", "0", "performer,seconds=2"])
def test_pictures_may_be_written_beside_a_film(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    recording_is_free(config(source=source, record=Path("face_%06d.png")))
