"""Outputs that fail, and that are switched on and off, while a run goes on."""

import logging
import threading
import time

import numpy as np
import pytest

from livemask import plugins
from livemask.errors import LivemaskError, SinkError, UsageError
from livemask.outputs import Condition, Outputs
from livemask.pipeline import Pipeline, Slot
from livemask.records import Frame, Output

PATIENCE = 20.0  # s after which a test that hangs fails
IMAGE = np.zeros((4, 4, 3), np.uint8)


class Sink:
    """Remembers the numbers of the frames it was sent; can be held up or made to fail."""

    capacity = 1
    wants_pixels = False

    def __init__(self, fails_at=None, error=None, drops=False, pixels=False):
        self.got, self.closed = [], 0
        self.fails_at, self.error = fails_at, error or SinkError("the cable was pulled")
        self.drops, self.wants_pixels = drops, pixels
        self.gate, self.some = threading.Event(), threading.Event()
        self.gate.set()

    def send(self, output):
        assert self.gate.wait(PATIENCE)
        if self.fails_at is not None and output.frame.index >= self.fails_at:
            raise self.error
        self.got.append(output.frame.index)
        self.some.set()

    def close(self):
        self.closed += 1


def output(index, image=None):
    return Output(image, Frame(IMAGE, index / 30, index), (), None, index / 30)


class Run:
    """A source of frames before some outputs."""

    def __init__(self, count=None, waits=True, watched=False, image=None):
        self.pipeline, self.index, self.count, self.image = Pipeline(), 0, count, image
        self.outputs = Outputs(self.pipeline, waits=waits, watched=watched)
        frames = Slot(1, blocking=True)
        self.pipeline.stage("read", self.read, targets=[frames])
        self.pipeline.stage("render", lambda i: output(i, self.image), frames, [self.outputs])

    def read(self):
        self.index += 1
        return None if self.count is not None and self.index > self.count else self.index

    def go(self, poll=None):
        self.pipeline.run_until_done(poll)
        self.outputs.complain()


@pytest.mark.parametrize(
    "error", [SinkError("the disk is full"), OSError(28, "No space"), KeyError(1)]
)
def test_an_output_that_fails_is_closed_and_told_once_and_the_rest_goes_on(caplog, error):
    run, broken, whole = Run(count=60), Sink(fails_at=5, error=error), Sink()
    run.outputs.add("broken", broken)
    run.outputs.add("whole", whole)
    with pytest.raises(SinkError, match=r"broken failed on the way") as caught:
        run.go()
    assert caught.value.__cause__ is error
    assert broken.got == [1, 2, 3, 4]
    assert whole.got == list(range(1, 61))
    assert (broken.closed, whole.closed) == (1, 1)
    told = [r for r in caplog.records if not hasattr(r, "elsewhere")]
    assert [r.getMessage() for r in told] == [f"broken has ended, the rest goes on: {error}"]
    assert run.outputs.states["broken"].condition is Condition.FAILED
    assert run.outputs.states["broken"].error == str(error)


def test_the_last_output_of_a_run_without_a_window_ends_it(caplog):
    run, sink = Run(), Sink(fails_at=5)
    run.outputs.add("vmc", sink)
    with caplog.at_level(logging.WARNING), pytest.raises(SinkError, match="cable was pulled"):
        run.go()
    assert caplog.records == []
    assert sink.closed == 1


def test_a_run_with_a_window_goes_on_without_outputs():
    run, sink = Run(count=50, watched=True), Sink(fails_at=5)
    run.outputs.add("vmc", sink)
    with pytest.raises(SinkError, match="vmc failed on the way"):
        run.go()
    assert run.index == 51


def test_an_output_that_fails_in_the_end_is_raised_as_it_is():
    run, sink = Run(count=5), Sink()

    def close():
        raise SinkError("the end cannot be written")

    sink.close = close
    run.outputs.add("recorder", sink)
    run.outputs.add("csv", Sink())
    with pytest.raises(SinkError, match="end cannot be written"):
        run.go()


def test_outputs_are_switched_on_and_off_while_the_rest_goes_on():
    run, always, sometimes, again = Run(waits=False), Sink(), Sink(), Sink()
    run.outputs.add("always", always)
    steps = []

    def poll():
        if not steps and always.some.is_set():
            steps.append(run.outputs.add("other", sometimes))
        elif len(steps) == 1 and sometimes.some.is_set():
            steps.append(run.outputs.stop("other"))
        elif len(steps) == 2 and run.outputs.states["other"].condition is Condition.OFF:
            steps.append(run.outputs.add("other", again))
        elif len(steps) == 3 and again.some.is_set():
            run.pipeline.stop()

    run.go(poll)
    assert sometimes.got[-1] < again.got[0]
    assert (always.closed, sometimes.closed, again.closed) == (1, 1, 1)
    assert always.got[-1] >= again.got[0]


def test_an_output_is_not_switched_on_twice_nor_after_the_end():
    run, second = Run(count=3), Sink()
    run.outputs.add("csv", Sink())
    with pytest.raises(UsageError, match="csv is on already"):
        run.outputs.add("csv", second)
    run.go()
    with pytest.raises(UsageError, match="the run is over"):
        run.outputs.add("csv", second)
    assert run.outputs.states["csv"].condition is Condition.OFF


def test_a_plug_in_is_switched_on_by_its_name(monkeypatch):
    made = []
    monkeypatch.setattr(
        plugins, "create", lambda room, text, **given: made.append((room, text, given)) or Sink()
    )
    run = Run(count=2)
    run.outputs.start("virtual_camera,device=x", backend="y")
    with pytest.raises(LivemaskError, match="virtual-camera is on already"):
        run.outputs.start("virtual-camera")
    assert made == [("sinks", "virtual_camera,device=x", {"backend": "y"})]
    run.go()


def test_an_output_that_drops_is_not_waited_for_even_by_a_film():
    run, slow, whole = Run(count=300), Sink(drops=True), Sink()
    slow.gate.clear()
    run.outputs.add("slow", slow)
    run.outputs.add("whole", whole)
    run.go(poll=lambda: slow.gate.set() if whole.closed else None)
    assert whole.got == list(range(1, 301))
    assert slow.got[-1] == 300
    assert run.outputs.states["slow"].dropped == 300 - len(slow.got)
    assert run.outputs.states["whole"].dropped == 0


def test_an_output_that_is_late_holds_up_no_other_of_a_camera():
    run, slow, quick = Run(waits=False), Sink(), Sink()
    slow.gate.clear()
    run.outputs.add("slow", slow)
    run.outputs.add("quick", quick)

    def poll():
        if len(quick.got) > 200:
            run.pipeline.stop()
            slow.gate.set()

    run.go(poll)
    assert len(slow.got) < 10  # of more than 200


class Held(Sink):
    """Tells when it has its first frame in its hands."""

    def __init__(self):
        super().__init__()
        self.entered = threading.Event()

    def send(self, output):
        self.entered.set()
        super().send(output)


@pytest.mark.parametrize("capacity", [1, 3])
def test_what_a_sink_that_hangs_misses_is_counted_and_the_others_miss_nothing(capacity):
    pipeline, quick, hangs, frames = Pipeline(), Sink(), Held(), 200
    outputs = Outputs(pipeline, waits=False, watched=False)
    hangs.capacity = quick.capacity = capacity
    hangs.gate.clear()
    outputs.add("quick", quick)
    outputs.add("hangs", hangs)
    indices = iter(range(frames))

    def camera():
        """Give the next frame when the quick one has had the last."""
        index = next(indices, None)
        if index == 1:
            assert hangs.entered.wait(PATIENCE)
        while len(quick.got) < (frames if index is None else index):
            time.sleep(0.0005)
        if index is None:
            hangs.gate.set()
            return None
        return output(index)

    pipeline.stage("camera", camera, targets=[outputs])
    pipeline.run_until_done()
    assert quick.got == list(range(frames))
    assert hangs.got == [0, *range(frames - capacity, frames)]
    assert outputs.states["quick"].dropped == 0
    assert outputs.states["hangs"].dropped == frames - 1 - capacity


def test_a_sink_that_wants_pixels_gets_no_output_without_them():
    run, pixels, numbers = Run(count=4), Sink(pixels=True), Sink()
    run.outputs.add("pixels", pixels)
    run.outputs.add("numbers", numbers)
    assert run.outputs.pixels
    run.go()
    assert pixels.got == []
    assert numbers.got == [1, 2, 3, 4]


def test_a_sink_that_wants_one_picture_waits_for_it():
    outputs, sink = Outputs(Pipeline(), waits=True, watched=False), Sink(pixels=True)
    sink.once = True
    outputs.add("screenshot", sink)
    outputs.put(output(1))  # drawn before anybody wanted the picture
    assert outputs.states["screenshot"].condition == Condition.ON
    outputs.put(output(2, IMAGE))
    assert outputs.states["screenshot"].condition == Condition.ENDING


def test_what_outputs_want_is_asked_when_one_comes_or_goes():
    asked, pipeline = [], Pipeline()
    outputs = Outputs(
        pipeline, waits=True, watched=False, changed=lambda: asked.append(outputs.pixels)
    )
    outputs.add("csv", Sink())
    outputs.add("recorder", Sink(pixels=True))
    outputs.stop("recorder")
    assert asked == [False, True, False]


def test_sinks_whose_run_never_began_are_closed():
    run, sink = Run(), Sink()
    run.outputs.add("csv", sink)
    run.outputs.release()
    run.outputs.release()
    assert sink.closed == 1
