"""When the camera rests."""

from types import SimpleNamespace

import pytest

from livemask.start.idling import NAP, Idling


@pytest.fixture
def run():
    """Return what an idling looks at, and what it asks for."""
    run = SimpleNamespace(rests=[], window=SimpleNamespace(minimised=True), any_on=False)
    run.rest = run.rests.append
    run.idling = Idling(run, run, run)
    return run


def test_minimised_and_without_outputs_it_rests_once_and_wakes_as_soon_as_it_is_restored(run):
    assert [run.idling.look(ready=True) for _ in range(3)] == [NAP] * 3
    run.window.minimised = False
    assert run.idling.look(ready=True) == 0.0
    assert run.rests == [True, False]


def test_an_output_that_is_switched_on_wakes_it(run):
    run.idling.look(ready=True)
    run.any_on = True
    assert run.idling.look(ready=True) == 0.0
    assert run.rests == [True, False]


@pytest.mark.parametrize("change", [{"window": None}, {"any_on": True}])
def test_without_a_window_or_with_an_output_it_never_rests(run, change):
    vars(run).update(change)
    assert run.idling.look(ready=True) == 0.0
    assert run.rests == []


def test_while_something_is_loaded_it_does_not_rest(run):
    assert run.idling.look(ready=False) == 0.0
    assert run.rests == []
