import sys
import threading

import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.sinks.virtual_camera import create
from tests.sinks.films import output, picture

pyvirtualcam = pytest.importorskip("pyvirtualcam")

PATIENCE = 20.0  # s after which a test that hangs fails


class Device:
    """A camera device of its own, as pyvirtualcam describes one."""

    opened: "list[Device]"
    refuses = False

    def __init__(self, *, width, height, fps, fourcc, device, **options):
        if type(self).refuses:
            raise RuntimeError("the device is busy")
        self.shape = (height, width, 3)
        self.fps = fps
        self.name = device or "the first one"
        self.pictures = []
        self.sent = threading.Condition()
        self.closed = 0
        self.breaks = False
        type(self).opened.append(self)

    def send(self, frame):
        assert not self.closed
        if self.breaks:
            raise OSError("the device was unloaded")
        with self.sent:
            self.pictures.append(frame.reshape(self.shape).copy())
            del self.pictures[:-20]
            self.sent.notify_all()

    def wait_for(self, condition):
        with self.sent:
            assert self.sent.wait_for(condition, PATIENCE)

    def close(self):
        self.closed += 1

    def device(self):
        return self.name

    def native_fourcc(self):
        return None


@pytest.fixture
def opened():
    """Yield the list of devices that were opened through the back end `test`."""
    Device.opened, Device.refuses = [], False
    pyvirtualcam.register_backend("test", Device)
    yield Device.opened
    del pyvirtualcam.camera.BACKENDS["test"]


@pytest.fixture
def camera(opened):
    camera = create(backend="test")
    yield camera
    camera.close()


def test_it_is_1280x720_at_30_hz_and_black_before_the_first_picture(camera, opened):
    (device,) = opened
    device.wait_for(lambda: len(device.pictures) >= 2)
    assert (device.shape, device.fps) == ((720, 1280, 3), 30.0)
    assert not np.any(device.pictures[0])


def test_the_last_picture_is_sent_again_until_there_is_a_newer_one(camera, opened):
    (device,) = opened
    for colour in [(200, 60, 40), (10, 20, 30)]:
        camera.send(output(picture(colour, (1280, 720))))
        device.wait_for(lambda c=colour: sum((p == c).all() for p in device.pictures) >= 3)
    assert (device.pictures[-1] == (10, 20, 30)).all()


def test_a_picture_of_another_shape_stands_between_black_bars(camera, opened):
    (device,) = opened
    camera.send(output(picture(200, (640, 480))))
    device.wait_for(lambda: device.pictures and device.pictures[-1].any())
    shown = device.pictures[-1]
    assert (shown[:, 160:1120] == 200).all()
    assert not shown[:, :160].any()
    assert not shown[:, 1120:].any()


def test_closing_ends_the_pictures_and_closes_the_device_once(opened):
    camera = create(backend="test")
    (device,) = opened
    camera.close()
    camera.close()
    assert device.closed == 1
    assert "virtual camera" not in [thread.name for thread in threading.enumerate()]


def test_a_device_can_be_chosen(opened):
    camera = create(device="/dev/video10", backend="test")
    assert camera.device == opened[0].name == "/dev/video10"
    camera.close()


def test_only_the_newest_picture_may_wait(camera):
    assert camera.capacity == 1
    assert camera.wants_pixels


def test_a_device_that_breaks_down_is_reported_with_the_next_picture(opened):
    camera = create(backend="test")
    (device,) = opened
    device.breaks = True
    camera._thread.join(PATIENCE)
    assert device.closed == 1
    with pytest.raises(SinkError, match="takes no more pictures: the device was unloaded"):
        camera.send(output(picture(1)))
    camera.close()


def test_a_device_that_breaks_down_at_the_end_is_reported_by_close(opened):
    camera = create(backend="test")
    opened[0].breaks = True
    camera._thread.join(PATIENCE)
    with pytest.raises(SinkError, match="the device was unloaded"):
        camera.close()


@pytest.mark.parametrize(
    ("platform", "commands"),
    [
        ("linux", ["sudo apt install v4l2loopback-dkms", "sudo modprobe v4l2loopback"]),
        ("darwin", ["brew install --cask obs"]),
        ("win32", ["winget install OBSProject.OBSStudio"]),
    ],
)
def test_without_a_device_one_error_says_what_to_type(opened, monkeypatch, platform, commands):
    Device.refuses = True
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(SinkError) as caught:
        create(backend="test")
    assert "the device is busy" in str(caught.value)
    assert "without --virtual-camera" in str(caught.value)
    for command in commands:
        assert command in str(caught.value)


def test_an_unknown_back_end_is_refused_with_those_that_are_known(opened):
    with pytest.raises(UsageError, match=r"no virtual camera backend 'magic'; known: .*'test'"):
        create(backend="magic")


def test_without_the_package_one_error_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyvirtualcam", None)
    with pytest.raises(SinkError, match=r'pip install "livemask\[virtual-camera\]"'):
        create()
