"""The signals that ask a program to end: Ctrl-C, SIGTERM, a closed terminal."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stop_on_signals(stop: Callable[[], object]) -> Iterator[None]:
    """Call `stop` on Ctrl-C, SIGTERM and a closed terminal, as often as they come.

    A second Ctrl-C, too, only asks for the end that is already on its way, so that files
    are finished. Signals that the parent ignores (nohup) stay ignored. Outside the main
    thread, where Python allows no handlers, it does nothing.
    """

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    heeded = _endings() if threading.current_thread() is threading.main_thread() else []
    before = {number: signal.signal(number, handle) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _endings() -> list[signal.Signals]:
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # the last two: Unix, Windows
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    return [number for number in known if signal.getsignal(number) not in (signal.SIG_IGN, None)]
