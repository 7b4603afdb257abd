import errno

import pytest

from livemask.commands.mishap import ISSUES, explain


@pytest.fixture
def log(tmp_path):
    file = tmp_path / "livemask.log"
    file.write_text("")
    return file


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("libGL.so.1: not there"), ("libGL.so.1", "livemask doctor")),
        (OSError(errno.ENOSPC, "No space left on device"), ("disk is full", "Make room")),
        (RuntimeError("cannot cache function: no locator available"), ("LIVEMASK_CACHE",)),
    ],
)
def test_what_the_machine_lacks_is_no_fault_to_report(error, words, log):
    said = explain(error, log)
    assert [word for word in words if word not in said] == []
    assert ISSUES not in said
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize("error", [ZeroDivisionError("x"), OSError(5, "x"), RuntimeError("x")])
def test_everything_else_is(error, log):
    said = explain(error, log)
    assert type(error).__name__ in said
    assert str(log) in said
    assert ISSUES in said
    assert len(said.splitlines()) == 2


def test_without_a_log_the_traceback_is_told(tmp_path):
    try:
        raise ZeroDivisionError("by 西瓜")
    except ZeroDivisionError as error:
        said = explain(error, tmp_path / "livemask.log")
    assert said.startswith("Traceback")
    assert "livemask.log" not in said
    assert ISSUES in said
