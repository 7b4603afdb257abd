"""Exchange: a live source that gives way to another while the run goes on."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from livemask.errors import SourceError
from livemask.records import Frame
from livemask.sources.contract import Source
from livemask.sources.pixels import fitted, sealed

LOG = logging.getLogger("livemask")

STEP = 1.0 / 30.0
"""s between the last frame of one source and the first of the next."""

PATIENCE = 20.0
"""s for which whoever asks for another source waits for it."""

PERSISTENCE, PAUSE = 60.0, 1.0
"""s for which a source that has failed is opened again, and between two attempts."""

Maker = Callable[[], Source]


class Exchange:
    """Gives the frames of one source after the other, as if they were one.

    Sizes, times and indices go on: a picture of other proportions gets black bars. The source
    that is left is closed before the next is opened, since both may be one camera. One that
    fails after it has worked is opened again, and again, for a minute: meanwhile its last picture
    stays.

    Parameters
    ----------
    source : Source
        The first. It must be live.
    again : function
        Opens it anew, for when the next cannot be had.
    """

    live = True
    count: int | None = None
    path: Path | None = None

    def __init__(self, source: Source, again: Maker) -> None:
        self.size, self.rate = source.size, source.rate
        self._source, self._again = source, again
        self._asked: tuple[Maker, Future[None]] | None = None
        self._closed = threading.Event()
        self._last: Frame | None = None
        self._passed, self._count = 0.0, 0  # s and frames of the sources before this one

    def change(self, make: Maker) -> None:
        """Go on with the source that `make` opens, in the thread that reads; wait for it.

        Raises
        ------
        LivemaskError
            If it cannot be opened; the former goes on.
        """
        done: Future[None] = Future()
        left = self._source  # by the time it is closed, another may be there
        self._asked = make, done
        left.close()
        try:
            done.result(PATIENCE)
        except TimeoutError:
            raise SourceError(
                f"the camera has not answered for {PATIENCE:g} s; choose it again, or another."
            ) from None

    def read(self) -> Frame | None:
        """Return the next frame; None after the last one or after `close`.

        Raises
        ------
        Exception
            What went wrong with the source, if it cannot be had again.
        """
        while not self._closed.is_set():
            frame, error = self._next()
            asked, self._asked = self._asked, None
            if asked is not None:
                self._go_on(*asked)
            elif error is not None:
                self._open_again(error)
            elif frame is None:
                return None
            else:
                return self._continued(frame)
        return None

    def rest(self, on: bool) -> None:
        """Let the source rest, if it can, or go on; in the thread that reads."""
        rest = getattr(self._source, "rest", None)
        if rest is not None:
            rest(on)

    def close(self) -> None:
        """Let go of the source. May be called twice, and while another thread reads."""
        self._closed.set()
        self._source.close()

    def _next(self) -> tuple[Frame | None, Exception | None]:
        """Return the source's next frame, or what went wrong."""
        try:
            return self._source.read(), None
        except Exception as error:
            if self._last is None:  # it has never worked
                raise
            return None, error

    def _go_on(self, make: Maker, done: Future[None]) -> None:
        """Open another source, or the former again, and tell who waits for it."""
        self._source.close()  # who asks a second time may have closed one before it
        try:
            self._take(make())
            self._again = make
            done.set_result(None)
        except Exception as error:
            done.set_exception(error)
            self._open_again(error, at_once=True)

    def _open_again(self, error: Exception, *, at_once: bool = False) -> None:
        """Open the former source until it works, or another is asked for."""
        self._source.close()
        if not at_once:
            LOG.warning("%s It is opened again.", error)
        given_up = time.monotonic() + PERSISTENCE
        while not self._closed.wait(0.0 if at_once else PAUSE) and self._asked is None:
            at_once = False
            try:
                self._take(self._again())
            except Exception:
                if time.monotonic() > given_up:
                    raise error from None
            else:
                LOG.warning("the source is there again.")
                return

    def _take(self, source: Source) -> None:
        self._source = source
        if self._last is not None:
            self._passed, self._count = self._last.time + STEP, self._last.index + 1
        if self._closed.is_set():
            source.close()

    def _continued(self, frame: Frame) -> Frame:
        """Return `frame` as if the source had never been another."""
        if frame.size != self.size:
            frame = replace(frame, image=sealed(fitted(frame.image, self.size)))
        if self._count:
            time, index = frame.time + self._passed, frame.index + self._count
            frame = replace(frame, time=time, index=index)
        self._last = frame
        return frame
