"""A machine into which a test plugs cameras, and out of which it pulls them."""

import threading

from livemask.sources.camera_info import CameraInfo
from livemask.sources.machine import Machine
from tests.sources.fake_capture import FakeCapture


class FakeMachine:
    """Give `machine()` to a camera. Each picture of a camera is as blue as its `value`."""

    def __init__(self):
        self.plugged: dict[CameraInfo, int] = {}
        self.refused: set[CameraInfo] = set()  # these do not open
        self.mute: set[CameraInfo] = set()  # these open and deliver nothing
        self.captures: list[FakeCapture] = []
        self.opened: list[object] = []
        self.looks = 0
        self.now = 0.0
        self._looked = threading.Condition()
        self.changing = threading.RLock()

    def machine(self, system: str = "linux") -> Machine:
        return Machine(
            present=self.present,
            known=self.present,
            interval=0.01,
            clock=lambda: self.now,
            system=system,
        )

    def plug(self, camera: CameraInfo, value: int) -> None:
        with self.changing:
            self.plugged[camera] = value

    def unplug(self, camera: CameraInfo) -> None:
        """Pull a camera: no capture of it delivers from now on."""
        with self.changing:
            del self.plugged[camera]
            for capture in self.captures:
                if capture.devices == [camera.device]:
                    capture.silence()

    def present(self) -> tuple[CameraInfo, ...]:
        with self._looked:
            self.looks += 1
            self._looked.notify_all()
        with self.changing:
            return tuple(sorted(self.plugged, key=lambda camera: camera.index))

    def wait_for_looks(self, count: int = 3) -> None:
        """Return when the cameras have been looked for `count` more times."""
        with self._looked:
            goal = self.looks + count
            assert self._looked.wait_for(lambda: self.looks >= goal, 30.0)

    def open(self, device: object, backend: int) -> FakeCapture:
        with self.changing:
            camera = next((c for c in self.plugged if device in (c.path, c.index)), None)
            capture = FakeCapture(works=camera is not None and camera not in self.refused)
            capture.value = self.plugged.get(camera, 0)
            if camera in self.mute:
                capture.silence()
            self.captures.append(capture)
            self.opened.append(device)
        return capture.open(device, backend)
