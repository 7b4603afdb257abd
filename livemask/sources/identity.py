"""Which of the cameras that are there is the one that was used before.

Never another one: a person who unplugs the camera that looks at the desk does not want to be
shown by the one in the lid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from livemask.sources.camera_info import CameraInfo


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a camera is.

    Attributes
    ----------
    camera : CameraInfo
        As it was seen last.
    alone : bool
        No other that looks the same was ever seen beside it. If one was, the camera is only
        known again in its own socket.
    """

    camera: CameraInfo
    alone: bool

    def seen_among(self, present: Sequence[CameraInfo]) -> "Identity":
        """Return what is known of it after another look round."""
        alike = _alike(self.camera, present)
        if self.camera.place:
            alike = [camera for camera in alike if camera.place != self.camera.place]
        else:
            alike = alike[1:]
        return Identity(self.camera, self.alone and not alike)

    def found_in(self, present: Sequence[CameraInfo]) -> CameraInfo | None:
        """Return the camera among those that are there, or None."""
        alike = _alike(self.camera, present)
        at_home = [c for c in alike if c.place and c.place == self.camera.place]
        if len(at_home) == 1:
            return at_home[0]
        return alike[0] if self.alone and len(alike) == 1 else None


def identify(device: int | str, present: Sequence[CameraInfo]) -> Identity | None:
    """Return who stands behind a number or a device file; None if the system does not tell."""
    own = next((camera for camera in present if _is(camera, device)), None)
    if own is None:
        return None
    return Identity(own, len(_alike(own, present)) == 1)


def _is(camera: CameraInfo, device: int | str) -> bool:
    if isinstance(device, int):
        return camera.index == device
    return camera.path is not None and Path(camera.path).resolve() == Path(device).resolve()


def _alike(camera: CameraInfo, present: Sequence[CameraInfo]) -> list[CameraInfo]:
    return [other for other in present if _likeness(other) == _likeness(camera)]


def _likeness(camera: CameraInfo) -> tuple[str, str, str]:
    """Return what stays of a camera in another socket: name, number, part of the device."""
    return camera.name, camera.serial, camera.place.partition(":")[2]
