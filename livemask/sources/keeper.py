"""Keeps a camera: opens it, notices that it has gone, waits for it and opens it again."""

import logging
import threading
from dataclasses import replace
from typing import Any

from livemask.errors import SourceError
from livemask.records import Array
from livemask.sources.camera_info import CameraInfo
from livemask.sources.grabber import Grabber
from livemask.sources.identity import Identity, identify
from livemask.sources.machine import Machine, ask
from livemask.sources.outages import Outages
from livemask.sources.pace import Pace
from livemask.sources.trouble import explain, slow

LOG = logging.getLogger("livemask")

_TOO_SLOW = 20.0  # uncompressed 1280x720 fills USB 2 at 10 frames/s: then rather a smaller picture
_USUAL_RATE = 30.0  # where the driver promises none
_TRIES = 4  # the system needs a moment until a camera that was plugged in may be opened

UNCERTAIN = (
    "there are %d cameras, which macOS may count otherwise than `livemask cameras`. "
    "Look whether camera %s is the one you mean; if not, try another number."
)
"""Said at the start of a run where a number may open another camera than is listed under it."""

Picture = tuple[Array, float]
"""As OpenCV delivers it, and when it came, s."""


class Keeper:
    """A camera that is waited for when it goes, and never another in its stead.

    Parameters
    ----------
    device : int or str
        Index, or device file.
    patience : float
        A camera that delivers nothing for so long has gone, s.
    machine : Machine

    Attributes
    ----------
    name : str
        What messages call it.
    rate : float or None
        Frames per second that its driver promises.
    """

    def __init__(self, device: int | str, patience: float, machine: Machine) -> None:
        self._device, self._patience, self._machine = device, patience, machine
        present = machine.present()
        self._several = len(present) > 1
        certain = machine.counts_as_listed(several=self._several)
        self._identity = identify(device, present) if certain else None
        if not certain:
            LOG.warning(UNCERTAIN, len(present), device)
        known = self._identity and self._identity.camera.name
        self.name = f"the camera {known}" if known else f"camera {device}"
        self.rate: float | None = None
        self._outages = Outages(self.name, machine.clock)
        self._closed, self._lock = threading.Event(), threading.Lock()
        self._grabber: Grabber
        self._lost = 0  # pictures that earlier grabbers dropped

    @property
    def dropped(self) -> int:
        """How many pictures were replaced before anyone took them."""
        return self._lost + self._grabber.dropped

    def start(self, sizes: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        """Open it at the first size that works and is fast enough, or at the last.

        Returns
        -------
        (int, int)
            The size of its first picture, px.
        """
        for size in sizes:
            capture = self._machine.opened(self._device, several=self._several)
            if capture is None:
                break
            self._size, self.rate = size, ask(capture, size)
            if self.rate is not None and self.rate < _TOO_SLOW and size != sizes[-1]:
                capture.release()
                continue
            first = self._begun(capture)
            if first is not None:
                self._pace = Pace(self.rate or _USUAL_RATE)
                return int(first.shape[1]), int(first.shape[0])
        raise SourceError(self._trouble(self._device))

    def take(self) -> Picture | None:
        """Return the newest picture that was not taken, however long it takes; None at the end.

        Raises
        ------
        SourceError
            If it falls silent and cannot be known again.
        """
        picture = self._next()
        if picture is None and not self._closed.is_set():
            picture = self._awaited()
        if picture is None or self._closed.is_set():
            return None
        rate = self._pace.slowed_to(picture[1], self._grabber.arrived)
        if rate is not None:
            LOG.warning(slow(self.name, (rate, self.rate or _USUAL_RATE), self._path))
        return picture

    def rest(self, on: bool) -> None:
        """Decode nothing, or go on; between two calls of `take`."""
        self._grabber.rest(on)

    def close(self) -> None:
        """Release the camera and wake whoever waits. Closing twice does nothing."""
        with self._lock:
            self._closed.set()
        self._grabber.stop()

    @property
    def _path(self) -> str | None:
        return self._identity.camera.path if self._identity else None

    def _begun(self, capture: Any) -> Array | None:
        """Grab from an opened capture; return its first picture, or let go of it."""
        self._grabber = Grabber(lambda: capture)
        first = self._grabber.take(self._patience)
        if first is None:
            self._grabber.stop()
        return None if first is None else first[0]

    def _next(self) -> Picture | None:
        """Return the next picture; None if the camera has gone or is silent for too long."""
        waited = 0.0
        while not self._closed.is_set() and waited < self._patience:
            step = min(self._machine.interval, self._patience - waited)
            picture = self._grabber.take(step)
            if picture is not None or not self._is_there():
                return picture
            waited += step
        return None

    def _is_there(self) -> bool:
        if self._identity is None:
            return True
        found = self._identity.found_in(self._machine.present())
        return found is not None and found.path == self._path

    def _awaited(self) -> Picture | None:
        """Wait for the camera, open it again and return its first picture; None at the end."""
        held = self._grabber
        held.stop(patience=0.0)
        if self._identity is None:
            raise SourceError(self._silence(held))
        self._identity = self._identity.seen_among(self._machine.present())
        silent = f"has delivered nothing for {self._patience:g} s"
        self._outages.begin(silent if self._is_there() else "has gone")
        picture = self._tried(self._identity, held)
        if picture is not None:
            self._pace.begin_anew()
            self._outages.end()
        return picture

    def _trouble(self, device: int | str) -> str:
        return explain(device, self._machine.known(), system=self._machine.system)

    def _silence(self, held: Grabber) -> str:
        reason = f" ({held.fault})" if held.fault else ""
        return (
            f"{self.name} has delivered nothing for {self._patience:g} s{reason}. "
            "Is it still plugged in, and awake?"
        )

    def _tried(self, identity: Identity, held: Grabber | None) -> Picture | None:
        """Look for the camera until it delivers. What still holds it is waited for first, unless
        the camera was away meanwhile, or it is another device file.
        """
        tries, path = 0, identity.camera.path
        while not self._closed.wait(self._machine.interval):
            present = self._machine.present()
            self._several = len(present) > 1
            found = identity.found_in(present)
            if found is None:
                tries, held = 0, None
                continue
            if not self._machine.counts_as_listed(several=self._several):
                self._outages.refuse(f"{self.name} is there, but not alone; unplug the others.")
                continue
            if held is not None and held.hangs and found.path == path:
                continue
            picture, tries = self._reopened(found), tries + 1
            if picture is not None:
                self._identity = replace(identity, camera=found)
                return picture
            held, path = self._grabber, found.path
            if tries == _TRIES:
                self._outages.refuse(self._trouble(found.device))
        return None

    def _reopened(self, found: CameraInfo) -> Picture | None:
        """Open a camera in a thread, which may hang, and return its first picture if it comes."""
        grabber = Grabber(lambda: self._opened_again(found))
        with self._lock:
            self._lost += self._grabber.dropped
            self._grabber = grabber
        picture = self._first(grabber, found)
        if picture is None:
            grabber.stop(patience=0.0)
        return picture

    def _opened_again(self, found: CameraInfo) -> Any:
        capture = self._machine.opened(found.device, several=self._several)
        if capture is None:
            raise SourceError(f"{self.name} does not open.")
        ask(capture, self._size)
        return capture

    def _first(self, grabber: Grabber, found: CameraInfo) -> Picture | None:
        waited = 0.0
        while not self._closed.is_set() and waited < self._patience:
            try:
                picture = grabber.take(self._machine.interval)
            except SourceError:
                return None  # it does not open yet
            if found not in self._machine.present():
                return None  # gone again; or another has come in its stead, which nobody chose
            if picture is not None:
                return picture
            waited += self._machine.interval if grabber.opened.is_set() else 0.0
        return None
