"""Several processes of this machine, each with a job at a time.

Each is started anew rather than forked, for threads and OpenGL do not outlast a fork. They take
no notice of Ctrl-C, which reaches them, too: a film that is broken off must not look finished.
Whoever stops them ends them. One that crashes costs its own film only.
"""

import json
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from livemask.batch.job import Job, Outcome
from livemask.batch.work import do

PATIENCE = 0.2
"""s between two looks at whether it is to be stopped."""

Told = Callable[[Job, int, int | None], object]
"""Told of a job how many frames have been read, of how many."""

Done = tuple[Job, Outcome]


def work(
    jobs: Iterable[Job], processes: int, stopped: Callable[[], bool], told: Told
) -> Iterator[Done]:
    """Yield jobs as they are done; ends early, with all processes, once `stopped()`.

    Parameters
    ----------
    jobs : iterable of Job
        In the order in which they are begun.
    processes : int
        How many at a time.
    stopped : function
        Whether it is to end.
    told : function
        Told how far they are.
    """
    waiting = deque(jobs)
    staff = [_Worker() for _ in range(min(processes, len(waiting)))]
    try:
        for worker in staff:
            worker.take(waiting.popleft())
        while not stopped() and any(worker.job is not None for worker in staff):
            for worker in _heard(staff):
                done = worker.answer(told)
                if done is not None:
                    yield done
                if worker.job is None and waiting:
                    worker.take(waiting.popleft())
    finally:
        for worker in staff:
            worker.end()


def _heard(staff: Iterable["_Worker"]) -> list["_Worker"]:
    """Return those that have something to say, which may be that they have died."""
    busy = {worker.line: worker for worker in staff if worker.job is not None}
    return [busy[line] for line in wait(list(busy), PATIENCE)]  # type: ignore[index]


class _Worker:
    """A process, and its job."""

    line: Connection

    def __init__(self) -> None:
        self.job: Job | None = None
        self._process: BaseProcess | None = None

    def take(self, job: Job) -> None:
        """Give it a job; starts a process if it has none."""
        if self._process is None:
            context = get_context("spawn")
            self.line, far = context.Pipe()
            self._process = context.Process(target=serve, args=(far,), daemon=True)
            with _deaf():
                self._process.start()
            far.close()
        self.job = job
        self.line.send_bytes(job.text.encode())

    def answer(self, told: Told) -> Done | None:
        """Hear what it says; return its job once that is done."""
        if self.job is None:
            raise ValueError("only who has a job answers")
        job = self.job
        try:
            kind, *said = json.loads(self.line.recv_bytes())
        except (EOFError, OSError):
            outcome = Outcome(error=f"its process has ended ({self._ending()}).")
            self.end()
        else:
            if kind == "frames":
                told(job, *said)
                return None
            outcome = Outcome.read(said[0])
        self.job = None
        return job, outcome

    def end(self) -> None:
        """End the process. Ending twice does nothing."""
        if self._process is None:
            return
        self._process.kill()
        self._process.join()
        self.line.close()
        self._process = None

    def _ending(self) -> str:
        if self._process is None:
            return "unknown"
        self._process.join(PATIENCE)
        code = self._process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


@contextmanager
def _deaf() -> Iterator[None]:
    """Take no notice of Ctrl-C meanwhile: a process that is started then never does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def serve(line: Connection) -> None:
    """Do jobs that come by `line` until it is closed."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)

    def say(*words: object) -> None:
        line.send_bytes(json.dumps(words).encode())

    with suppress(EOFError, OSError):  # whoever asked has gone
        while True:
            job = line.recv_bytes().decode()
            say("done", do(job, lambda done, total: say("frames", done, total)))
