import logging
import sys
from pathlib import Path

import numpy as np
import pytest

from livemask.logs.plain import Plain, without_passwords
from livemask.records import Frame


def line(message, *arguments, **fields):
    record = logging.LogRecord("test", logging.INFO, "file", 1, message, arguments, None)
    vars(record).update(fields)
    return Plain().format(record)


@pytest.mark.parametrize(
    "picture",
    [
        np.full((4, 4, 3), 123, np.uint8),
        Frame(np.full((4, 4, 3), 123, np.uint8), 0.0, 0),
        [123, 123, 123],
        b"123",
    ],
    ids=lambda picture: type(picture).__name__,
)
def test_no_picture_gets_into_a_line(picture):
    assert line("got %s", picture) == f"got <{type(picture).__name__}>"
    assert line("got %s of %s", (1, picture), 2) == f"got (1, '<{type(picture).__name__}>') of 2"
    assert line(picture) == f"<{type(picture).__name__}>"


def test_words_and_numbers_are_written_as_they_are():
    said = line("%s %s %.1f %d %s", "a", Path("b"), np.float32(0.5), np.int64(3), ValueError("c"))
    assert said == "a b 0.5 3 c"
    assert line("%(a)s%%", {"a": 1}) == "1%"


def test_other_handlers_see_the_record_unchanged():
    array = np.zeros(3)
    record = logging.LogRecord("test", logging.INFO, "file", 1, "%s", (array,), None)
    Plain().format(record)
    assert record.args == (array,)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("rtsp://me:s3cret@cam/1", "rtsp://***@cam/1"),
        ("rtsp://me:s3cr@t@cam/1", "rtsp://***@cam/1"),
        ("rtsp://me@cam/1", "rtsp://***@cam/1"),
        ("'http://cam/x.cgi?user=me&pwd=s3cret&n=1'", "'http://cam/x.cgi?user=***&pwd=***&n=1'"),
        ("https://cam/live?access_token=abc", "https://cam/live?access_token=***"),
        ("me@example.org, http://cam/1?size=2", "me@example.org, http://cam/1?size=2"),
    ],
)
def test_an_address_is_written_without_its_password(text, hidden):
    assert without_passwords(text) == hidden
    assert line("opening %s", text) == f"opening {hidden}"


def test_a_traceback_is_written_without_passwords():
    try:
        raise OSError("no answer from rtsp://me:s3cret@cam/1")
    except OSError:
        said = line("broken", exc_info=sys.exc_info())
    assert "Traceback" in said
    assert "rtsp://***@cam/1" in said
    assert "s3cret" not in said
