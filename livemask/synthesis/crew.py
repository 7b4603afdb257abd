"""Several processes that make pictures of one order, a few at a time.

Each is started anew rather than forked, and ends when whoever started it has gone, even by
`kill -9`. They take no notice of Ctrl-C, which reaches them, too.
"""

import json
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import cv2

from livemask.errors import LivemaskError, SinkError
from livemask.library.opening import open_model
from livemask.synthesis.order import Order
from livemask.synthesis.storing import store
from livemask.synthesis.studio import Studio

CHUNK = 8
"""Pictures that a process is given at once."""

PATIENCE = 0.2
"""s between two looks at whether it is to be stopped."""

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")


def photos_in(folder: str) -> tuple[Path, ...]:
    """Return the photos of a folder in the order of their names; none if it is not named.

    Raises
    ------
    LivemaskError
        If there are none in it.
    """
    if not folder:
        return ()
    try:
        found = sorted(f for f in Path(folder).iterdir() if f.suffix.lower() in SUFFIXES)
    except OSError as error:
        raise LivemaskError(
            f"the folder {folder} cannot be read: {error.strerror}; name another one."
        ) from error
    if not found:
        raise LivemaskError(f"no photos are in {folder}; name a folder with JPEG or PNG files.")
    return tuple(found)


def make(
    out: Path, order: Order, numbers: list[int], workers: int, stopped: Callable[[], bool]
) -> Iterator[int]:
    """Make pictures, and yield how many more are done; ends early once `stopped()`.

    Parameters
    ----------
    out : Path
        Their folder.
    order : Order
        What they have in common.
    numbers : list of int
        Of the pictures.
    workers : int
        Processes; 1 makes them in this one.
    stopped : function
        Whether it is to end.
    """
    if workers == 1:
        yield from _alone(out, order, numbers, stopped)
        return
    waiting = deque(numbers[i : i + CHUNK] for i in range(0, len(numbers), CHUNK))
    staff = [_Hand(out, order) for _ in range(min(workers, len(waiting)))]
    try:
        for hand in staff:
            hand.take(waiting)
        while not stopped() and any(hand.busy for hand in staff):
            yield from _heard(staff, waiting)
    finally:
        for hand in staff:
            hand.end()


def _alone(
    out: Path, order: Order, numbers: list[int], stopped: Callable[[], bool]
) -> Iterator[int]:
    if not numbers:
        return
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        studio = _studio(order)
        for index in numbers:
            if stopped():
                return
            store(out, order, index, studio.picture(index))
            yield 1
    finally:
        cv2.setNumThreads(threads)


def _studio(order: Order) -> Studio:
    return Studio(order, open_model(order.model), photos_in(order.backgrounds))


def _heard(staff: list["_Hand"], waiting: deque[list[int]]) -> Iterator[int]:
    lines = {hand.line: hand for hand in staff if hand.busy}
    for line in wait(list(lines), PATIENCE):
        hand = lines[line]  # type: ignore[index]
        yield hand.answer()
        if not hand.left:
            hand.take(waiting)


class _Hand:
    """A process, and how many pictures it still owes."""

    def __init__(self, out: Path, order: Order) -> None:
        context = get_context("spawn")
        self.line, far = context.Pipe()
        told = json.dumps({"out": str(out), "order": order.written})
        self._process: BaseProcess = context.Process(target=serve, args=(far, told), daemon=True)
        self._process.start()
        far.close()
        self.left = 0

    @property
    def busy(self) -> bool:
        return self.left > 0

    def take(self, waiting: deque[list[int]]) -> None:
        """Give it pictures to make, if there are any left."""
        if waiting:
            chunk = waiting.popleft()
            self.left = len(chunk)
            self.line.send_bytes(json.dumps(chunk).encode())

    def answer(self) -> int:
        """Hear that a picture is done: 1.

        Raises
        ------
        LivemaskError
            If it could not be made.
        """
        try:
            error = json.loads(self.line.recv_bytes())
        except (EOFError, OSError) as gone:
            self._process.join(PATIENCE)
            raise LivemaskError(
                f"a process has ended (exit status {self._process.exitcode}); the same command "
                "goes on, with fewer --workers it needs less memory."
            ) from gone
        if error:
            raise SinkError(error)
        self.left -= 1
        return 1

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self.line.close()


def serve(line: Connection, told: str) -> None:
    """Make pictures whose numbers come by `line` until it is closed."""
    for name in ("SIGINT", "SIGHUP", "SIGBREAK"):
        with suppress(AttributeError, ValueError, OSError):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cv2.setNumThreads(1)
    settings = json.loads(told)
    out, order = Path(settings["out"]), Order.read(settings["order"])
    with suppress(EOFError, OSError):
        studio = None
        while True:
            for index in json.loads(line.recv_bytes()):
                try:
                    studio = studio or _studio(order)
                    store(out, order, index, studio.picture(index))
                except LivemaskError as error:
                    line.send_bytes(json.dumps(str(error)).encode())
                    return
                line.send_bytes(b'""')
