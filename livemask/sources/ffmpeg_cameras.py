"""The cameras of Windows and macOS, as FFmpeg knows them."""

import re
from collections.abc import Iterable

import av
import av.logging

from livemask.sources.camera_info import CameraInfo
from livemask.sources.camera_kind import kind_of
from livemask.sources.camera_mode import Mode

NAMES = {"win32": "dshow", "darwin": "avfoundation"}
"""What FFmpeg calls the part of each system that knows cameras."""

_QUESTIONS = {
    "dshow": ("video={}", {"list_options": "true"}),
    "avfoundation": ("{}:none", {"video_size": "1x1"}),  # refused with what is possible
}
_DSHOW = re.compile(r"(?:pixel_format|vcodec)=(\S+).*max s=(\d+)x(\d+) fps=([\d.]+)")
_AVFOUNDATION = re.compile(r"(\d+)x(\d+)@\[[\d.]+ ([\d.]+)\]fps")


def ffmpeg_cameras(system: str) -> tuple[CameraInfo, ...]:
    """Return the cameras that FFmpeg knows by its part `dshow` or `avfoundation`.

    A virtual camera that is not running has no media at all and counts; a screen does not.
    """
    try:
        devices = av.enumerate_input_devices(system)
    except (AttributeError, ValueError, OSError, av.FFmpegError):
        return ()  # an older PyAV, or one built without devices
    shown = [d for d in devices if "video" in d.media_types or not d.media_types]
    names = [(d.description or d.name, d.name) for d in shown]
    return tuple(
        CameraInfo(index, name, place=_place(own), kind=kind_of(name))
        for index, (name, own) in enumerate(names)
        if not name.startswith("Capture screen")
    )


def _place(name: str) -> str:
    return "" if name.isdecimal() else name  # a bare number moves when another camera comes


def ffmpeg_modes(camera: CameraInfo, system: str) -> tuple[Mode, ...]:
    """Return what a camera can deliver; nothing if FFmpeg does not tell."""
    form, options = _QUESTIONS[system]
    level = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)
    try:
        with av.logging.Capture() as lines:
            name = form.format(camera.place or camera.name)
            av.open(name, format=system, options=dict(options)).close()
    except (AttributeError, ValueError, OSError, av.FFmpegError):
        pass  # it is asked what it refuses: the answer is in the log
    finally:
        av.logging.set_level(level)
    return parsed_modes(line[2] for line in lines)


def parsed_modes(lines: Iterable[str]) -> tuple[Mode, ...]:
    """Return the modes in what FFmpeg logs, each once, with its highest rate."""
    rates: dict[tuple[str, tuple[int, int]], float] = {}
    for line in lines:
        for form, width, height, rate in _matches(line):
            key = form, (int(width), int(height))
            rates[key] = max(rates.get(key, 0.0), round(float(rate), 2))
    return tuple(Mode(form, size, rate) for (form, size), rate in rates.items())


def _matches(line: str) -> list[tuple[str, str, str, str]]:
    found = _DSHOW.findall(line)
    return found or [("", *match) for match in _AVFOUNDATION.findall(line)]
