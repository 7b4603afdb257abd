"""Slot and Pipeline: threads joined by slots, one end, one first exception.

    read -> [slot] -> track -> [slot] -> render -> [slot] -> recorder
                                                -> [slot] -> csv

Live, a slot keeps only the newest values, so that a late stage drops frames but never
delays them. From a file it makes the stage before it wait, so that every frame passes in
order. The end travels the same way as the frames: a stage that ends closes the slots
behind it, and the next stage takes what is left there and ends as well.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from livemask.errors import SourceError

T = TypeVar("T")


class Slot(Generic[T]):
    """Joins two threads.

    Attributes
    ----------
    capacity : int
        How many values may wait.
    blocking : bool
        Whether `put` waits for room. If not, the oldest value gives way.
    dropped : int
        How many have given way.
    """

    def __init__(self, capacity: int = 1, blocking: bool = False) -> None:
        self.capacity = capacity
        self.blocking = blocking
        self.dropped = 0
        self._values: deque[T] = deque()
        self._closed = False
        self._changed = threading.Condition()

    def put(self, value: T) -> bool:
        """Hand over a value; return whether it was taken, which a closed slot refuses."""
        with self._changed:
            if self.blocking:
                self._changed.wait_for(lambda: self._closed or len(self._values) < self.capacity)
            if self._closed:
                return False
            if len(self._values) >= self.capacity:
                self._values.popleft()
                self.dropped += 1
            self._values.append(value)
            self._changed.notify_all()
            return True

    def get(self, timeout: float | None = None) -> T | None:
        """Return the oldest value, as soon as there is one.

        None if nothing came within `timeout` s, or, which `ended` tells, if nothing will.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._values, timeout)
            if not self._values:
                return None
            value = self._values.popleft()
            self._changed.notify_all()
            return value

    def __iter__(self) -> Iterator[T]:
        """Yield the values until the slot has ended."""
        while (value := self.get()) is not None:
            yield value

    @property
    def waiting(self) -> int:
        """How many values wait."""
        return len(self._values)

    @property
    def closed(self) -> bool:
        """Whether it takes no more."""
        return self._closed

    @property
    def ended(self) -> bool:
        """Whether it is closed and everything has been taken."""
        with self._changed:
            return self._closed and not self._values

    def close(self) -> None:
        """Take no more; what waits can still be had. Wakes everybody."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def abort(self) -> None:
        """Close, and throw away what waits."""
        with self._changed:
            self._values.clear()
            self.close()


class Target(Protocol):
    """What a stage hands its results to: a slot, or something that shares them out."""

    def put(self, value: Any) -> bool:
        """Take a value; return whether more are wanted."""

    def close(self) -> None:
        """Take no more."""


@dataclass(frozen=True, eq=False)
class _Stage:
    name: str
    function: Callable[..., Any]
    source: Slot[Any] | None
    targets: tuple[Target, ...]
    close: Callable[[], object] | None
    wake: Callable[[], object] | None
    spare: Callable[[Exception], bool] | None


class Pipeline:
    """Runs stages in threads of their own until the source ends or one of them fails.

    Parameters
    ----------
    timed : function(name, ms), optional
        Told how long each call of a stage took, without waiting.
    patience : float
        How long a source may take to come back from its last `read` once everything else
        has ended, s: a camera that was unplugged may never do so.
    """

    def __init__(
        self, timed: Callable[[str, float], object] | None = None, patience: float = 5.0
    ) -> None:
        self.stopped = False
        self._timed = timed or (lambda _name, _ms: None)
        self._patience = patience
        self._threads: dict[_Stage, threading.Thread] = {}
        self._running = False
        self._adding = threading.Lock()
        self._asleep: list[Callable[[], object]] = []
        self._errors: list[BaseException] = []
        self._failing = threading.Lock()

    def stage(
        self,
        name: str,
        function: Callable[..., Any],
        source: Slot[Any] | None = None,
        targets: Iterable[Target] = (),
        close: Callable[[], object] | None = None,
        wake: Callable[[], object] | None = None,
        spare: Callable[[Exception], bool] | None = None,
    ) -> None:
        """Add a stage: a thread that puts `function(value of source)` into all `targets`.

        Without `source` it is `function()`, until that returns None. A result of None is
        not handed on. `close()` is called in the same thread when the stage ends, however
        it ends; it may release what the function made there, such as an OpenGL context.
        `wake()` is called once after a stop, by the thread that runs the pipeline: it may let
        a function return that waits, for a camera that was unplugged. `spare(error)` is asked,
        in the stage's thread, whether the rest goes on when this stage has failed; if not, or
        without it, everything ends. A stage that is added while the others run starts at once.
        """
        stage = _Stage(name, function, source, tuple(targets), close, wake, spare)
        # A daemon: a camera that hangs in `read` must not keep the process alive.
        thread = threading.Thread(target=self._run, args=(stage,), name=name, daemon=True)
        with self._adding:
            self._threads[stage] = thread
            if self._running:
                thread.start()

    def stop(self) -> None:
        """Read no more; what has been handed over still goes its way and files are finished.

        May be called from any thread, from a signal handler and more than once: it takes no
        lock, which the interrupted thread might hold.
        """
        self.stopped = True

    def run_until_done(
        self, poll: Callable[[], object] | None = None, interval: float = 0.005
    ) -> None:
        """Start all stages and return when all have ended, their `close` included.

        `poll()` is called by this thread every `interval` s: window events.

        Raises
        ------
        The first exception of any stage or of `poll`. Later ones are added to it as notes.
        """
        self._start()
        try:
            self._watch(poll, interval)
        except BaseException as error:  # it is raised again when all have ended
            self._fail(error)
            self._watch(None, interval)
        self._blame_who_is_left()
        if self._errors:
            raise self._errors[0]

    def _start(self) -> None:
        with self._adding:
            self._asleep = [stage.wake for stage in self._threads if stage.wake is not None]
            self._running = True
            for thread in self._threads.values():
                thread.start()

    def _alive(self) -> dict[_Stage, threading.Thread]:
        with self._adding:
            return {stage: thread for stage, thread in self._threads.items() if thread.is_alive()}

    def _watch(self, poll: Callable[[], object] | None, interval: float) -> None:
        deadline = None
        while alive := self._alive():
            if self.stopped:
                self._close_first_slots()
                self._wake()
            if all(stage.source is None for stage in alive) and self.stopped:
                deadline = deadline or time.monotonic() + self._patience
                if time.monotonic() > deadline:
                    return
            if poll:
                poll()
            next(iter(alive.values())).join(interval)

    def _close_first_slots(self) -> None:
        # Not only by the source itself, which may hang in a `read` that never returns.
        for stage in tuple(self._threads):
            if stage.source is None:
                _close(stage.targets)

    def _wake(self) -> None:
        while self._asleep:
            self._asleep.pop()()

    def _blame_who_is_left(self) -> None:
        for stage in self._alive():
            self._fail(
                SourceError(
                    f"{stage.name!r} has not answered for {self._patience:g} s and was given "
                    "up; all files are finished. Is the camera still plugged in?"
                )
            )

    def _run(self, stage: _Stage) -> None:
        try:
            self._work(stage)
        except BaseException as error:  # it is raised again in the main thread
            self._fail(error, stage)
        # What was handed over before an error is still finished behind the stage; before it
        # the stages end as they find that nobody takes what they make.
        if stage.source is not None:
            stage.source.abort()
        _close(stage.targets)
        try:
            if stage.close:
                stage.close()
        except BaseException as error:
            self._fail(error, stage)

    def _work(self, stage: _Stage) -> None:
        for arguments in self._arguments(stage):
            started = time.perf_counter()
            result = stage.function(*arguments)
            self._timed(stage.name, 1000.0 * (time.perf_counter() - started))
            if result is None and stage.source is None:
                return
            if result is not None and not all(slot.put(result) for slot in stage.targets):
                return

    def _arguments(self, stage: _Stage) -> Iterator[tuple[Any, ...]]:
        if stage.source is not None:
            yield from ((value,) for value in stage.source)
        else:
            while not self.stopped:
                yield ()

    def _fail(self, error: BaseException, stage: _Stage | None = None) -> None:
        spare = stage.spare if stage is not None else None
        if spare is not None and isinstance(error, Exception) and spare(error):
            return
        with self._failing:
            if self._errors:
                self._errors[0].add_note(f"Then: {error}")
            self._errors.append(error)
        self.stop()


def _close(slots: Iterable[Target]) -> None:
    for slot in slots:
        slot.close()
