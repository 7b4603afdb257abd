"""The cameras of a Linux machine: who they are from sysfs, what they can do from the kernel."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from livemask.sources.camera_info import CameraInfo, Kind
from livemask.sources.camera_kind import kind_of
from livemask.sources.holders import is_held_here, programs_using

ANOTHER = "another program"
"""Who uses a camera, if it is not to be seen: a program of another user."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where Linux keeps what is asked here; other folders in tests.

    Attributes
    ----------
    system, devices, processes : Path
    ioctl : function, optional
        Asks the kernel.
    """

    system: Path = Path("/sys/class/video4linux")
    devices: Path = Path("/dev")
    processes: Path = Path("/proc")
    ioctl: Callable[[int, int, bytearray], Any] | None = None

    @property
    def asked(self) -> dict[str, Any]:
        """The options for the functions of `v4l2`."""
        return {} if self.ioctl is None else {"ioctl": self.ioctl}


def present_cameras(places: Places = Places()) -> tuple[CameraInfo, ...]:
    """Return the video devices that are there, by index, without opening any.

    The second devices of webcams, which hold no pictures, are among them.
    """
    found = (_present(entry, places.devices) for entry in places.system.glob("video*"))
    return tuple(sorted((c for c in found if c is not None), key=lambda c: c.index))


def linux_cameras(places: Places = Places()) -> tuple[CameraInfo, ...]:
    """Return the video devices that deliver pictures, by index, with all that they tell."""
    asked = (_asked(camera, places) for camera in present_cameras(places))
    return tuple(camera for camera in asked if camera is not None)


def _present(entry: Path, devices: Path) -> CameraInfo | None:
    number, path = entry.name.removeprefix("video"), devices / entry.name
    if not number.isdecimal() or not path.exists():
        return None
    name = _text(entry / "name") or path.name
    place, serial = _place(entry), _text(entry / "device" / ".." / "serial")
    return CameraInfo(int(number), name, str(path), place=place, serial=serial)


def _place(entry: Path) -> str:
    """Return the socket and part of a device, `1-8:1.0`; `#1` is the second that it offers there.

    A camera without hardware is what its number is.
    """
    device = entry / "device"
    if not device.exists():
        return entry.name
    number = _text(entry / "index") or "0"
    return device.resolve().name + (f"#{number}" if number != "0" else "")


def _asked(camera: CameraInfo, places: Places) -> CameraInfo | None:
    """Return a device with all that it tells, if it delivers pictures."""
    try:
        with _opened(Path(str(camera.path))) as device:
            return _told(camera, device, places)
    except OSError as error:
        return _refused(camera, error.errno, places)


def _refused(camera: CameraInfo, reason: int | None, places: Places) -> CameraInfo | None:
    """Return a device that may not be asked if it is the first of its hardware: the second one
    of a webcam holds metadata. What fails otherwise is no video device, or just gone.
    """
    if reason not in (errno.EACCES, errno.EPERM, errno.EBUSY) or "#" in camera.place:
        return None
    seen = tuple(programs_using(Path(str(camera.path)), places.processes))
    busy = reason == errno.EBUSY
    users = seen or ((ANOTHER,) if busy else ())
    return replace(camera, permitted=busy, kind=kind_of(camera.name), users=users)


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    device = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        yield device
    finally:
        os.close(device)


def _told(camera: CameraInfo, device: int, places: Places) -> CameraInfo | None:
    from livemask.sources import v4l2

    said = v4l2.capabilities(device, **places.asked)
    if not said.captures:
        return None
    signal = v4l2.socket_signal(device, **places.asked)
    kind = kind_of(said.name, said.driver, has_sockets=signal is not None)
    return replace(
        camera,
        name=said.name,
        modes=v4l2.modes(device, **places.asked),
        driver=said.driver,
        kind=kind,
        signal=signal,
        users=_users(camera, device, kind, places),
    )


def _users(camera: CameraInfo, device: int, kind: Kind, places: Places) -> tuple[str, ...]:
    """Return who else has a camera open, and says so too if it is busy and nobody is seen."""
    from livemask.sources import v4l2

    path = Path(str(camera.path))
    seen = tuple(programs_using(path, places.processes))
    # A virtual camera may be shared, and takes the question for a wish to begin anew.
    if seen or kind is Kind.VIRTUAL or is_held_here(path, places.processes):
        return seen
    return (ANOTHER,) if v4l2.is_busy(device, **places.asked) else ()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
