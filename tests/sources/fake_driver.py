"""A stand-in for the kernel's half of a video device."""

import struct
from errno import EBUSY, EINVAL

# Numbers as a C compiler gives them for linux/videodev2.h.
QUERYCAP, ENUM_FMT, ENUM_FRAMESIZES, ENUM_FRAMEINTERVALS = (
    0x80685600,
    0xC0405602,
    0xC02C564A,
    0xC034564B,
)
REQBUFS, G_INPUT, ENUMINPUT = 0xC0145608, 0x80045626, 0xC050561A
MJPG, YUYV = (int.from_bytes(name, "little") for name in (b"MJPG", b"YUYV"))


def capability(name, whole, own=0, driver=b"uvcvideo"):
    return struct.pack("=16s32s32sIII12x", driver, name, b"usb-1", 6 << 16, whole, own)


class FakeDriver:
    """Answers as a webcam does: two formats, the first with two sizes, the second stepwise."""

    def __init__(self, name=b"HD Webcam", whole=0x84200001, own=0x04200001, driver=b"uvcvideo"):
        self.busy = False
        self.answers = {(QUERYCAP,): capability(name, whole, own, driver)}
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

    def plug_socket(self, number, capabilities, status):
        """Let pictures come in by a socket; `status` says what is wrong with them."""
        self.answers[(G_INPUT,)] = struct.pack("=I", number)
        body = struct.pack("=I32s3IQ2I16x", number, b"HDMI", 2, 0, 0, 0, status, capabilities)
        self.answers[ENUMINPUT, number] = body

    def __call__(self, device, request, buffer):
        if request == REQBUFS:
            self._lend(buffer)
            return
        words = struct.unpack_from(f"={min(4, len(buffer) // 4)}I", buffer)
        for count in (0, 1, 2, 4):
            answer = self.answers.get((request, *words[:count]))
            if answer is not None and len(answer) == len(buffer):
                buffer[:] = answer
                return
        raise OSError(EINVAL, "Invalid argument")

    def _lend(self, buffer):
        assert struct.unpack("=5I", buffer) == (0, 1, 1, 0, 0)
        if self.busy:
            raise OSError(EBUSY, "Device or resource busy")
