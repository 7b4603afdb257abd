"""Requests that are odd, long, slow or many."""

import gc
import re
import threading
import time
from contextlib import suppress

import pytest

from livemask.resources import resource
from livemask.sinks import stream
from livemask.sinks.streaming import server
from livemask.sinks.streaming.site import FILES
from tests.sinks.streaming.looking import Masks, ask, connected, look, request, show, streaming


@pytest.fixture
def sink():
    with streaming(Masks("toon")) as sink:
        yield sink


@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(sink, method):
    assert ask(sink, "/", method).status == 405


@pytest.mark.parametrize(("path", "method"), [("/mask", "GET"), ("/", "POST"), ("/alpha", "POST")])
def test_masks_are_posted_and_nothing_else(sink, path, method):
    assert ask(sink, path, method).status == 405


@pytest.mark.parametrize(
    "path",
    ["/no", "/../page.html", "/%2e%2e/page.html", "/masks/../../head.npz", "/masks/../paint", "*",
     "//", "/masks/none.webp/..", "/masks/nobody.webp", "/page.html", "http://127.0.0.1/"],
)  # fmt: skip
def test_there_is_nothing_anywhere_else(sink, path):
    assert ask(sink, path).status == 404


def test_long_heads_and_bodies_are_refused(sink):
    assert ask(sink, "/" + "x" * 30000).status == 431
    assert ask(sink, X_Long="x" * 30000).status == 431
    assert ask(sink, "/mask", "POST", b"x" * 5000).status == 413


@pytest.mark.parametrize(
    "data", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 40, b"hello\r\n\r\n"]
)
def test_what_is_not_http_is_answered_so(sink, data):
    with connected(sink) as sock:
        sock.sendall(data)
        assert sock.recv(100).startswith(b"HTTP/1.1 400 ")


def test_who_asks_drop_by_drop_is_sent_away(sink, monkeypatch):
    monkeypatch.setattr(server, "ASKING", 0.15)
    with connected(sink) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError, match=r"reset|pipe|aborted"):  # noqa: PT012 - drop by drop
            while True:
                sock.sendall(b"X: 1\r\n")
                time.sleep(0.02)
    assert ask(sink).status == 200


def test_connections_beyond_so_many_are_not_answered(sink, monkeypatch):
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 3)
    idle = [look(sink), look(sink), connected(sink)]
    with connected(sink) as further:
        further.settimeout(10.0)
        with suppress(ConnectionResetError):  # which says the same
            assert further.recv(1) == b""
    show(sink, (9, 9, 9))
    assert idle[0].part()
    for one in idle:
        one.close()


def test_who_knocks_while_it_closes_is_sent_away_too():
    sink = stream.create(port=0)
    knocking, ended = [], threading.Event()

    def knock():
        with suppress(OSError):
            while not ended.is_set():
                knocking.append(connected(sink))

    thread = threading.Thread(target=knock)
    thread.start()
    while len(knocking) < 20:
        time.sleep(0.001)
    sink.close()
    ended.set()
    thread.join()
    for sock in knocking:
        sock.close()
    gc.collect()  # an open connection would be complained of here


def test_a_connection_is_good_for_one_request(sink):
    with connected(sink) as sock:
        sock.sendall(request(sink, "/icon.svg") + request(sink, "/icon.svg"))
        answer = b"".join(iter(lambda: sock.recv(65536), b""))
    assert answer.count(b"HTTP/1.1 200 OK") == 1


@pytest.mark.parametrize("path", FILES)
def test_pages_are_kept_from_all_that_is_not_theirs(sink, path):
    answer = ask(sink, f"/{path}")
    assert answer.status == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none';")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert int(answer.headers["content-length"]) == len(answer.body) > 50


@pytest.mark.parametrize("name", [name for name, _ in FILES.values()])
def test_no_page_loads_anything_from_elsewhere(name):
    text = resource(f"assets/stream/{name}").read_text("utf-8")
    assert re.findall(r"https?://[^\"' ]+", text) in ([], ["http://www.w3.org/2000/svg"])
    assert not re.search(r"""["'(]//\w""", text)
