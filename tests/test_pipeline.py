import threading
from itertools import count

import pytest

from livemask.errors import SinkError, SourceError
from livemask.pipeline import Pipeline, Slot

PATIENCE = 20.0  # s after which a test that hangs fails


@pytest.fixture(autouse=True)
def no_thread_is_left_behind():
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
        assert not thread.is_alive(), thread.name


def numbers(n):
    """Return a source that counts to n."""
    values = iter(range(1, n + 1))
    return lambda: next(values, None)


def in_thread(function, *arguments):
    thread = threading.Thread(target=function, args=arguments, daemon=True)
    thread.start()
    return thread


class Sink:
    """Remembers what it was sent, and can be held up or made to fail."""

    def __init__(self, fails_at=None, fails_in_close=False):
        self.got = []
        self.closed = 0
        self.gate = threading.Event()
        self.gate.set()
        self.sent = threading.Semaphore(0)
        self.fails_at = fails_at
        self.fails_in_close = fails_in_close

    def send(self, value):
        assert self.gate.wait(PATIENCE)
        assert not self.closed
        if self.fails_at is not None and value >= self.fails_at:
            raise SinkError("the disk is full")
        self.got.append(value)
        self.sent.release()

    def close(self):
        self.closed += 1
        if self.fails_in_close:
            raise SinkError("the end cannot be written")


class Fan:
    """Hands what it gets to several slots, whatever becomes of them."""

    def __init__(self, *slots):
        self.slots = slots

    def put(self, value):
        for slot in self.slots:
            slot.put(value)
        return True

    def close(self):
        for slot in self.slots:
            slot.close()


def chain(source, sinks, blocking=True, capacity=1, **options):
    """Return a pipeline source -> double -> sinks, and its slots."""
    pipeline = Pipeline(**options)
    first = Slot(capacity, blocking)
    last = [Slot(capacity, blocking) for _ in sinks]
    pipeline.stage("read", source, targets=[first])
    pipeline.stage("double", lambda x: 2 * x, first, last)
    for slot, sink in zip(last, sinks, strict=True):
        pipeline.stage("sink", sink.send, slot, close=sink.close)
    return pipeline, first, last


def test_a_live_slot_keeps_the_newest_value_and_counts_the_others():
    slot = Slot()
    assert [slot.put(i) for i in range(5)] == [True] * 5
    assert slot.get() == 4
    assert slot.dropped == 4


def test_a_live_slot_of_capacity_sixty_keeps_the_newest_sixty_in_order():
    slot = Slot(60)
    for i in range(100):
        slot.put(i)
    slot.close()
    assert list(slot) == list(range(40, 100))
    assert slot.dropped == 40


def test_a_blocking_slot_drops_nothing_and_keeps_the_order():
    slot = Slot(2, blocking=True)
    thread = in_thread(lambda: ([slot.put(i) for i in range(500)], slot.close()))
    assert list(slot) == list(range(500))
    thread.join(PATIENCE)
    assert slot.dropped == 0


def test_get_returns_none_when_nothing_comes_in_time():
    slot = Slot()
    assert slot.get(timeout=0.001) is None
    assert not slot.ended


def test_a_closed_slot_gives_the_rest_and_then_the_end():
    slot = Slot(3)
    slot.put("a")
    slot.put("b")
    slot.close()
    assert not slot.ended
    assert (slot.get(), slot.get(), slot.get()) == ("a", "b", None)
    assert slot.ended


def test_a_closed_slot_refuses_values():
    slot = Slot()
    slot.close()
    assert not slot.put(1)
    assert slot.get() is None


def test_an_aborted_slot_gives_nothing():
    slot = Slot(3)
    slot.put(1)
    slot.abort()
    assert slot.get() is None
    assert slot.ended


@pytest.mark.parametrize("end", [Slot.close, Slot.abort])
def test_the_end_wakes_who_waits_for_room(end):
    slot = Slot(1, blocking=True)
    slot.put(1)
    taken = []
    thread = in_thread(lambda: taken.append(slot.put(2)))
    end(slot)
    thread.join(PATIENCE)
    assert taken == [False]


def test_the_end_wakes_who_waits_for_a_value():
    slot = Slot()
    got = []
    thread = in_thread(lambda: got.append(slot.get()))
    slot.close()
    thread.join(PATIENCE)
    assert got == [None]


def test_from_a_film_every_frame_passes_in_order_to_every_sink():
    sinks = [Sink(), Sink()]
    pipeline, first, last = chain(numbers(300), sinks)
    pipeline.run_until_done()
    assert [sink.got for sink in sinks] == [[2 * i for i in range(1, 301)]] * 2
    assert [sink.closed for sink in sinks] == [1, 1]
    assert [slot.dropped for slot in [first, *last]] == [0, 0, 0]


def test_a_late_live_sink_drops_frames_but_delays_no_other():
    slow, quick = Sink(), Sink()
    slow.gate.clear()
    pipeline = Pipeline()
    to_slow, to_quick = Slot(), Slot(1000)
    pipeline.stage("read", numbers(100), targets=[to_slow, to_quick])
    pipeline.stage("slow", slow.send, to_slow, close=slow.close)
    pipeline.stage("quick", quick.send, to_quick, close=quick.close)
    pipeline.run_until_done(poll=lambda: slow.gate.set() if quick.closed else None)
    assert quick.got == list(range(1, 101))
    assert slow.got[-1] == 100
    assert len(slow.got) + to_slow.dropped == 100
    assert len(slow.got) <= 2


def test_a_result_of_none_is_not_handed_on():
    sink = Sink()
    pipeline = Pipeline()
    a, b = Slot(blocking=True), Slot(blocking=True)
    pipeline.stage("read", numbers(6), targets=[a])
    pipeline.stage("odd", lambda x: x if x % 2 else None, a, [b])
    pipeline.stage("sink", sink.send, b, close=sink.close)
    pipeline.run_until_done()
    assert sink.got == [1, 3, 5]


@pytest.mark.parametrize("blocking", [True, False])
def test_the_first_exception_ends_everything_and_is_raised_again(blocking):
    sinks = [Sink(fails_at=6), Sink()]
    pipeline, *_ = chain(count(1).__next__, sinks, blocking)
    with pytest.raises(SinkError, match="disk is full"):
        pipeline.run_until_done()
    assert [sink.closed for sink in sinks] == [1, 1]
    assert sinks[0].got == [2, 4] if blocking else all(value < 6 for value in sinks[0].got)


def test_what_was_read_before_the_source_failed_reaches_the_sinks():
    values = iter([1, 2, 3])

    def read():
        if (value := next(values, None)) is None:
            raise SourceError("the camera was unplugged")
        return value

    sink = Sink()
    sink.gate.clear()
    pipeline, *_ = chain(read, [sink], capacity=10)
    with pytest.raises(SourceError, match="unplugged"):
        pipeline.run_until_done(poll=lambda: sink.gate.set() if pipeline.stopped else None)
    assert sink.got == [2, 4, 6]
    assert sink.closed == 1


def test_a_stage_that_may_be_spared_ends_alone():
    asked = []
    pipeline, broken, whole = Pipeline(), Sink(fails_at=3, fails_in_close=True), Sink()
    slots = Slot(1, blocking=True), Slot(1, blocking=True)
    fan = Fan(*slots)
    pipeline.stage("read", numbers(50), targets=[fan])
    pipeline.stage(
        "broken",
        broken.send,
        slots[0],
        close=broken.close,
        spare=lambda error: asked.append(str(error)) or True,
    )
    pipeline.stage("whole", whole.send, slots[1], close=whole.close)
    pipeline.run_until_done()
    assert whole.got == list(range(1, 51))
    assert broken.got == [1, 2]
    assert [broken.closed, whole.closed] == [1, 1]
    assert asked == ["the disk is full", "the end cannot be written"]


def test_a_stage_that_is_not_spared_ends_everything():
    sink, slot = Sink(fails_at=3), Slot(1, blocking=True)
    pipeline = Pipeline()
    pipeline.stage("read", count(1).__next__, targets=[slot])
    pipeline.stage("sink", sink.send, slot, close=sink.close, spare=lambda _error: False)
    with pytest.raises(SinkError, match="disk is full"):
        pipeline.run_until_done()


def test_a_stage_that_is_added_while_the_others_run_starts_at_once():
    first, late = Sink(), Sink()
    slots = Slot(1), Slot(1)
    pipeline, fan = Pipeline(), Fan(*slots)
    pipeline.stage("read", count(1).__next__, targets=[fan])
    pipeline.stage("first", first.send, slots[0], close=first.close)

    def poll():
        if first.sent.acquire(timeout=0.01) and not added:
            added.append(True)
            pipeline.stage("late", late.send, slots[1], close=late.close)
        if late.got:
            pipeline.stop()

    added = []
    pipeline.run_until_done(poll)
    assert late.got
    assert late.closed == 1


def test_an_exception_in_close_is_raised():
    sinks = [Sink(fails_in_close=True), Sink()]
    pipeline, *_ = chain(numbers(5), sinks)
    with pytest.raises(SinkError, match="end cannot be written"):
        pipeline.run_until_done()
    assert sinks[1].got == [2, 4, 6, 8, 10]
    assert sinks[1].closed == 1


def test_a_second_exception_is_noted_on_the_first():
    sinks = [Sink(fails_at=2, fails_in_close=True)]
    pipeline, *_ = chain(numbers(5), sinks)
    with pytest.raises(SinkError, match="disk is full") as caught:
        pipeline.run_until_done()
    assert caught.value.__notes__ == ["Then: the end cannot be written"]


def test_an_exception_in_poll_ends_everything_and_is_raised_again():
    sinks = [Sink()]
    pipeline, *_ = chain(count(1).__next__, sinks)

    def poll():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.run_until_done(poll)
    assert sinks[0].closed == 1


def test_poll_is_called_in_the_calling_thread_until_the_end():
    sinks = [Sink()]
    pipeline, *_ = chain(count(1).__next__, sinks)
    calls = []

    def poll():
        calls.append(threading.current_thread())
        if len(calls) == 3:
            pipeline.stop()

    pipeline.run_until_done(poll)
    assert len(calls) >= 3
    assert set(calls) == {threading.current_thread()}


def test_after_a_stop_what_was_handed_over_still_reaches_the_sinks():
    sink = Sink()
    pipeline, *_ = chain(count(1).__next__, [sink])

    def poll():
        if sink.sent.acquire(timeout=PATIENCE):
            pipeline.stop()

    pipeline.run_until_done(poll)
    assert sink.got == [2 * i for i in range(1, len(sink.got) + 1)]
    assert sink.closed == 1


def test_a_stop_while_the_source_waits_for_room_ends_the_run():
    sink = Sink()
    sink.gate.clear()
    pipeline, first, _ = chain(count(1).__next__, [sink])

    def poll():
        if not pipeline.stopped and len(first._values) == first.capacity:
            pipeline.stop()
            pipeline.stop()
        elif pipeline.stopped:
            sink.gate.set()

    pipeline.run_until_done(poll)
    assert sink.closed == 1
    assert sink.got == [2 * i for i in range(1, len(sink.got) + 1)]


def test_a_source_that_never_returns_cannot_hold_up_the_end_of_the_files():
    unplugged = threading.Event()
    values = iter([1, 2])
    sink = Sink()
    pipeline = Pipeline(patience=0.05)
    slot = Slot(10, blocking=True)
    pipeline.stage("read", lambda: next(values, None) or unplugged.wait(), targets=[slot])
    pipeline.stage("sink", sink.send, slot, close=sink.close)
    with pytest.raises(SourceError, match="'read' has not answered"):
        pipeline.run_until_done(poll=pipeline.stop)
    assert sink.closed == 1
    unplugged.set()


def test_a_source_that_waits_is_woken_once_by_a_stop_and_nobody_is_blamed():
    unplugged, woken = threading.Event(), []

    def wake():
        woken.append(threading.current_thread())
        unplugged.set()

    pipeline = Pipeline(patience=PATIENCE)
    pipeline.stage("read", lambda: unplugged.wait() and None, wake=wake)
    pipeline.run_until_done(poll=pipeline.stop)
    assert woken == [threading.current_thread()]


def test_a_source_that_ends_by_itself_is_not_woken():
    pipeline, woken = Pipeline(), []
    pipeline.stage("read", lambda: None, wake=lambda: woken.append(1))
    pipeline.run_until_done()
    assert woken == []


def test_every_call_of_a_stage_is_timed():
    times = []
    pipeline, *_ = chain(numbers(4), [Sink()], timed=lambda name, ms: times.append((name, ms)))
    pipeline.run_until_done()
    names = [name for name, _ in times]
    assert {name: names.count(name) for name in names} == {"read": 5, "double": 4, "sink": 4}
    assert all(ms >= 0.0 for _, ms in times)


def test_close_is_called_in_the_thread_of_its_stage():
    threads = []
    pipeline = Pipeline()
    pipeline.stage(
        "read",
        lambda: threads.append(threading.current_thread()),
        close=lambda: threads.append(threading.current_thread()),
    )
    pipeline.run_until_done()
    assert threads[0] is threads[1] is not threading.current_thread()
