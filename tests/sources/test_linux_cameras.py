import errno
import os

import pytest

from livemask.sources import holders, linux_cameras, listing
from livemask.sources.camera_info import Kind
from livemask.sources.camera_mode import Mode
from livemask.sources.linux_cameras import Places
from tests.sources.fake_driver import FakeDriver

pytest.importorskip("livemask.sources.v4l2", reason="video devices of Linux")


class FakeSystem:
    """The folders and the kernel of a machine with cameras."""

    def __init__(self, folder):
        self.folder = folder
        self.drivers = {}
        for part in ("sys", "dev", "proc", "usb"):
            (folder / part).mkdir()

    def plug(self, node, driver, place=None, *, index=0, serial=None):
        """Plug a camera into a socket, or make one without hardware."""
        entry = self.folder / "sys" / node
        entry.mkdir()
        (entry / "name").write_text(f"name of {node}\n")
        (entry / "index").write_text(f"{index}\n")
        if place:
            socket = self.folder / "usb" / place.partition(":")[0]
            (socket / place).mkdir(parents=True, exist_ok=True)
            (entry / "device").symlink_to(socket / place)
            if serial:
                (socket / "serial").write_text(f"{serial}\n")
        device = self.folder / "dev" / node
        device.touch()
        self.drivers[device.stat().st_ino] = driver

    def run(self, pid, name, node):
        """Start a program that has a camera open."""
        process = self.folder / "proc" / str(pid)
        (process / "fd").mkdir(parents=True)
        (process / "fd" / "5").symlink_to(self.folder / "dev" / node)
        (process / "comm").write_text(f"{name}\n")

    @property
    def places(self):
        parts = (self.folder / part for part in ("sys", "dev", "proc"))
        return Places(*parts, self._ioctl)

    def _ioctl(self, device, request, buffer):
        return self.drivers[os.fstat(device).st_ino](device, request, buffer)

    def cameras(self):
        return linux_cameras.linux_cameras(self.places)

    def present(self):
        return linux_cameras.present_cameras(self.places)


@pytest.fixture
def machine(tmp_path):
    """Return a machine with a webcam (0, its metadata 1) and a film grabber (10)."""
    machine = FakeSystem(tmp_path)
    machine.plug("video0", FakeDriver(b"Integrated Camera"), "1-8:1.0", serial="0001")
    metadata = FakeDriver(b"Integrated Camera", 0x84A00001, 0x04A00000)
    machine.plug("video1", metadata, "1-8:1.0", index=1)
    machine.plug("video10", FakeDriver(b"Grabber"), "2-1:1.2")
    return machine


def refuse(monkeypatch, reason):
    def opened(path, flags):
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(linux_cameras.os, "open", opened)


def test_cameras_are_listed_by_number_without_their_metadata(machine):
    found = machine.cameras()
    assert [(camera.index, camera.name) for camera in found] == [
        (0, "Integrated Camera"),
        (10, "Grabber"),
    ]
    assert found[0].path == str(machine.folder / "dev" / "video0")
    assert found[0].modes[0] == Mode("MJPG", (1280, 720), 30.0)
    assert found[0].driver == "uvcvideo"


def test_a_camera_tells_its_socket_and_its_serial_number(machine):
    webcam, grabber = machine.cameras()
    assert (webcam.place, webcam.serial) == ("1-8:1.0", "0001")
    assert (grabber.place, grabber.serial) == ("2-1:1.2", "")


def test_who_is_there_is_told_without_opening_any_device(machine, monkeypatch):
    refuse(monkeypatch, errno.EIO)
    assert [(c.name, c.place, c.serial) for c in machine.present()] == [
        ("name of video0", "1-8:1.0", "0001"),
        ("name of video1", "1-8:1.0#1", "0001"),
        ("name of video10", "2-1:1.2", ""),
    ]


def test_a_camera_without_hardware_is_placed_by_its_number(machine):
    machine.plug("video20", FakeDriver(b"OBS Virtual Camera", driver=b"v4l2 loopback"))
    virtual = machine.cameras()[-1]
    assert (virtual.place, virtual.kind) == ("video20", Kind.VIRTUAL)


def test_a_capture_card_tells_whether_it_has_a_signal(machine):
    driver = FakeDriver(b"Interior", driver=b"hws")
    driver.plug_socket(0, 2, 2)
    machine.plug("video11", driver, "0000:03:00.0")
    card = machine.cameras()[-1]
    assert (card.kind, card.signal) == (Kind.CAPTURE_CARD, False)
    assert "capture card, no signal" in listing.describe(card)


def test_a_program_that_has_a_camera_open_is_named(machine):
    machine.run(4711, "zoom", "video0")
    webcam, grabber = machine.cameras()
    assert webcam.users == ("zoom (4711)",)
    assert grabber.users == ()
    assert "in use by zoom (4711)" in listing.describe(webcam)


def test_a_busy_camera_whose_user_is_not_to_be_seen_is_used_by_another_program(machine):
    for driver in machine.drivers.values():
        driver.busy = True
    assert machine.cameras()[0].users == ("another program",)


def test_a_camera_that_livemask_itself_uses_is_not_asked_whether_it_is_busy(machine):
    for driver in machine.drivers.values():
        driver.busy = True
    machine.run(os.getpid(), "livemask", "video0")
    webcam, grabber = machine.cameras()
    assert webcam.users == ()
    assert grabber.users == ("another program",)
    assert holders.is_held_here(machine.folder / "dev/video0", machine.folder / "proc")


def test_a_virtual_camera_is_not_asked_whether_it_is_busy(machine):
    driver = FakeDriver(b"Cam", driver=b"v4l2 loopback")
    driver.busy = True
    machine.plug("video20", driver)
    assert machine.cameras()[-1].users == ()


def test_a_camera_that_may_not_be_opened_is_listed_as_such(machine, monkeypatch):
    refuse(monkeypatch, errno.EACCES)
    found = machine.cameras()
    assert [(c.index, c.name, c.permitted) for c in found] == [
        (0, "name of video0", False),
        (10, "name of video10", False),
    ]
    assert listing.describe(found[0]).endswith(", no permission")


def test_a_camera_that_only_one_program_may_open_is_in_use(machine, monkeypatch):
    refuse(monkeypatch, errno.EBUSY)
    found = machine.cameras()
    assert [(c.index, c.permitted, c.users) for c in found] == [
        (0, True, ("another program",)),
        (10, True, ("another program",)),
    ]


def test_an_entry_without_a_device_file_is_no_camera(machine):
    (machine.folder / "dev/video10").unlink()
    assert [camera.index for camera in machine.cameras()] == [0]


def test_an_entry_that_is_not_numbered_is_no_camera(machine):
    machine.plug("video-extra", FakeDriver())
    assert [camera.index for camera in machine.present()] == [0, 1, 10]


def test_a_file_that_is_no_video_device_is_no_camera(tmp_path):
    machine = FakeSystem(tmp_path)
    machine.plug("video0", None)
    assert linux_cameras.linux_cameras(Places(tmp_path / "sys", tmp_path / "dev")) == ()


def test_a_machine_without_video_devices_has_no_cameras(tmp_path):
    assert linux_cameras.linux_cameras(Places(tmp_path / "none", tmp_path)) == ()
