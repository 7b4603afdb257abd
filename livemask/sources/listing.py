"""The cameras of this machine: what `livemask cameras` prints and names are looked up in."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from livemask.sources.camera_mode import Mode

_SYSTEM, _DEVICES = Path("/sys/class/video4linux"), Path("/dev")
_FFMPEG_NAMES = {"win32": "dshow", "darwin": "avfoundation"}


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that is there.

    Attributes
    ----------
    index : int
        Its number for `--source`.
    name : str
        What its maker calls it.
    path : str or None
        Its device file, on Linux.
    modes : tuple of Mode
        What it can deliver, as far as the system tells without opening it.
    permitted : bool
        Whether this user may open it.
    """

    index: int
    name: str
    path: str | None = None
    modes: tuple[Mode, ...] = ()
    permitted: bool = True


def cameras(system: str = sys.platform) -> tuple[CameraInfo, ...]:
    """Return the cameras of this machine, by index.

    On macOS and Windows in FFmpeg's order, which with several cameras may not be OpenCV's.
    """
    return linux_cameras() if system == "linux" else ffmpeg_cameras(_FFMPEG_NAMES.get(system, ""))


def linux_cameras(
    system: Path = _SYSTEM, devices: Path = _DEVICES, **options: Any
) -> tuple[CameraInfo, ...]:
    """Return the video devices that deliver pictures. `options` are those of `v4l2`."""
    found = []
    for entry in system.glob("video*"):
        number = entry.name.removeprefix("video")
        if number.isdigit() and (devices / entry.name).exists():
            found.append(_linux_camera(int(number), entry, devices / entry.name, options))
    return tuple(sorted((camera for camera in found if camera), key=lambda camera: camera.index))


def _linux_camera(
    index: int, entry: Path, path: Path, options: dict[str, Any]
) -> CameraInfo | None:
    """Return a device if it delivers pictures; if it may not be asked, if it is the first of its
    hardware, since the second one of a webcam holds metadata.
    """
    from livemask.sources import v4l2

    try:
        device = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        is_first = _text(entry / "index") in ("", "0")
        name = _text(entry / "name") or path.name
        return CameraInfo(index, name, str(path), permitted=False) if is_first else None
    try:
        name, captures = v4l2.capabilities(device, **options)
        modes = v4l2.modes(device, **options) if captures else ()
        return CameraInfo(index, name, str(path), modes) if captures else None
    except OSError:
        return None  # not a video device at all
    finally:
        os.close(device)


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace").strip() if path.is_file() else ""


def ffmpeg_cameras(system: str) -> tuple[CameraInfo, ...]:
    """Return the cameras that FFmpeg knows by its device system, `dshow` or `avfoundation`."""
    try:
        devices = av.enumerate_input_devices(system)
    except (AttributeError, ValueError, OSError, av.FFmpegError):
        return ()  # an older PyAV, or one built without devices
    names = [d.description or d.name for d in devices if "video" in d.media_types]
    return tuple(CameraInfo(index, name) for index, name in enumerate(names))


def describe(camera: CameraInfo) -> str:
    """Return a camera in one line: number, name, device, best size of each format."""
    parts = [f"{camera.index}: {camera.name}"]
    if camera.path:
        parts.append(camera.path)
    if not camera.permitted:
        parts.append("no permission")
    parts.extend(_described(mode) for mode in largest_modes(camera.modes))
    return ", ".join(parts)


def largest_modes(modes: Iterable[Mode]) -> list[Mode]:
    """Return the largest mode of each format."""
    best: dict[str, Mode] = {}
    for mode in modes:
        held = best.get(mode.format)
        if held is None or mode.size[0] * mode.size[1] > held.size[0] * held.size[1]:
            best[mode.format] = mode
    return list(best.values())


def _described(mode: Mode) -> str:
    rate = f" at {mode.rate:g} frames/s" if mode.rate else ""
    return f"{mode.format} {mode.size[0]}x{mode.size[1]}{rate}"
