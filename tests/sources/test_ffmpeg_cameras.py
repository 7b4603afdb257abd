import av
import av.logging
import pytest

from livemask.sources import ffmpeg_cameras
from livemask.sources.camera_info import CameraInfo, Kind
from livemask.sources.camera_mode import Mode

DSHOW = """
DirectShow video device options (from video devices)
 Pin "Capture" (alternative pin name "0")
  vcodec=mjpeg  min s=1280x720 fps=5 max s=1280x720 fps=30
  vcodec=mjpeg  min s=1280x720 fps=5 max s=1280x720 fps=30.0003
  pixel_format=yuyv422  min s=640x480 fps=5 max s=640x480 fps=30
  pixel_format=yuyv422  min s=1280x720 fps=5 max s=1280x720 fps=10 (tv, bt709)
""".splitlines()
AVFOUNDATION = """
Selected video size (1x1) is not supported by the device.
Supported modes:
  640x480@[1.000000 30.000030]fps
  1280x720@[1.000000 30.000030]fps
""".splitlines()


class Device:
    def __init__(self, name, description, *kinds):
        self.name, self.description, self.media_types = name, description, list(kinds)


def listed(monkeypatch, *devices):
    monkeypatch.setattr(av, "enumerate_input_devices", lambda _: list(devices))
    return ffmpeg_cameras.ffmpeg_cameras("any")


def test_cameras_are_those_that_show_pictures_by_their_names(monkeypatch):
    found = listed(
        monkeypatch,
        Device("0", "FaceTime", "video"),
        Device("0", "Microphone", "audio"),
        Device("1", "", "video"),
    )
    assert found == (CameraInfo(0, "FaceTime"), CameraInfo(1, "1"))


def test_a_virtual_camera_that_does_not_run_counts_so_that_the_numbers_are_right(monkeypatch):
    found = listed(
        monkeypatch,
        Device("@device_sw_1", "OBS Virtual Camera"),
        Device("@device_pnp_2", "HD Camera", "video"),
    )
    assert [(c.index, c.name, c.place, c.kind) for c in found] == [
        (0, "OBS Virtual Camera", "@device_sw_1", Kind.VIRTUAL),
        (1, "HD Camera", "@device_pnp_2", Kind.WEBCAM),
    ]


def test_a_screen_is_no_camera(monkeypatch):
    screen = Device("1", "Capture screen 0", "video")
    assert len(listed(monkeypatch, Device("0", "FaceTime", "video"), screen)) == 1


def test_a_system_that_ffmpeg_does_not_know_has_no_cameras():
    assert ffmpeg_cameras.ffmpeg_cameras("no such system") == ()


def test_modes_are_read_from_what_directshow_says_with_the_highest_rate_of_each():
    assert ffmpeg_cameras.parsed_modes(DSHOW) == (
        Mode("mjpeg", (1280, 720), 30.0),
        Mode("yuyv422", (640, 480), 30.0),
        Mode("yuyv422", (1280, 720), 10.0),
    )


def test_modes_are_read_from_the_refusal_of_avfoundation():
    assert ffmpeg_cameras.parsed_modes(AVFOUNDATION) == (
        Mode("", (640, 480), 30.0),
        Mode("", (1280, 720), 30.0),
    )


@pytest.mark.parametrize(
    ("system", "camera", "name"),
    [
        ("dshow", CameraInfo(0, "HD Camera", place="@device_pnp_2"), "video=@device_pnp_2"),
        ("avfoundation", CameraInfo(0, "FaceTime"), "FaceTime:none"),
    ],
)
def test_each_system_is_asked_for_modes_by_the_name_of_the_camera(
    system, camera, name, monkeypatch
):
    asked = []

    def refuse(file, **options):
        asked.append((file, options["format"]))
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(av, "open", refuse)
    level = av.logging.get_level()
    assert ffmpeg_cameras.ffmpeg_modes(camera, system) == ()
    assert asked == [(name, system)]
    assert av.logging.get_level() == level


def test_modes_of_a_system_that_is_not_here_are_unknown():
    assert ffmpeg_cameras.ffmpeg_modes(CameraInfo(0, "HD Camera"), "dshow") == ()
