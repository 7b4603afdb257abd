"""What a video device of Linux says about itself, asked of the kernel directly.

References
----------
The Linux kernel's include/uapi/linux/videodev2.h, whose structs these are.
"""

import errno
import fcntl
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from livemask.sources.camera_mode import Mode

_READ, _WRITE = 2, 1
_LONGEST = 64  # entries of one list: a guard against drivers that never end theirs
_CAPTURE, _PLANES, _OWN_CAPABILITIES = 0x1, 0x1000, 0x80000000
_BUFFER_TYPE_CAPTURE = 1
_MEMORY_MAPPED = 1
_DISCRETE = 1
_NO_PICTURE = 0x1 | 0x2 | 0x100 | 0x10000  # no power, signal, horizontal lock, sync
_TIMED_SOCKET = 0x2 | 0x4  # an input with timings (HDMI...) or a television standard


def _request(direction: int, number: int, size: int) -> int:
    return direction << 30 | size << 16 | ord("V") << 8 | number


QUERY_CAPABILITIES = _request(_READ, 0, 104)
ENUMERATE_FORMATS = _request(_READ | _WRITE, 2, 64)
ENUMERATE_SIZES = _request(_READ | _WRITE, 74, 44)
ENUMERATE_INTERVALS = _request(_READ | _WRITE, 75, 52)
REQUEST_BUFFERS = _request(_READ | _WRITE, 8, 20)
GET_INPUT = _request(_READ, 38, 4)
ENUMERATE_INPUTS = _request(_READ | _WRITE, 26, 80)

Ioctl = Callable[[int, int, bytearray], Any]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Who a device is: its driver, name and place, and whether it delivers pictures."""

    driver: str
    name: str
    bus: str
    captures: bool


def capabilities(device: int, ioctl: Ioctl = fcntl.ioctl) -> Capabilities:
    """Return what an open video device says of itself.

    A webcam has a second device for metadata, and a virtual camera may only take.
    """
    answer = bytearray(104)
    ioctl(device, QUERY_CAPABILITIES, answer)
    texts = answer[:16], answer[16:48], answer[48:80]
    driver, name, bus = (t.split(b"\0")[0].decode("utf-8", "replace") for t in texts)
    whole, own = struct.unpack_from("=II", answer, 84)
    flags = own if whole & _OWN_CAPABILITIES else whole
    return Capabilities(driver, name, bus, bool(flags & (_CAPTURE | _PLANES)))


def modes(device: int, ioctl: Ioctl = fcntl.ioctl) -> tuple[Mode, ...]:
    """Return the formats, sizes and highest rates of an open capture device."""
    return tuple(
        Mode(fourcc.to_bytes(4, "little").decode("latin-1").rstrip(), size, rate)
        for fourcc in _formats(device, ioctl)
        for size in _sizes(device, fourcc, ioctl)
        for rate in (_fastest(device, fourcc, size, ioctl),)
    )


def is_busy(device: int, ioctl: Ioctl = fcntl.ioctl) -> bool:
    """Return whether another program streams from an open device.

    Asks for no buffers at all, which the kernel refuses while somebody else has some.
    """
    answer = bytearray(struct.pack("=5I", 0, _BUFFER_TYPE_CAPTURE, _MEMORY_MAPPED, 0, 0))
    try:
        ioctl(device, REQUEST_BUFFERS, answer)
    except OSError as error:
        return error.errno == errno.EBUSY
    return False


def socket_signal(device: int, ioctl: Ioctl = fcntl.ioctl) -> bool | None:
    """Return whether a picture comes in by the socket that is chosen; None if it has none."""
    chosen = bytearray(4)
    try:
        ioctl(device, GET_INPUT, chosen)
        answer = bytearray(80)
        answer[:4] = chosen
        ioctl(device, ENUMERATE_INPUTS, answer)
    except OSError:  # ENOTTY: the driver knows no inputs
        return None
    status, socket = struct.unpack_from("=2I", answer, 56)
    return not status & _NO_PICTURE if socket & _TIMED_SOCKET else None


def _entries(device: int, request: int, form: str, head: tuple[int, ...], ioctl: Ioctl) -> Any:
    """Yield the answers to a request that is repeated with a growing index until refused."""
    for index in range(_LONGEST):
        answer = bytearray(struct.calcsize(form))
        struct.pack_into(f"={len(head) + 1}I", answer, 0, index, *head)
        try:
            ioctl(device, request, answer)
        except OSError:  # EINVAL: the list is over; ENOTTY: the driver keeps none
            return
        yield struct.unpack(form, answer)


def _formats(device: int, ioctl: Ioctl) -> Iterator[int]:
    head = (_BUFFER_TYPE_CAPTURE,)
    for entry in _entries(device, ENUMERATE_FORMATS, "=3I32s5I", head, ioctl):
        yield entry[4]


def _sizes(device: int, fourcc: int, ioctl: Ioctl) -> Iterator[tuple[int, int]]:
    """Yield the sizes of a format; of a range of sizes, its largest."""
    for entry in _entries(device, ENUMERATE_SIZES, "=11I", (fourcc,), ioctl):
        if entry[2] != _DISCRETE:
            yield entry[4], entry[7]
            return
        yield entry[3], entry[4]


def _fastest(device: int, fourcc: int, size: tuple[int, int], ioctl: Ioctl) -> float | None:
    """Return the highest rate; the first fraction of a range is its shortest interval."""
    head = (fourcc, *size)
    intervals = _entries(device, ENUMERATE_INTERVALS, "=13I", head, ioctl)
    rates = [entry[6] / entry[5] for entry in intervals if entry[5]]
    return max(rates, default=None)
