"""What may take long, done one after the other."""

import threading

import pytest

from livemask.controls.errands import Errands
from livemask.errors import UsageError


@pytest.fixture
def errands():
    errands = Errands()
    yield errands
    errands.close()


@pytest.fixture
def held(errands):
    """An errand that goes on until its event is set."""
    began, go = threading.Event(), threading.Event()
    errands.do("long", lambda: (began.set(), go.wait(10.0)))
    assert began.wait(10.0)
    yield go
    go.set()


def test_they_are_done_in_the_order_in_which_they_were_asked_for(errands, held):
    done = []
    for name in "abc":
        errands.do(name, lambda name=name: done.append(name))
    assert done == []
    held.set()
    assert errands.wait()
    assert done == ["a", "b", "c"]


def test_nobody_waits_and_what_is_being_done_is_told(errands, held):
    assert errands.doing == "long"
    assert not errands.wait(0.0)
    held.set()
    assert errands.wait()
    assert errands.doing == ""


def test_of_several_of_one_name_that_wait_only_the_last_is_done(errands, held):
    done = []
    for number in range(3):
        errands.do("mask", lambda number=number: done.append(number))
    held.set()
    assert errands.wait()
    assert done == [2]


@pytest.mark.parametrize(
    ("error", "said"),
    [(UsageError("no such mask."), "no such mask."), (KeyError("x"), "mask went wrong")],
)
def test_what_goes_wrong_is_said_and_the_next_is_done(errands, caplog, error, said):
    done = []

    def fail():
        raise error

    errands.do("mask", fail)
    errands.do("after", lambda: done.append(1))
    assert errands.wait()
    assert done == [1]
    assert said in caplog.text


def test_after_the_end_nothing_is_done_and_no_thread_is_left():
    errands, done = Errands(), []
    errands.do("a", lambda: done.append(1))
    assert errands.wait()
    errands.close()
    errands.close()
    errands.do("b", lambda: done.append(2))
    assert done == [1]
    assert all(thread.name != "errands" for thread in threading.enumerate())
