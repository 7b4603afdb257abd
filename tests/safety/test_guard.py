"""What fails while a camera is shown."""

import logging

import pytest

from livemask.errors import LivemaskError
from livemask.safety.guard import KINDS, Guard, fulfil


def failing(text="no such vertex"):
    raise ValueError(text)


def test_what_works_is_left_alone():
    guard = Guard(live=True)
    assert guard.attempt("mask", lambda: 3, lambda: 4) == 3
    guard.complain()


def test_of_a_camera_the_next_best_is_shown_and_said_once(caplog):
    guard = Guard(live=True)
    with caplog.at_level(logging.ERROR, "livemask"):
        assert [guard.attempt("the mask", failing, lambda: 4) for _ in range(5)] == [4] * 5
    said = [r.getMessage() for r in caplog.records if not getattr(r, "elsewhere", False)]
    assert said == [
        "the mask failed: ValueError: no such vertex. The picture is blurred until it works again."
    ]


def test_in_the_end_it_is_told_how_often():
    guard = Guard(live=True)
    guard.attempt("mask", failing, lambda: 4)
    with pytest.raises(LivemaskError, match="one picture was blurred") as error:
        guard.complain()
    assert isinstance(error.value.__cause__, ValueError)
    guard.attempt("mask", failing, lambda: 4)
    with pytest.raises(LivemaskError, match="2 pictures were blurred"):
        guard.complain()


def test_of_a_film_the_error_ends_the_run():
    with pytest.raises(ValueError, match="no such vertex"):
        Guard().attempt("mask", failing, lambda: 4)


def test_errors_that_differ_from_frame_to_frame_do_not_fill_the_screen(caplog):
    guard = Guard(live=True)
    with caplog.at_level(logging.ERROR, "livemask"):
        for at in range(100):
            guard.attempt("mask", lambda at=at: failing(str(at)), lambda: 4)
    assert len(caplog.records) <= 2 * KINDS


def test_who_ends_the_program_is_not_held_up():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Guard(live=True).attempt("mask", interrupted, lambda: 4)


def test_a_wish_that_fails_is_said_and_over_it_no_run_ends(caplog):
    done = []
    with caplog.at_level(logging.ERROR, "livemask"):
        for _ in range(2):
            fulfil("what was asked for", failing)
        fulfil("what was asked for", lambda: done.append(1))
    said = [r.getMessage() for r in caplog.records if not getattr(r, "elsewhere", False)]
    assert done == [1]
    assert said == ["what was asked for failed: ValueError: no such vertex. All else goes on."] * 2


def test_what_blurs_nothing_is_not_counted_among_blurred_pictures():
    guard = Guard(live=True)
    assert guard.attempt("the window", failing, lambda: 4, "Outputs go on.") == 4
    guard.complain()
