import sys
import threading
import time

import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.sinks.virtual import supply
from livemask.sinks.virtual_camera import create
from tests.sinks.films import output, picture

pyvirtualcam = pytest.importorskip("pyvirtualcam")
pytest.importorskip("pyvirtualcam.util")

PATIENCE = 20.0  # s after which a test that hangs fails
RGB = pyvirtualcam.util.encode_fourcc(pyvirtualcam.PixelFormat.RGB.value)
RGBA = pyvirtualcam.util.encode_fourcc(pyvirtualcam.PixelFormat.RGBA.value)


class Device:
    """A camera device of its own, as pyvirtualcam describes one."""

    opened: "list[Device]"
    refuses = False
    takes: "set[int]"

    def __init__(self, *, width, height, fps, fourcc, device, **options):
        if type(self).refuses:
            raise RuntimeError("the device is busy")
        if fourcc not in type(self).takes:
            raise RuntimeError("the device takes no such pictures")
        self.shape = (height, width, 4 if fourcc == RGBA else 3)
        self.fps = fps
        self.name = device or "the first one"
        self.pictures = []
        self.sent = threading.Condition()
        self.closed = 0
        self.breaks = self.hangs = False
        self.gate, self.hanging = threading.Event(), threading.Event()
        type(self).opened.append(self)

    def send(self, frame):
        assert not self.closed
        if self.breaks:
            raise OSError("the device was unloaded")
        if self.hangs:
            self.hanging.set()
            self.gate.wait(PATIENCE)
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
    Device.opened, Device.refuses, Device.takes = [], False, {RGB}
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


@pytest.fixture
def quick(monkeypatch):
    """Try a device that has gone again at once, and look at it with every picture."""
    monkeypatch.setattr(supply, "LAST_PAUSE", 0.02)
    monkeypatch.setattr(supply.Supply.__init__, "__defaults__", (0.01,))


def told(caplog):
    return [r.getMessage() for r in caplog.records if r.name == "livemask"]


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    assert condition()


def test_a_device_that_vanishes_is_told_once_and_the_picture_goes_on(opened, quick, caplog):
    camera = create(backend="test")
    Device.refuses = True
    opened[0].breaks = True
    wait_until(lambda: opened[0].closed)
    for colour in range(20):
        camera.send(output(picture(colour, (1280, 720))))
    camera.close()
    assert told(caplog) == [
        "the virtual camera the first one has gone (the device was unloaded); waiting for it."
    ]
    assert opened[0].closed == 1


def test_a_device_that_returns_is_opened_again_with_the_newest_picture(opened, quick, caplog):
    camera = create(backend="test", rate=240.0)
    opened[0].breaks = True
    wait_until(lambda: len(opened) == 2)
    camera.send(output(picture(77, (1280, 720))))
    again = opened[1]
    again.wait_for(lambda: again.pictures and (again.pictures[-1] == 77).all())
    wait_until(lambda: len(told(caplog)) == 2)
    camera.close()
    assert again.name == "the first one"
    assert told(caplog)[1] == "the virtual camera the first one is back."
    assert [device.closed for device in opened] == [1, 1]


def test_a_device_that_comes_and_goes_at_once_is_not_told_of_each_time(opened, quick, caplog):
    camera = create(backend="test")
    for number in range(3):
        wait_until(lambda n=number: len(opened) > n)
        opened[number].breaks = True
    wait_until(lambda: len(opened) > 3)
    camera.close()
    assert len(told(caplog)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there, devices are no files")
def test_a_device_whose_file_has_gone_is_noticed_though_it_takes_pictures(
    opened, quick, caplog, tmp_path
):
    (tmp_path / "video10").touch()
    camera = create(device=str(tmp_path / "video10"), backend="test", rate=240.0)
    (tmp_path / "video10").unlink()
    Device.refuses = True
    wait_until(lambda: opened[0].closed)
    camera.close()
    assert "has gone (its device file is gone)" in told(caplog)[0]


def test_a_driver_that_hangs_holds_up_neither_pictures_nor_the_end(opened, monkeypatch, caplog):
    monkeypatch.setattr(supply, "_FAREWELL", 0.05)
    camera = create(backend="test")
    opened[0].hangs = True
    assert opened[0].hanging.wait(PATIENCE)
    for colour in range(20):
        camera.send(output(picture(colour, (1280, 720))))
    camera.close()
    camera.close()
    assert told(caplog) == ["the virtual camera the first one does not answer and was left alone."]
    opened[0].gate.set()
    camera._supply._thread.join(PATIENCE)


def test_it_is_mirrored_only_if_asked_to(opened):
    image = picture(0, (1280, 720))
    image[:, :640] = (200, 60, 40)
    for mirror in (False, True):
        camera, device = create(backend="test", mirror=mirror), opened[-1]
        camera.send(output(image))
        device.wait_for(lambda d=device: d.pictures and d.pictures[-1].any())
        camera.close()
        expected = image[:, ::-1] if mirror else image
        assert np.array_equal(device.pictures[-1], expected)
    assert not image[:, 640:].any()


def test_size_and_rate_are_those_asked_for(opened):
    camera = create(backend="test", width=640, height=360, rate=15.0)
    (device,) = opened
    camera.send(output(picture(9, (1280, 720))))
    device.wait_for(lambda: device.pictures and device.pictures[-1].any())
    camera.close()
    assert (device.shape, device.fps) == ((360, 640, 3), 15.0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"width": 641}, "cannot have 641x720; give even numbers"),
        ({"height": 0}, "cannot have 1280x0"),
        ({"rate": 0.0}, "cannot have 0 pictures"),
        ({"rate": float("nan")}, "cannot have nan pictures"),
    ],
)
def test_a_size_or_rate_that_no_device_has_is_refused(opened, options, message):
    with pytest.raises(UsageError, match=message):
        create(backend="test", **options)
    assert opened == []


def test_a_device_that_takes_opacity_gets_it(opened):
    Device.takes = {RGB, RGBA}
    camera = create(backend="test", alpha=True)
    (device,) = opened
    device.wait_for(lambda: device.pictures)
    assert not device.pictures[0].any()
    image = np.dstack([picture((200, 60, 40), (1280, 720)), np.full((720, 1280), 90, np.uint8)])
    camera.send(output(image))
    device.wait_for(lambda: np.array_equal(device.pictures[-1], image))
    camera.send(output(picture(7, (640, 480))))
    device.wait_for(lambda: tuple(device.pictures[-1][0, 200]) == (7, 7, 7, 255))
    camera.close()
    assert camera.takes_alpha
    assert not device.pictures[-1][:, :160].any()


def test_a_device_that_takes_no_opacity_is_told_of_and_gets_none(opened, caplog):
    camera = create(backend="test", alpha=True)
    camera.close()
    assert not camera.takes_alpha
    assert opened[0].shape == (720, 1280, 3)
    assert told(caplog) == [
        "no virtual camera here takes opacity; what is transparent is black there."
    ]


def test_opacity_is_not_asked_of_a_device_without_need(opened):
    Device.takes = {RGB, RGBA}
    camera = create(backend="test")
    camera.close()
    assert not camera.takes_alpha


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
