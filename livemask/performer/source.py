"""Performer: the built-in person as a source, with known truth."""

import math
import threading
import time
from pathlib import Path

import numpy as np

from livemask.errors import UsageError
from livemask.geometry import project
from livemask.landmarks import JAW
from livemask.models import head
from livemask.performer.cast import cast
from livemask.performer.script import Script
from livemask.performer.studio import Studio
from livemask.performer.truth import Truth
from livemask.records import Camera, Float64, Frame, UInt8
from livemask.render.context import Context, offscreen
from livemask.render.opengl import LINUX

SMALLEST = 64
"""px; of a picture's sides."""


class Performer:
    """A scripted person before a camera, who talks, blinks, turns, leaves and comes back.

    The frames are a function of size, rate and seed; live, they come in their own time as a
    camera's do, and those that nobody fetched are left out. Any thread may read, also another
    one than that which made it.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    rate : float
        Frames per second.
    seconds : float, optional
        How long; endless if left out.
    seed : int
        Who it is, what happens, the room, the noise.
    live : bool
        Whether to play as a camera does: to try what people see who wear a mask before one.
    context : Context, optional
        To draw with; stays the caller's, and current. If left out, one of its own is made: on
        Linux at the first frame, elsewhere here, which must then be the main thread (see
        `render.context.offscreen`).

    Raises
    ------
    UsageError
        If size, rate or length is not possible.
    """

    seconds: float | None
    seed: int
    live: bool
    path: Path | None = None

    def __init__(
        self,
        size: tuple[int, int] = (1280, 720),
        rate: float = 30.0,
        seconds: float | None = None,
        seed: int = 0,
        *,
        live: bool = False,
        context: Context | None = None,
    ) -> None:
        _check(size, rate, seconds, seed)
        self.size, self.rate, self.seconds, self.seed = size, rate, seconds, seed
        self.live = live
        self.count = None if seconds is None else max(1, round(seconds * rate))
        self.camera = Camera.from_field_of_view(size)
        self.person = cast(head.create(), seed)
        self._script = Script(self.person.expression_names, seed)
        self._nobody = np.zeros(0)  # the identity of a person who is the mean
        self._lock = threading.Lock()
        self._own = context is None
        # Elsewhere than on Linux it is a hidden window, which the main thread must make.
        self._context = context if context is not None or LINUX else offscreen()
        self._studio: Studio | None = None
        self._index = self._given = 0
        self._began: float | None = None
        self._closed = threading.Event()

    def read(self) -> Frame | None:
        """Return the next frame; None after the last one or after `close`."""
        if self.live:
            self._wait()
        with self._lock:
            if self._closed.is_set() or self._index == self.count:
                return None
            truth = self.truth(self._index)
            frame = Frame(self._drawn(truth), truth.time, self._given)
            self._index, self._given = self._index + 1, self._given + 1
            return frame

    def truth(self, index: int) -> Truth:
        """Return what is the case in frame `index`, without drawing it."""
        time = index / self.rate
        state = self._script.at(time)
        return self.pose(state.pose(self.camera), state.expression, index)

    def pose(self, camera_from_head: Float64, expression: Float64, index: int = 0) -> Truth:
        """Return the person as told, outside of the script: for `picture`.

        Parameters
        ----------
        camera_from_head : (4, 4) float64
            mm.
        expression : (52,) float64
            0 to 1.
        index : int
            Which frame's time and noise it has.
        """
        vertices = self.person.vertices(self._nobody, expression)
        landmarks = vertices[self.person.landmark_vertices].astype(np.float64)
        return Truth(
            index,
            index / self.rate,
            self.camera,
            camera_from_head,
            expression,
            vertices,
            landmarks,
            _is_visible(self.camera, camera_from_head, landmarks),
        )

    def picture(self, truth: Truth) -> UInt8:
        """Return the picture (h, w, 3) of a truth, read-only: a frame's own, or from `pose`."""
        with self._lock:
            return self._drawn(truth)

    def close(self) -> None:
        """Let go of the GPU. May be called twice, and while another thread reads."""
        self._closed.set()
        with self._lock:
            if self._studio is None or self._context is None:
                return
            self._context.make_current()
            self._studio.close()
            self._studio = None
            if self._own:
                self._context.close()

    def _wait(self) -> None:
        """Wait until the next frame is due, and leave out those that were due before."""
        now = time.monotonic()
        if self._began is None:
            self._began = now
        self._closed.wait(max(0.0, self._began + self._index / self.rate - now))
        due = math.floor((time.monotonic() - self._began) * self.rate)
        last = due if self.count is None else min(due, self.count)
        self._index = max(self._index, last)

    def _drawn(self, truth: Truth) -> UInt8:
        """Draw with the context current here, and leave one of its own to any other thread."""
        if self._context is None:
            self._context = offscreen(apart=True)  # a reader's thread draws beside the masks'
        self._context.make_current()
        if self._studio is None:
            self._studio = Studio(self.person, self.size, self.seed, self._context)
        image = self._studio.picture(truth)
        if self._own:
            self._context.release_current()
        image.flags.writeable = False
        return image


def _is_visible(camera: Camera, camera_from_head: Float64, landmarks: Float64) -> bool:
    points = project(camera, camera_from_head, landmarks)[JAW.stop :]
    return bool(((points >= 0.0) & (points <= np.array(camera.size) - 1.0)).all())


def _check(size: tuple[int, int], rate: float, seconds: float | None, seed: int) -> None:
    if min(size) < SMALLEST:
        raise UsageError(f"the performer cannot be {size[0]}x{size[1]}; at least 64 px a side.")
    if not (math.isfinite(rate) and rate > 0.0):
        raise UsageError(
            f"the performer's rate must be greater than 0 frames a second, not {rate}."
        )
    if seconds is not None and not (math.isfinite(seconds) and seconds > 0.0):
        raise UsageError(f"the performer must play for more than 0 s, not {seconds}.")
    if seed < 0:
        raise UsageError(f"the performer's seed must be 0 or greater, not {seed}.")
