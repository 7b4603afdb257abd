from dataclasses import replace

import pytest

from livemask.sources import listing
from livemask.sources.camera_info import CameraInfo, Kind
from livemask.sources.camera_mode import Mode

MODES = (
    Mode("MJPG", (640, 480), 60.0),
    Mode("MJPG", (1280, 720), 30.0),
    Mode("YUYV", (640, 480), None),
)
LEFT = CameraInfo(2, "Brio", "/dev/video2", place="1-4:1.0", serial="A7")
RIGHT = CameraInfo(4, "Brio", "/dev/video4", place="1-5:1.0", serial="B9")
STUDIO = CameraInfo(6, "Brio Studio", "/dev/video6", place="1-6:1.0")


def test_the_cameras_of_this_machine_can_be_listed():
    assert all(isinstance(camera, CameraInfo) for camera in listing.cameras())
    assert all(isinstance(camera, CameraInfo) for camera in listing.present())


def test_a_line_tells_number_name_device_and_the_largest_size_of_each_format():
    line = listing.describe(CameraInfo(2, "HD Webcam", "/dev/video2", MODES))
    assert line == "2: HD Webcam, /dev/video2, MJPG 1280x720 at 30 frames/s, YUYV 640x480"


def test_what_is_not_as_with_any_webcam_is_remarked():
    odd = replace(LEFT, kind=Kind.CAPTURE_CARD, signal=False, users=("obs (1)", "zoom (2)"))
    assert listing.remarks(odd) == ["capture card", "no signal", "in use by obs (1), zoom (2)"]
    assert listing.remarks(replace(LEFT, permitted=False)) == ["no permission"]
    assert listing.remarks(LEFT) == []


def test_modes_are_grouped_by_format_the_largest_first():
    grouped = listing.by_format(MODES)
    assert [(form, [m.size for m in modes]) for form, modes in grouped.items()] == [
        ("MJPG", [(1280, 720), (640, 480)]),
        ("YUYV", [(640, 480)]),
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Brio", [LEFT, RIGHT]),
        ("brio studio", [STUDIO]),
        ("studio", [STUDIO]),
        ("b9", [RIGHT]),
        ("1-4:1.0", [LEFT]),
        ("webcam", []),
    ],
)
def test_a_camera_is_meant_by_name_part_of_it_serial_number_or_socket(text, meant):
    assert listing.called(text, (LEFT, RIGHT, STUDIO)) == meant


@pytest.mark.parametrize("camera", [LEFT, RIGHT, STUDIO])
def test_what_tells_a_camera_from_others_of_its_name_means_it(camera):
    text = listing.label(camera)
    assert text.startswith(f"{camera.index} ({camera.name}, ")
    last = text.removesuffix(")").rpartition(", ")[2]
    assert listing.called(last, (LEFT, RIGHT, STUDIO)) == [camera]


def test_a_camera_of_which_only_the_name_is_known_is_labelled_by_it():
    assert listing.label(CameraInfo(0, "FaceTime")) == "0 (FaceTime)"


@pytest.mark.parametrize(("system", "name"), [("win32", "dshow"), ("darwin", "avfoundation")])
def test_each_system_is_asked_in_its_own_way(system, name, monkeypatch):
    asked = []
    monkeypatch.setattr(listing.ffmpeg_cameras, "ffmpeg_cameras", asked.append)
    listing.cameras(system)
    listing.present(system)
    assert asked == [name, name]


def test_modes_are_asked_for_only_where_listing_does_not_bring_them(monkeypatch):
    monkeypatch.setattr(listing.ffmpeg_cameras, "ffmpeg_modes", lambda *_: MODES)
    bare, told = CameraInfo(0, "FaceTime"), CameraInfo(0, "FaceTime", modes=MODES[:1])
    assert listing.with_modes(bare, "darwin").modes == MODES
    assert listing.with_modes(bare, "linux") is bare
    assert listing.with_modes(told, "darwin") is told
