import os
import struct
from errno import EINVAL

import pytest

from livemask.sources import listing
from livemask.sources.camera_mode import Mode
from livemask.sources.listing import CameraInfo

v4l2 = pytest.importorskip("livemask.sources.v4l2", reason="video devices of Linux")

# Numbers as a C compiler gives them for linux/videodev2.h.
QUERYCAP, ENUM_FMT, ENUM_FRAMESIZES, ENUM_FRAMEINTERVALS = (
    0x80685600,
    0xC0405602,
    0xC02C564A,
    0xC034564B,
)
MJPG, YUYV = (int.from_bytes(name, "little") for name in (b"MJPG", b"YUYV"))


def capability(name, whole, own=0):
    return struct.pack("=16s32s32sIII12x", b"uvcvideo", name, b"usb-1", 6 << 16, whole, own)


class FakeDriver:
    """Answers as a webcam does: two formats, the first with two sizes, the second stepwise."""

    def __init__(self, name=b"HD Webcam", whole=0x84200001, own=0x04200001):
        self.answers = {(QUERYCAP,): capability(name, whole, own)}
        formats = [(0, 1, 1, b"Motion-JPEG", MJPG), (1, 1, 0, b"YUYV 4:2:2", YUYV)]
        for entry in formats:
            head = (ENUM_FMT, *entry[:2])
            self.answers[head] = struct.pack("=3I32s5I", *entry, 0, 0, 0, 0)
        self._size(0, MJPG, (1, 1280, 720, 0, 0, 0, 0))
        self._size(1, MJPG, (1, 640, 480, 0, 0, 0, 0))
        self._size(0, YUYV, (3, 160, 800, 8, 120, 600, 8))
        self._interval(0, MJPG, (1280, 720), (1, 1, 15))
        self._interval(1, MJPG, (1280, 720), (1, 1, 30))
        self._interval(0, YUYV, (800, 600), (3, 100, 1000))

    def _size(self, index, fourcc, body):
        self.answers[ENUM_FRAMESIZES, index, fourcc] = struct.pack(
            "=11I", index, fourcc, *body, 0, 0
        )

    def _interval(self, index, fourcc, size, body):
        head = (index, fourcc, *size)
        answer = struct.pack("=8I20x", *head, *body, 0)
        self.answers[(ENUM_FRAMEINTERVALS, *head)] = answer

    def __call__(self, device, request, buffer):
        words = struct.unpack_from("=4I", buffer)
        for count in (0, 2, 4):
            answer = self.answers.get((request, *words[:count]))
            if answer is not None and len(answer) == len(buffer):
                buffer[:] = answer
                return
        raise OSError(EINVAL, "Invalid argument")


def test_requests_have_the_numbers_of_the_kernel():
    assert v4l2.QUERY_CAPABILITIES == QUERYCAP
    assert v4l2.ENUMERATE_FORMATS == ENUM_FMT
    assert v4l2.ENUMERATE_SIZES == ENUM_FRAMESIZES
    assert v4l2.ENUMERATE_INTERVALS == ENUM_FRAMEINTERVALS


def test_a_capture_device_tells_its_name():
    assert v4l2.capabilities(0, FakeDriver()) == ("HD Webcam", True)


def test_the_second_device_of_a_webcam_captures_no_pictures():
    metadata = FakeDriver(whole=0x84A00001, own=0x04A00000)
    assert v4l2.capabilities(0, metadata) == ("HD Webcam", False)


def test_an_old_driver_is_believed_what_it_says_of_the_whole():
    assert v4l2.capabilities(0, FakeDriver(whole=0x00000001))[1]


def test_a_virtual_camera_that_only_takes_captures_no_pictures():
    assert not v4l2.capabilities(0, FakeDriver(whole=0x85200002, own=0x05200002))[1]


def test_modes_have_sizes_and_the_highest_rate():
    assert v4l2.modes(0, FakeDriver()) == (
        Mode("MJPG", (1280, 720), 30.0),
        Mode("MJPG", (640, 480), None),
        Mode("YUYV", (800, 600), 10.0),
    )


def test_a_driver_that_never_ends_its_list_is_not_followed_for_ever():
    class Endless(FakeDriver):
        def __call__(self, device, request, buffer):
            if request != ENUM_FMT:
                return super().__call__(device, request, buffer)
            struct.pack_into("=I", buffer, 44, MJPG)
            return None

    assert len(v4l2.modes(0, Endless())) < 1000


@pytest.fixture
def machine(tmp_path):
    """Return a machine with a webcam (0, its metadata 1) and a film grabber (10)."""
    drivers = {
        "video0": FakeDriver(b"Integrated Camera"),
        "video1": FakeDriver(b"Integrated Camera", 0x84A00001, 0x04A00000),
        "video10": FakeDriver(b"Grabber"),
    }
    system, devices = tmp_path / "sys", tmp_path / "dev"
    devices.mkdir()
    by_file = {}
    for name, driver in drivers.items():
        (system / name).mkdir(parents=True)
        (system / name / "name").write_text(f"name of {name}\n")
        (system / name / "index").write_text("1\n" if name == "video1" else "0\n")
        (devices / name).touch()
        by_file[(devices / name).stat().st_ino] = driver

    def ioctl(device, request, buffer):
        return by_file[os.fstat(device).st_ino](device, request, buffer)

    return {"system": system, "devices": devices, "ioctl": ioctl}


def test_cameras_are_listed_by_number_without_their_metadata(machine):
    found = listing.linux_cameras(**machine)
    assert [(camera.index, camera.name) for camera in found] == [
        (0, "Integrated Camera"),
        (10, "Grabber"),
    ]
    assert found[0].path == str(machine["devices"] / "video0")
    assert found[0].modes[0] == Mode("MJPG", (1280, 720), 30.0)


def test_a_camera_that_may_not_be_opened_is_listed_as_such(machine, monkeypatch):
    def refuse(path, flags):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(listing.os, "open", refuse)
    found = listing.linux_cameras(**machine)
    assert [(c.index, c.name, c.permitted) for c in found] == [
        (0, "name of video0", False),
        (10, "name of video10", False),
    ]
    assert listing.describe(found[0]).endswith(", no permission")


def test_an_entry_without_a_device_file_is_no_camera(machine):
    (machine["devices"] / "video10").unlink()
    assert [camera.index for camera in listing.linux_cameras(**machine)] == [0]


def test_a_file_that_is_no_video_device_is_no_camera(tmp_path):
    (tmp_path / "sys" / "video0").mkdir(parents=True)
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "video0").write_text("no device")
    assert listing.linux_cameras(tmp_path / "sys", tmp_path / "dev") == ()


def test_a_machine_without_video_devices_has_no_cameras(tmp_path):
    assert listing.linux_cameras(tmp_path / "none", tmp_path) == ()


def test_the_cameras_of_this_machine_can_be_listed():
    assert all(isinstance(camera, CameraInfo) for camera in listing.cameras())


def test_a_line_tells_number_name_device_and_the_largest_size_of_each_format():
    modes = (
        Mode("MJPG", (640, 480), 60.0),
        Mode("MJPG", (1280, 720), 30.0),
        Mode("YUYV", (640, 480), None),
    )
    line = listing.describe(CameraInfo(2, "HD Webcam", "/dev/video2", modes))
    assert line == ("2: HD Webcam, /dev/video2, MJPG 1280x720 at 30 frames/s, YUYV 640x480")


def test_elsewhere_cameras_are_those_of_ffmpeg_that_show_pictures(monkeypatch):
    class Device:
        def __init__(self, description, kind):
            self.name, self.description, self.media_types = "id", description, [kind]

    devices = [Device("FaceTime", "video"), Device("Microphone", "audio"), Device("", "video")]
    monkeypatch.setattr(listing.av, "enumerate_input_devices", lambda _: devices)
    assert listing.ffmpeg_cameras("avfoundation") == (
        CameraInfo(0, "FaceTime"),
        CameraInfo(1, "id"),
    )


def test_a_system_that_ffmpeg_does_not_know_has_no_cameras():
    assert listing.ffmpeg_cameras("no such system") == ()


@pytest.mark.parametrize(("system", "name"), [("win32", "dshow"), ("darwin", "avfoundation")])
def test_each_system_is_asked_in_its_own_way(system, name, monkeypatch):
    asked = []
    monkeypatch.setattr(listing, "ffmpeg_cameras", asked.append)
    listing.cameras(system)
    assert asked == [name]
