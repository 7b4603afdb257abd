import os
import signal
import threading
from itertools import count

import pytest

from livemask.errors import SinkError
from livemask.pipeline import Pipeline, Slot
from livemask.signals import stop_on_signals


@pytest.fixture
def running():
    """A pipeline that runs until it is stopped, and what its only sink did."""
    pipeline, slot, sent, closed = Pipeline(), Slot(), threading.Semaphore(0), []
    pipeline.stage("read", count(1).__next__, targets=[slot])
    pipeline.stage("sink", lambda _: sent.release(), slot, close=lambda: closed.append(1))
    return pipeline, sent, closed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_and_a_second_one_changes_nothing(running, number):
    pipeline, sent, closed = running
    before = signal.getsignal(number)

    def poll():
        if not pipeline.stopped and sent.acquire(timeout=20.0):
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), number)

    with stop_on_signals(pipeline.stop):
        pipeline.run_until_done(poll)
    assert pipeline.stopped
    assert closed == [1]
    assert signal.getsignal(number) is before


def test_handlers_come_back_after_an_exception():
    before = signal.getsignal(signal.SIGINT)

    def run():
        with stop_on_signals(lambda: None):
            assert signal.getsignal(signal.SIGINT) is not before
            raise SinkError("no")

    with pytest.raises(SinkError):
        run()
    assert signal.getsignal(signal.SIGINT) is before


def test_an_ignored_signal_stays_ignored():
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with stop_on_signals(lambda: None):
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_outside_the_main_thread_no_handler_is_installed():
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def run():
        with stop_on_signals(lambda: None):
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(20.0)
    assert seen == [before]
