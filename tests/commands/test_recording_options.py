import pytest
import rich_click as click

from livemask import cli
from livemask.config import Config


def config(*words):
    with cli.commands.commands["run"].make_context("run", list(words)) as context:
        known = Config.__dataclass_fields__
        return Config(**{name: v for name, v in context.params.items() if name in known})


def test_without_options_recording_is_as_usual():
    usual = config()
    assert usual == Config()
    assert (usual.record_codec, usual.record_quality, usual.record_sound) == (
        "auto",
        "high",
        "source",
    )


def test_every_option_of_recording_reaches_the_run(tmp_path):
    asked = config(
        *("--record", "a.webm", "--record-raw", "b.mp4", "--record-codec", "av1"),
        *("--record-quality", "70", "--record-hardware", "--record-sound", "plughw:1"),
    )
    assert (str(asked.record), str(asked.record_raw)) == ("a.webm", "b.mp4")
    assert (asked.record_codec, asked.record_quality) == ("av1", "70")
    assert (asked.record_hardware, asked.record_sound) == (True, "plughw:1")
    assert config("--record", str(tmp_path)).record == tmp_path


def test_every_option_of_the_virtual_camera_reaches_the_run():
    asked = config(
        *("--virtual-camera", "--virtual-camera-mirror"),
        *("--virtual-camera-size", "640x480", "--virtual-camera-rate", "15"),
    )
    assert (asked.virtual_camera, asked.virtual_camera_mirror) == ("", True)
    assert (asked.virtual_camera_size, asked.virtual_camera_rate) == ((640, 480), 15.0)


@pytest.mark.parametrize(
    "words", [("--record-codec", "theora"), ("--virtual-camera-size", "640"), ("--record-raw",)]
)
def test_what_cannot_be_is_refused(words):
    with pytest.raises(click.UsageError):
        config(*words)
