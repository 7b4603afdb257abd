"""Sessions that are not as they should be: damaged, cut short, or made to do harm."""

import json
import os
import shutil

import numpy as np
import pytest

from livemask.errors import SourceError
from livemask.session.folder import ABOUT, FILM, NUMBERS
from livemask.session.numbers import LONGEST_LINE
from livemask.sources.recorded import RecordedSource
from tests.sinks.test_session import drawn, keep, read


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sessions") / "whole"
    keep(folder, [drawn(i) for i in range(12)], rate=25.0)
    return folder


@pytest.fixture
def session(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "s")


def lines(session):
    return (session / NUMBERS).read_bytes().splitlines(keepends=True)


def test_a_session_says_size_rate_and_number_of_frames(session):
    source = RecordedSource(session)
    assert (source.size, source.rate, source.count, source.live) == ((64, 48), 25.0, 12, False)
    assert source.path == session / FILM
    source.close()
    source.close()
    assert source.read() is None


def test_a_line_that_is_missing_costs_its_frame_alone(session, caplog):
    kept = lines(session)
    del kept[5]
    (session / NUMBERS).write_bytes(b"".join(kept))
    frames = read(session)
    assert [frame.index for frame in frames] == [i for i in range(10, 22) if i != 15]
    np.testing.assert_array_equal(frames[5].image, drawn(6).frame.image)
    assert "was broken off: 11 frames" in caplog.text


def test_a_film_that_is_cut_short_ends_the_replay(session, caplog):
    film = (session / FILM).read_bytes()
    (session / FILM).write_bytes(film[: len(film) // 2])
    frames = read(session)
    assert 2 < len(frames) < 12
    np.testing.assert_array_equal(frames[-1].image, drawn(len(frames) - 1).frame.image)
    assert "was broken off" in caplog.text


def test_half_a_line_at_the_end_is_passed_over(session):
    (session / NUMBERS).write_bytes(b"".join(lines(session)[:4]) + lines(session)[4][:50])
    assert len(read(session)) == 4


def test_a_line_that_is_none_is_named(session):
    kept = lines(session)
    kept[2] = b'{"frame": 1}\n'
    (session / NUMBERS).write_bytes(b"".join(kept))
    with pytest.raises(SourceError, match=r"line 3 of .*faces\.jsonl is broken"):
        read(session)


def test_a_line_without_an_end_is_not_read_into_memory(session):
    (session / NUMBERS).write_bytes(b" " * (LONGEST_LINE + 5))
    source = RecordedSource(session)
    with pytest.raises(SourceError, match=r"line 1 .* is too long"):
        source.read()
    source.close()


@pytest.mark.parametrize("name", [ABOUT, FILM, NUMBERS])
def test_a_file_that_is_missing_is_named(session, name):
    (session / name).unlink()
    with pytest.raises(SourceError, match=f"no file {name}"):
        RecordedSource(session)


@pytest.mark.parametrize("name", [FILM, NUMBERS])
def test_a_link_to_somewhere_else_is_not_followed(session, whole, name):
    (session / name).unlink()
    (session / name).symlink_to(whole / name)
    with pytest.raises(SourceError, match=f"no file {name}"):
        RecordedSource(session)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_a_pipe_is_not_waited_for(session):
    (session / NUMBERS).unlink()
    os.mkfifo(session / NUMBERS)
    with pytest.raises(SourceError, match="no file"):
        RecordedSource(session)


def test_a_film_that_is_none_is_refused(session):
    (session / FILM).write_bytes(b"#EXTM3U\n/etc/passwd\n" * 10)
    with pytest.raises(SourceError, match="cannot be read as a film"):
        RecordedSource(session)


def test_a_count_that_is_wrong_changes_nothing_but_what_is_said(session, caplog):
    said = json.loads((session / ABOUT).read_text())
    (session / ABOUT).write_text(json.dumps({**said, "frames": 10**9}))
    assert len(read(session)) == 12
    assert "was broken off" in caplog.text
