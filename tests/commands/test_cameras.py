import json

import pytest
from click.testing import CliRunner

from livemask.commands import cameras as command
from livemask.sources import listing
from livemask.sources.camera_info import CameraInfo, Kind
from livemask.sources.camera_mode import Mode

WEBCAM = CameraInfo(
    0,
    "Integrated Camera",
    "/dev/video0",
    (
        Mode("MJPG", (640, 480), 30.0),
        Mode("MJPG", (1280, 720), 30.0),
        Mode("YUYV", (640, 480), None),
    ),
    driver="uvcvideo",
    place="1-8:1.0",
    serial="0001",
    users=("zoom (4711)",),
)
CARD = CameraInfo(
    2, "HDMI in", "/dev/video2", permitted=False, kind=Kind.CAPTURE_CARD, signal=False, users=()
)
ELSEWHERE = CameraInfo(1, "FaceTime HD Camera")


@pytest.fixture
def said(monkeypatch):
    """Return a function that runs the command on a machine with these cameras."""

    def run(*arguments, there=()):
        monkeypatch.setattr(listing, "cameras", lambda: there)
        monkeypatch.setattr(listing, "with_modes", lambda camera: camera)
        done = CliRunner().invoke(command.cameras, arguments)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_each_camera_has_a_line_on_who_it_is_and_one_for_each_format(said):
    assert said(there=(WEBCAM, CARD, ELSEWHERE)).splitlines() == [
        "0  Integrated Camera, /dev/video0, in use by zoom (4711)",
        "   MJPG    1280x720 at 30, 640x480 at 30",
        "   YUYV    640x480",
        "2  HDMI in, /dev/video2, capture card, no signal, no permission",
        "1  FaceTime HD Camera",
    ]


def test_without_a_camera_it_is_said_what_else_there_is(said):
    text = said()
    assert text.startswith("No camera was found.")
    for other in ("film", "photo", "folder", "livemask demo"):
        assert other in text


def test_without_a_camera_the_json_is_an_empty_list(said):
    assert json.loads(said("--json")) == {"version": 1, "cameras": []}


def test_the_json_tells_all_that_is_known_the_largest_size_first(said):
    (camera,) = json.loads(said("--json", there=(WEBCAM,)))["cameras"]
    assert camera == {
        "index": 0,
        "name": "Integrated Camera",
        "path": "/dev/video0",
        "kind": "webcam",
        "driver": "uvcvideo",
        "place": "1-8:1.0",
        "serial": "0001",
        "permitted": True,
        "in_use_by": ["zoom (4711)"],
        "signal": None,
        "modes": [
            {"format": "MJPG", "size": [1280, 720], "rate": 30.0},
            {"format": "MJPG", "size": [640, 480], "rate": 30.0},
            {"format": "YUYV", "size": [640, 480], "rate": None},
        ],
    }


def test_what_is_not_known_is_null_in_the_json(said):
    card, elsewhere = json.loads(said("--json", there=(CARD, ELSEWHERE)))["cameras"]
    assert (card["permitted"], card["signal"], card["in_use_by"]) == (False, False, [])
    known = {"index": 1, "name": "FaceTime HD Camera", "kind": "webcam"}
    assert {key: value for key, value in elsewhere.items() if value is not None} == known
    assert list(elsewhere) == list(card)
