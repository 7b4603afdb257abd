"""Standard input: the tests write into pipes."""

import logging
import os
import threading

import numpy as np
import pytest

from livemask import plugins
from livemask.errors import SourceError, UsageError
from livemask.sources import raw, stdin
from livemask.sources.pipe import Pipe
from tests.sources.films import (
    corners,
    names_of_corners,
    number,
    numbered,
    pictures,
    write_film,
)

SIZE = (64, 48)


@pytest.fixture
def piped():
    """Return a function that gives a pipe into which a thread writes some bytes."""
    ends, threads = [], []

    def pipe(data):
        out, into = os.pipe()
        ends.append(out)

        def write():
            with os.fdopen(into, "wb") as file:
                try:
                    file.write(data)
                    file.flush()
                except BrokenPipeError:
                    file.detach()
                    os.close(into)

        threads.append(threading.Thread(target=write))
        threads[-1].start()
        return Pipe(out)

    yield pipe
    for end in ends:
        os.close(end)
    for thread in threads:
        thread.join()


@pytest.fixture
def silent():
    """Return a pipe into which nobody writes."""
    out, into = os.pipe()
    yield Pipe(out)
    os.close(into)
    os.close(out)


def read_all(source):
    frames = list(iter(source.read, None))
    source.close()
    return frames


def opened(pipe, pix_fmt=None, size=SIZE, fps=25.0):
    return stdin.opened(pipe, pix_fmt, size, fps)


def in_format(image, pix_fmt):
    (frame,) = pictures([image], pix_fmt)
    return frame.to_ndarray().tobytes()


def test_standard_input_is_a_plug_in():
    assert "stdin" in plugins.names("sources")


def test_raw_frames_come_in_order_at_the_rate(piped):
    data = b"".join(numbered(i).tobytes() for i in range(40))
    source = opened(piped(data), fps=10.0)
    assert (source.size, source.rate, source.count, source.live) == (SIZE, 10.0, None, False)
    frames = read_all(source)
    assert [number(frame.image) for frame in frames] == list(range(40))
    assert [frame.index for frame in frames] == list(range(40))
    assert [frame.time for frame in frames] == pytest.approx([n / 10 for n in range(40)])


@pytest.mark.parametrize("pix_fmt", [name for name in raw.FORMATS if name != "gray"])
def test_every_format_keeps_its_colours(piped, pix_fmt):
    (frame,) = read_all(opened(piped(in_format(corners(), pix_fmt)), pix_fmt))
    assert names_of_corners(frame.image) == "RGBW"
    assert frame.image.shape == (48, 64, 3)
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous
    assert not frame.image.flags.writeable
    assert abs(frame.image[40, 50].astype(int) - 235).max() <= 4


def test_grey_reaches_from_black_to_white(piped):
    ramp = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (48, 1))
    (frame,) = read_all(opened(piped(ramp.tobytes()), "gray"))
    assert (frame.image == ramp[..., None]).all()


def test_rgb_is_untouched(piped):
    image = np.random.default_rng(1).integers(0, 256, (48, 64, 3), np.uint8)
    (frame,) = read_all(opened(piped(image.tobytes())))
    assert (frame.image == image).all()


def test_a_last_frame_that_is_not_whole_is_left_out_with_a_warning(piped, caplog):
    data = numbered(1).tobytes() + numbered(2).tobytes()[:-1]
    with caplog.at_level(logging.WARNING, "livemask"):
        frames = read_all(opened(piped(data)))
    assert [number(frame.image) for frame in frames] == [1]
    assert "ended within frame 1, after 9215 of its 9216 bytes" in caplog.text


def test_less_than_a_frame_is_refused(piped):
    source = opened(piped(b"hello"))
    with pytest.raises(SourceError, match="within frame 0, after 5 of its 9216 bytes; are --size"):
        source.read()
    source.close()


def test_frames_that_end_where_they_should_give_no_warning(piped, caplog):
    read_all(opened(piped(numbered(1).tobytes())))
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("kind", "codec", "pixels"),
    [
        ("y4m", "wrapped_avframe", "yuv420p"),
        ("mkv", "libx264", "yuv420p"),
        ("ts", "libx264", "yuv420p"),
        ("avi", "mjpeg", "yuvj420p"),
    ],
)
def test_a_film_tells_itself_what_it_is(piped, tmp_path, kind, codec, pixels):
    path = write_film(tmp_path / f"film.{kind}", map(numbered, range(30)), codec, pixels)
    source = stdin.opened(piped(path.read_bytes()), None, None, None)
    assert (source.size, source.rate, source.live) == (SIZE, 25.0, False)
    frames = read_all(source)
    assert [number(frame.image) for frame in frames] == list(range(30))
    assert [frame.time for frame in frames] == pytest.approx([n / 25 for n in range(30)], abs=1e-3)


def test_y4m_is_known_by_its_beginning_though_raw_frames_are_announced(piped, tmp_path):
    path = write_film(tmp_path / "film.y4m", map(numbered, range(3)), "wrapped_avframe", "yuv420p")
    source = opened(piped(path.read_bytes()), size=(640, 480))
    assert source.size == SIZE
    assert len(read_all(source)) == 3


def test_of_a_film_that_breaks_off_comes_what_is_whole(piped, tmp_path):
    path = write_film(tmp_path / "film.y4m", map(numbered, range(9)), "wrapped_avframe", "yuv420p")
    assert len(read_all(stdin.opened(piped(path.read_bytes()[:-100]), None, None, None))) == 8


@pytest.mark.parametrize("given", [{}, {"pix_fmt": None, "size": None, "fps": None}])
def test_nothing_at_all_is_refused(piped, given):
    with pytest.raises(SourceError, match="standard input is empty"):
        opened(piped(b""), **given)


def test_what_is_no_film_is_refused_with_what_to_send(piped):
    with pytest.raises(SourceError, match=r"cannot be read as a film .*raw frames with --size"):
        stdin.opened(piped(b"hello, world. " * 999), None, None, None)


def test_a_play_list_is_refused(piped):
    with pytest.raises(SourceError, match="cannot be read as a film"):
        stdin.opened(
            piped(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"), None, None, None
        )


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"size": None}, "add --size WxH"),
        ({"fps": None}, "add --fps N"),
        ({"size": None, "fps": None, "pix_fmt": "bgr24"}, "add --size WxH and --fps N"),
    ],
)
def test_raw_frames_that_are_half_described_are_refused(silent, given, missing):
    with pytest.raises(UsageError, match=missing):
        opened(silent, **given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pix_fmt": "rgb"}, r"pix_fmt='rgb' is not known; there are rgb24, bgr24"),
        ({"pix_fmt": "yuv420p", "size": (63, 48)}, "yuv420p cannot be 63x48"),
        ({"pix_fmt": "nv12", "size": (64, 47)}, "nv12 cannot be 64x47"),
        ({"pix_fmt": "yuyv422", "size": (63, 48)}, "yuyv422 cannot be 63x48"),
        ({"size": (0, 48)}, "cannot be 0x48"),
        ({"fps": 0.0}, "--fps 0 is no rate"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_read(silent, given, said):
    with pytest.raises(UsageError, match=said):
        opened(silent, **given)


def test_an_absurd_size_is_refused_before_memory_is_taken(silent):
    with pytest.raises(SourceError, match="60000x60000 pixels"):
        opened(silent, size=(60_000, 60_000))


def test_closing_wakes_the_reader_of_a_pipe_into_which_nobody_writes():
    out, into = os.pipe()
    os.write(into, numbered(1).tobytes())
    source = opened(Pipe(out))
    frames = []
    reader = threading.Thread(target=lambda: frames.extend(iter(source.read, None)))
    reader.start()
    source.close()
    reader.join(5.0)
    assert not reader.is_alive()
    assert source.read() is None
    os.close(into)


def test_who_writes_waits_until_frames_are_read():
    out, into = os.pipe()
    written = []

    def write():
        with os.fdopen(into, "wb", buffering=0) as file:
            written.extend(file.write(numbered(n % 50).tobytes()) for n in range(200))

    writer = threading.Thread(target=write)
    writer.start()
    source = opened(Pipe(out))
    source.read()
    writer.join(0.2)
    assert len(written) < 150  # what fits into the pipe, and three frames
    assert len(read_all(source)) == 199
    writer.join()
    os.close(out)


def test_a_terminal_is_refused():
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with pytest.raises(SourceError, match=r"is a terminal and sends no frames. Pipe something"):
        Pipe(theirs)
    os.close(ours)
    os.close(theirs)


def test_a_closed_standard_input_is_refused():
    out, into = os.pipe()
    os.close(out)
    os.close(into)
    with pytest.raises(SourceError, match="standard input is closed"):
        Pipe(out)


def test_standard_input_that_was_closed_from_the_start_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(SourceError, match="standard input is closed"):
        stdin.create()


def test_looking_ahead_takes_nothing(piped):
    pipe = piped(b"abcdefgh")
    assert (pipe.peek(3), pipe.peek(2)) == (b"abc", b"ab")
    target = bytearray(5)
    assert pipe.fill(memoryview(target)) == 5
    assert (bytes(target), pipe.read(9), pipe.read(9)) == (b"abcde", b"fgh", b"")
