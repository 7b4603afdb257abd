import io
import sys

import pytest

from livemask.commands import encoding


def shown(text, coding, monkeypatch):
    """Return the bytes that a text becomes on a standard output as Python makes it: strict."""
    stream = io.TextIOWrapper(io.BytesIO(), coding, errors="strict", write_through=True)
    monkeypatch.setattr(sys, "stdout", stream)
    encoding.never_fail()
    stream.write(text)
    return stream.buffer.getvalue()


@pytest.mark.parametrize("coding", ["ascii", "cp1252"])
def test_what_a_terminal_cannot_show_is_written_by_its_number(coding, monkeypatch):
    assert shown("a 西瓜 ☺", coding, monkeypatch) == rb"a \u897f\u74dc \u263a"


@pytest.mark.parametrize("coding", ["ascii", "cp1252", "utf-8"])
def test_the_bytes_of_a_files_name_come_out_as_they_went_in(coding, monkeypatch):
    name = "西瓜".encode()
    assert shown(name.decode("ascii", "surrogateescape"), coding, monkeypatch) == name


def test_what_a_terminal_can_show_is_left_alone(monkeypatch):
    assert shown("a 西瓜", "utf-8", monkeypatch) == "a 西瓜".encode()


def test_a_stream_that_is_no_terminal_stays_as_it_is(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    encoding.never_fail()
    assert sys.stdout is stream
