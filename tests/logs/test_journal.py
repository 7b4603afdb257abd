import io
import logging
import threading
import warnings

import numpy as np
import pytest
from rich.console import Console

from livemask.logs.journal import LOG, Journal


@pytest.fixture
def terminal():
    return io.StringIO()


@pytest.fixture
def journal(terminal, tmp_path, monkeypatch):
    """A journal at work, and the logging of before when it is over."""
    monkeypatch.setenv("LIVEMASK_LOGS", str(tmp_path))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    before = list(root.handlers), LOG.level
    journal = Journal(Console(file=terminal, width=200))
    journal.start()
    yield journal
    logging.captureWarnings(False)
    root.handlers[:], LOG.level = before
    journal._file.close()


def written(journal):
    return journal.file.read_text("utf-8") if journal.file.exists() else ""


@pytest.mark.parametrize(
    ("loudness", "words"),
    [
        (-1, "error"),
        (0, "error"),
        (1, "error warning"),
        (2, "error warning info"),
        (3, "error warning info debug"),
        (9, "error warning info debug"),
    ],
)
def test_each_v_shows_more_and_each_q_less(journal, terminal, loudness, words):
    journal.show(loudness)
    for level in ("error", "warning", "info", "debug"):
        getattr(LOG, level)("an %s!", level)
    said = terminal.getvalue()
    assert [word for word in ("error", "warning", "info", "debug") if f"an {word}!" in said] == (
        words.split()
    )
    assert "an info!" in written(journal)
    assert ("an debug!" in written(journal)) == (loudness > 2)


def test_only_warnings_are_heard_from_other_packages(journal):
    journal.show(3)
    other = logging.getLogger("other.package")
    other.debug("a book")
    other.warning("a word")
    assert "a book" not in written(journal)
    assert "a word" in written(journal)


def test_pythons_warnings_go_to_the_file_and_to_those_who_ask(journal, terminal):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn("old numba", stacklevel=1)
        assert "old numba" not in terminal.getvalue()
        journal.show(2)
        warnings.warn("old scipy", stacklevel=1)
        logging.captureWarnings(False)
    assert "old scipy" in terminal.getvalue()
    assert "old numba" in written(journal)


def test_an_error_leaves_its_traceback_in_the_file_alone(journal, terminal):
    try:
        raise ZeroDivisionError("by 西瓜")
    except ZeroDivisionError as error:
        journal.note_error(error)
    assert terminal.getvalue() == ""
    assert "Traceback" in written(journal)
    assert "by 西瓜" in written(journal)


def test_a_thread_that_breaks_down_is_told_in_a_line(journal, terminal):
    thread = threading.Thread(target=lambda: 1 / 0, name="melon")
    thread.start()
    thread.join()
    (line,) = terminal.getvalue().splitlines()
    assert "melon" in line
    assert "division by zero" in line
    assert "Traceback" in written(journal)


def test_an_array_is_not_logged(journal, terminal):
    journal.show(3)
    LOG.debug("frame %s", np.arange(3))
    assert "frame <ndarray>" in terminal.getvalue()
    assert "frame <ndarray>" in written(journal)


def test_a_log_that_cannot_be_written_is_told_once_and_stops_nothing(
    terminal, tmp_path, monkeypatch, journal
):
    journal.file.mkdir()
    LOG.info("one")
    LOG.info("two")
    assert terminal.getvalue().count("no log can be written") == 1
