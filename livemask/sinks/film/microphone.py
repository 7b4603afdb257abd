"""Microphones: what is heard, and when, in a thread of its own."""

import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

import av

from livemask.errors import SinkError
from livemask.sinks.files import reason

LOG = logging.getLogger("livemask")

USUAL = "microphone"
"""The name that stands for the one that the system has chosen."""

_MOST = 6000  # pieces, about a minute, that may wait for pictures
_FAREWELL = 1.0  # s to wait for a device that does not answer
_ALSA = Path("/usr/share/alsa/alsa.conf")

Piece = tuple[Any, float]
"""An av.AudioFrame, and when its last sample came by `perf_counter`, s."""


class Heard(Protocol):
    """An open device.

    Attributes
    ----------
    rate : int
        Samples in a second.
    form, layout : str
        FFmpeg's names of samples and channels.
    channels : int
    """

    rate: int
    form: str
    layout: str
    channels: int

    def pieces(self) -> Iterator[Any]:
        """Yield av.AudioFrames as they are heard."""

    def close(self) -> None:
        """Let go of the device."""


class Microphone:
    """Listens until it is closed. One that breaks off says so once, and is silent.

    Parameters
    ----------
    name : str
        As the system calls it; `USUAL` for its own choice.
    open_ : function, optional
        Opens the device of a name.

    Raises
    ------
    SinkError
        If it cannot be opened.
    """

    def __init__(self, name: str, open_: Callable[[str], Heard] | None = None) -> None:
        self.name = name
        self.device = (open_ or Device)(name)
        self._pieces: deque[Piece] = deque(maxlen=_MOST)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)
        self._thread.start()

    def taken(self) -> Iterator[Piece]:
        """Yield what has been heard since the last time."""
        for _ in range(len(self._pieces)):  # and not what is heard meanwhile
            yield self._pieces.popleft()

    def close(self) -> None:
        """Listen no more. Closing twice does nothing."""
        self._closing.set()
        self._thread.join(_FAREWELL)

    def _run(self) -> None:
        why = "it gives nothing more"
        try:
            for piece in self.device.pieces():
                self._pieces.append((piece, perf_counter()))
                if self._closing.is_set():
                    break
        except (OSError, av.FFmpegError) as error:
            why = reason(error)
        finally:
            self.device.close()
        if not self._closing.is_set():
            text = "%s has gone (%s); the film goes on without sound."
            LOG.warning(text, _called(self.name), why)


class Device:
    """A microphone as FFmpeg opens it: ALSA, AVFoundation or DirectShow."""

    def __init__(self, name: str) -> None:
        form, file = _address(name)
        _find_alsa()
        try:
            self._container = av.open(file, format=form)
            stream = self._container.streams.audio[0]
        except ValueError as error:  # older packages have it not
            raise SinkError(
                f"this build of PyAV knows no {form}, so no microphone can be recorded; "
                "install a newer one: pip install --upgrade av. Or leave --record-sound out."
            ) from error
        except (OSError, av.FFmpegError, IndexError) as error:
            raise SinkError(
                f"{_called(name)} cannot be opened: {reason(error)}. {_others(form)}"
                "Name another one, or leave --record-sound out."
            ) from error
        self.rate, self.form = stream.rate, stream.format.name
        self.channels = stream.layout.nb_channels
        plain = {1: "mono", 2: "stereo"}.get(self.channels)
        self.layout = plain or stream.layout.name

    def pieces(self) -> Iterator[Any]:
        """Yield av.AudioFrames as they are heard."""
        return self._container.decode(audio=0)

    def close(self) -> None:
        """Let go of the device."""
        self._container.close()


def _address(name: str) -> tuple[str, str]:
    """Return FFmpeg's names of the system's sound and of a microphone."""
    usual = name == USUAL
    if sys.platform == "darwin":
        return "avfoundation", ":default" if usual else f":{name}"
    if sys.platform == "win32":
        found = _names("dshow")
        return "dshow", f"audio={found[0] if usual and found else name}"
    return "alsa", "default" if usual else name


def _names(form: str) -> list[str]:
    """Return what microphones are called, as far as FFmpeg tells."""
    listing = getattr(av, "enumerate_input_devices", None)  # newer than our oldest PyAV
    try:
        devices = listing(form) if listing else []
    except (OSError, av.FFmpegError, ValueError, AttributeError):  # PyAV 17 stumbles over none
        return []
    return [d.description or d.name for d in devices if "audio" in _kinds(d)]


def _kinds(device: Any) -> str:
    kinds = getattr(device, "media_types", None)
    return "audio" if kinds is None else " ".join(map(str, kinds))


def _others(form: str) -> str:
    names = _names(form)
    return f"There are: {', '.join(names)}. " if names else ""


def _called(name: str) -> str:
    return "the microphone" if name == USUAL else f"the microphone {name!r}"


def _find_alsa() -> None:
    """Show PyAV's own ALSA where the settings are: it looks where it was built."""
    if sys.platform.startswith("linux") and _ALSA.is_file():
        os.environ.setdefault("ALSA_CONFIG_PATH", str(_ALSA))
