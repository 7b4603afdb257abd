"""A stand-in for `cv2.VideoCapture` whose pictures come when the test says so."""

import threading
from collections import deque

import cv2
import numpy as np

from livemask.records import UInt8


def bgr(value: int, size: tuple[int, int] = (64, 48)) -> UInt8:
    """Return a picture (h, w, 3) as OpenCV delivers it: blue is `value`, red its complement."""
    image = np.zeros((size[1], size[0], 3), np.uint8)
    image[..., 0], image[..., 1], image[..., 2] = value, 100, 255 - value
    return image


class FakeCapture:
    """Give `FakeCapture(...).open` as the factory; `push` delivers a picture."""

    def __init__(self, rates: dict[tuple[int, int], float] | None = None, works: bool = True):
        self.rates, self.works = rates or {}, works
        self.asked: dict[int, float] = {}
        self.order: list[int] = []
        self.devices: list[object] = []
        self.released = 0
        self.fault: Exception | None = None
        self.value = 0  # of the endless pictures
        self.damaged = False  # what is grabbed cannot be retrieved
        self.lost = 0  # so many times
        self.hanging = threading.Event()  # `grab` is in there and does not come out
        self.freed = threading.Event()  # what a hanging `grab` waits for
        self.hangs = False
        self.endless = True  # pictures of the size asked for, until one is pushed
        self._pictures: deque[UInt8] = deque()
        self._arrived = threading.Condition()
        self._grabbed: UInt8 | None = None

    def open(self, device: object, backend: int) -> "FakeCapture":
        self.devices.append(device)
        return self

    def push(self, *pictures: UInt8) -> None:
        """Deliver pictures, and no others from now on."""
        with self._arrived:
            self.endless = False
            self._pictures.extend(pictures)
            self._arrived.notify_all()

    def silence(self) -> None:
        self.push()

    @property
    def empty(self) -> bool:
        return not self._pictures

    # What cv2.VideoCapture has

    def isOpened(self) -> bool:  # noqa: N802
        return self.works

    def set(self, key: int, value: float) -> bool:
        self.order.append(key)
        self.asked[key] = value
        return True

    def get(self, key: int) -> float:
        return self.rates.get(self._size(), 30.0) if key == cv2.CAP_PROP_FPS else 0.0

    def grab(self) -> bool:
        if self.fault is not None:
            raise self.fault
        if self.hangs:
            self.hanging.set()
            self.freed.wait(60.0)
            return False
        with self._arrived:
            if self.endless:
                self._arrived.wait(0.002)
                self._grabbed = bgr(self.value, self._size())
                return True
            self._arrived.wait_for(lambda: self._pictures, 0.02)
            self._grabbed = self._pictures.popleft() if self._pictures else None
            return self._grabbed is not None

    def retrieve(self) -> tuple[bool, UInt8 | None]:
        if self.damaged:
            self.lost += 1
            return False, None
        return self._grabbed is not None, self._grabbed

    def release(self) -> None:
        self.released += 1

    def _size(self) -> tuple[int, int]:
        width = self.asked.get(cv2.CAP_PROP_FRAME_WIDTH, 64)
        return int(width), int(self.asked.get(cv2.CAP_PROP_FRAME_HEIGHT, 48))
