from pathlib import Path

import pytest

from livemask.sources.address import PROTOCOLS, file_of, scheme_of, shown


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("rtsp://host/x", "rtsp"),
        ("HTTP://host/x", "http"),
        ("foo+bar://x", "foo+bar"),
        ("C:\\film.mp4", None),
        ("c://film.mp4", None),
        ("film.mp4", None),
        ("concat:a.ts|b.ts", None),
        ("folder/http://x", None),
    ],
)
def test_the_scheme_of_an_address_stands_before_two_strokes(text, scheme):
    assert scheme_of(text) == scheme


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("rtsp://host:554/stream1", "rtsp://host:554/stream1"),
        ("rtsp://me:secret@host/x", "rtsp://***@host/x"),
        ("rtsp://secret@host/x", "rtsp://***@host/x"),
        ("rtsp://me:se/cr?e#t@host/x", "rtsp://***@host/x"),
        ("rtsp://me:se@cret@host/x", "rtsp://***@host/x"),
        ("http://host/video?user=me&pwd=secret", "http://host/video?***"),
        ("http://host/video?user=me@home&pwd=secret", "http://***@home?***"),
        ("http://host/video#secret", "http://host/video?***"),
        ("rtsp:/me:secret@host/x", "***@host/x"),
        ("rtsp:me:secret\n@host/x", "***@host/x"),
        ("me@home.mp4", "me@home.mp4"),
        ("what?.mp4", "what?.mp4"),
    ],
)
def test_user_password_and_query_are_never_shown(address, seen):
    assert shown(address) == seen
    assert "secret" not in shown(address)


def test_no_stream_may_open_files():
    names = {name for allowed in PROTOCOLS.values() for name in allowed.split(",")}
    assert names.isdisjoint({"file", "concat", "concatf", "subfile", "data", "pipe", "fd", "cache"})
    assert "" not in names  # which would allow all


@pytest.mark.parametrize("address", ["file:///a%20b/%E8%A5%BF.mp4", "file://localhost/a b/西.mp4"])
def test_the_address_of_a_file_is_a_path(address):
    assert file_of(address) == Path("/a b/西.mp4")
