"""The cameras of this machine: what `livemask cameras` prints and names are looked up in."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

from livemask.sources import ffmpeg_cameras, linux_cameras
from livemask.sources.camera_info import CameraInfo as CameraInfo  # noqa: PLC0414 - for those who list
from livemask.sources.camera_info import Kind
from livemask.sources.camera_mode import Mode


def cameras(system: str = sys.platform) -> tuple[CameraInfo, ...]:
    """Return the cameras of this machine, by index.

    On Windows and macOS without their modes, which only `with_modes` asks for.
    """
    if system == "linux":
        return linux_cameras.linux_cameras()
    return ffmpeg_cameras.ffmpeg_cameras(ffmpeg_cameras.NAMES.get(system, ""))


def present(system: str = sys.platform) -> tuple[CameraInfo, ...]:
    """Return who is there, as fast as can be told, without opening any: for asking often."""
    return linux_cameras.present_cameras() if system == "linux" else cameras(system)


def with_modes(camera: CameraInfo, system: str = sys.platform) -> CameraInfo:
    """Return a camera with what it can deliver, asking it where that was not done yet."""
    name = ffmpeg_cameras.NAMES.get(system)
    if name is None or camera.modes:
        return camera
    return replace(camera, modes=ffmpeg_cameras.ffmpeg_modes(camera, name))


def called(text: str, known: Sequence[CameraInfo]) -> list[CameraInfo]:
    """Return the cameras that a text means: by name, part of it, serial number or place."""
    wanted = text.casefold()
    tries = (
        lambda camera: camera.name.casefold() == wanted,
        lambda camera: wanted in (camera.serial.casefold(), camera.place.casefold()),
        lambda camera: wanted in camera.name.casefold(),
    )
    found = ([camera for camera in known if meant(camera)] for meant in tries)
    return next((cameras for cameras in found if cameras), [])


def label(camera: CameraInfo) -> str:
    """Return a camera as it is told from others of its name: number, serial number, socket."""
    tells = (camera.name, camera.serial and f"serial number {camera.serial}", camera.place)
    return f"{camera.index} ({', '.join(filter(None, tells))})"


def describe(camera: CameraInfo) -> str:
    """Return a camera in one line: number, name, device, best size of each format, troubles."""
    parts = [f"{camera.index}: {camera.name}"]
    if camera.path:
        parts.append(camera.path)
    parts.extend(remarks(camera))
    parts.extend(_described(mode) for mode in largest_modes(camera.modes))
    return ", ".join(parts)


def remarks(camera: CameraInfo) -> list[str]:
    """Return what is not as with any webcam."""
    said = [] if camera.kind is Kind.WEBCAM else [str(camera.kind)]
    if camera.signal is False:
        said.append("no signal")
    if not camera.permitted:
        said.append("no permission")
    if camera.users:
        said.append(f"in use by {', '.join(camera.users)}")
    return said


def largest_modes(modes: Iterable[Mode]) -> list[Mode]:
    """Return the largest mode of each format."""
    return [of_format[0] for of_format in by_format(modes).values()]


def by_format(modes: Iterable[Mode]) -> dict[str, list[Mode]]:
    """Return the modes of each format, the largest first."""
    grouped: dict[str, list[Mode]] = {}
    for mode in modes:
        grouped.setdefault(mode.format, []).append(mode)
    for of_format in grouped.values():
        of_format.sort(key=lambda mode: (mode.size[0] * mode.size[1], mode.rate or 0), reverse=True)
    return grouped


def _described(mode: Mode) -> str:
    rate = f" at {mode.rate:g} frames/s" if mode.rate else ""
    return f"{mode.format} {mode.size[0]}x{mode.size[1]}{rate}".strip()
