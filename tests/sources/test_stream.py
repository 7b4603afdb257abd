"""Streams from servers on this machine."""

import base64
import logging
import socket
import threading
from itertools import pairwise

import numpy as np
import pytest

from livemask import plugins
from livemask.errors import SourceError
from livemask.sources import stream
from livemask.sources.video import VideoSource
from tests.sources.films import LOSSLESS, number, numbered, write_film, write_sound
from tests.sources.rtsp_server import rtsp
from tests.sources.servers import (
    MOTION_JPEG,
    elsewhere,
    endless,
    motion_jpeg,
    silence,
    web,
    whole,
)

COUNT = 30
PLAY_LIST = "application/x-mpegurl"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Return the bytes of a film by its suffix, and under `path` where it lies."""
    folder = tmp_path_factory.mktemp("films")
    made = {"path": folder / "film.ts"}
    for kind in ("mp4", "mkv", "ts"):
        path = write_film(folder / f"film.{kind}", map(numbered, range(COUNT)))
        made[kind] = path.read_bytes()
    return made


def read_all(source):
    frames = list(iter(source.read, None))
    source.close()
    return frames


def numbers(frames):
    return [number(frame.image) for frame in frames]


def play_list(*parts, complete=True):
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:2"]
    for part in parts:
        lines += ["#EXTINF:1.2,", part]
    return "\n".join([*lines, "#EXT-X-ENDLIST" * complete, ""]).encode()


def test_streams_are_a_plug_in():
    assert "stream" in plugins.names("sources")


@pytest.mark.parametrize("kind", ["mp4", "mkv", "ts"])
def test_a_film_on_a_server_is_read_like_one_on_the_disk(films, kind):
    with web({"/film": whole(films[kind])}) as address:
        source = stream.create(f"{address}/film")
        assert (source.live, source.size, source.rate) == (False, (64, 48), 25.0)
        assert source.count == pytest.approx(COUNT, abs=1)
        assert source.path is None
        frames = read_all(source)
    assert numbers(frames) == list(range(COUNT))
    assert [frame.time for frame in frames] == pytest.approx([n / 25 for n in range(COUNT)])
    assert [frame.index for frame in frames] == list(range(COUNT))
    assert not frames[0].image.flags.writeable


@pytest.mark.parametrize("manner", ["stays", "hangs up", "says so and hangs up"])
def test_nothing_is_lost_of_a_film_that_is_not_read_from_front_to_back(tmp_path, manner):
    noise = np.random.default_rng(1).integers(0, 256, (20, 48, 64, 3), np.uint8)
    path = write_film(tmp_path / "film.mp4", noise, options=LOSSLESS)  # its index is at the end
    answer = whole(path.read_bytes())

    def leave(request):
        answer(request)
        request.close_connection |= manner != "stays"

    def announce(request):
        request.send_header("Connection", "close")
        type(request).end_headers(request)

    def polite(request):
        request.end_headers = lambda: announce(request)
        leave(request)

    with web({"/film": polite if manner.startswith("says") else leave}) as address:
        frames = read_all(stream.create(f"{address}/film"))
    disk = read_all(VideoSource(path))
    assert len(frames) == 20
    assert all((a.image == b.image).all() for a, b in zip(frames, disk, strict=True))


def test_a_complete_play_list_is_a_film(films):
    answers = {"/film.ts": whole(films["ts"]), "/a": whole(play_list("film.ts"), PLAY_LIST)}
    with web(answers) as address:
        source = stream.create(f"{address}/a")
        assert not source.live
        assert numbers(read_all(source)) == list(range(COUNT))


def test_a_film_may_have_moved(films):
    with web({"/a": elsewhere("/b"), "/b": whole(films["mp4"])}) as address:
        assert numbers(read_all(stream.create(f"{address}/a"))) == list(range(COUNT))


def test_a_network_camera_is_live():
    go_on = threading.Event()

    def pictures():
        for n in range(40):
            go_on.wait(0.01)
            yield numbered(n)

    with web({"/camera": endless(lambda: motion_jpeg(pictures()), MOTION_JPEG)}) as address:
        source = stream.create(f"{address}/camera")
        assert (source.live, source.size, source.count) == (True, (64, 48), None)
        frames = [source.read() for _ in range(10)]
        source.close()
    assert numbers(frames) == sorted(numbers(frames))
    assert frames[0].time == 0.0
    assert all(a.time < b.time for a, b in pairwise(frames))


def test_a_stream_without_a_length_is_live(films):
    with web({"/live": endless(lambda: iter([films["ts"]]), "video/mp2t")}) as address:
        source = stream.create(f"{address}/live")
        assert source.live
        source.close()


def test_a_play_list_that_grows_is_live_until_it_is_complete(films, monkeypatch):
    monkeypatch.setattr("livemask.sources.broadcast._PAUSE", 0.01)
    asked = []

    def growing(request):
        asked.append(1)
        whole(play_list("film.ts", complete=len(asked) > 1), PLAY_LIST)(request)

    with web({"/film.ts": whole(films["ts"]), "/a": growing}) as address:
        source = stream.create(f"{address}/a")
        assert source.live
        frames = read_all(source)
    assert numbers(frames)[-1] == COUNT - 1


def refused(url, patience=5.0):
    with pytest.raises(SourceError) as caught:
        read_all(stream.create(url, patience))
    return str(caught.value)


@pytest.mark.parametrize("head", ["file://", "", "concat:", "subfile,,start,0,end,0,,:"])
def test_a_play_list_that_leads_to_a_film_on_the_disk_is_refused(films, head):
    answers = {"/a": whole(play_list(f"{head}{films['path']}"), PLAY_LIST)}
    with web(answers) as address:
        assert "cannot be opened" in refused(f"{address}/a")


def test_the_film_on_the_disk_could_be_read_if_it_were_allowed(films, monkeypatch):
    monkeypatch.setitem(stream.PROTOCOLS, "http", stream.PROTOCOLS["http"] + ",file")
    answers = {"/a": whole(play_list(f"file://{films['path']}"), PLAY_LIST)}
    with web(answers) as address:
        assert len(read_all(stream.create(f"{address}/a"))) == COUNT


def test_a_play_list_that_leads_to_the_users_files_is_refused():
    with web({"/a": whole(play_list("file:///etc/passwd"), PLAY_LIST)}) as address:
        assert "cannot be opened" in refused(f"{address}/a")


def test_a_server_that_leads_to_the_disk_is_refused(films):
    with web({"/a": elsewhere(f"file://{films['path']}")}) as address:
        assert "cannot be opened" in refused(f"{address}/a")


def test_what_is_no_film_is_refused():
    with web({"/a": whole(b"hello, world. " * 99, "text/plain")}) as address:
        assert "cannot be opened: invalid data" in refused(f"{address}/a")


def test_sound_alone_is_refused(tmp_path):
    sound = write_sound(tmp_path / "sound.mp4").read_bytes()
    with web({"/a": whole(sound, "audio/mp4")}) as address:
        assert f"the stream {address}/a holds no pictures" in refused(f"{address}/a")


def test_a_film_that_is_not_there_is_refused_without_its_password():
    with web({}) as address:
        place = address.removeprefix("http://")
        said = refused(f"http://me:secret@{place}/film?key=secret")
    assert said == (
        f"the stream http://***@{place}/film?*** cannot be opened: "
        "server returned 404 not found. Is the address right?"
    )


def test_who_wants_a_password_is_said_to_want_one():
    def locked(request):
        request.send_response(401)
        request.send_header("WWW-Authenticate", 'Basic realm="x"')
        request.send_header("Content-Length", "0")
        request.end_headers()

    with web({"/a": locked}) as address:
        assert "wants a user and a password: http://USER:PASSWORD@HOST" in refused(f"{address}/a")


@pytest.mark.parametrize("scheme", ["http", "rtsp", "rtmp", "tcp"])
def test_a_server_that_never_answers_is_given_up(scheme):
    with silence() as place:
        assert "nothing came for 0.2 s" in refused(f"{scheme}://{place}/x", 0.2)


def free_port(kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


@pytest.mark.parametrize("scheme", ["http", "rtsp", "rtmp"])
def test_a_port_where_nobody_listens_is_refused(scheme):
    assert "connection refused" in refused(f"{scheme}://127.0.0.1:{free_port()}/x")


def test_a_scheme_that_is_not_known_is_refused_with_those_that_are():
    assert "livemask knows ftp, http, https," in refused("gopher://me:secret@host/x")
    assert "secret" not in refused("gopher://me:secret@host/x")


@pytest.mark.parametrize("url", ["http://[::1", "http://", "rtsp://", "http://127.0.0.1:x/"])
def test_an_address_that_cannot_be_is_refused(url):
    assert "cannot be" in refused(url, 0.5)


def test_an_absurd_size_is_refused(films, monkeypatch):
    monkeypatch.setattr("livemask.sources.pixels.LARGEST", 1000)
    with web({"/film": whole(films["mp4"])}) as address:
        assert "64x48 pixels" in refused(f"{address}/film")


def test_a_film_that_breaks_off_ends_with_a_warning(films, caplog):
    def torn(request):
        data = films["ts"]
        request.send_response(200)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data[: len(data) * 2 // 3])
        request.close_connection = True

    with caplog.at_level(logging.WARNING, "livemask"), web({"/film": torn}) as address:
        frames = read_all(stream.create(f"{address}/film", 0.5))
    assert 0 < len(frames) < COUNT
    assert numbers(frames) == sorted(set(numbers(frames)))
    assert [f.time for f in frames] == pytest.approx([n / 25 for n in numbers(frames)])
    assert f"{address}/film is damaged or cut short" in caplog.text


@pytest.mark.parametrize("part", [0.3, 0.5, 0.6, 0.67, 0.7, 0.8, 0.9])
def test_a_film_that_breaks_off_before_it_says_how_it_is_coded_is_refused(films, part):
    data = films["mp4"]  # which says it at its end
    with web({"/film": whole(data[: int(part * len(data))])}) as address:
        assert f"the stream {address}/film" in refused(f"{address}/film")


def test_a_camera_that_breaks_off_is_waited_for(caplog, monkeypatch):
    monkeypatch.setattr("livemask.sources.broadcast._PAUSE", 0.01)
    times = []

    def pictures():
        times.append(1)
        return (numbered(10 * len(times)) for _ in range(20))

    with (
        caplog.at_level(logging.WARNING, "livemask"),
        web({"/camera": endless(lambda: motion_jpeg(pictures()), MOTION_JPEG)}) as address,
    ):
        source = stream.create(f"{address}/camera")
        seen = {number(source.read().image) for _ in range(60)}
        source.close()
    assert len(seen) > 1
    assert "has broken off; waiting for it." in caplog.text
    assert "is back." in caplog.text


def test_closing_wakes_the_reader_of_a_camera_that_has_stopped():
    stuck = threading.Event()

    def pictures():
        yield from map(numbered, range(30))
        stuck.wait()

    with web({"/camera": endless(lambda: motion_jpeg(pictures()), MOTION_JPEG)}) as address:
        source = stream.create(f"{address}/camera", 60.0)
        frames = []
        reader = threading.Thread(target=lambda: frames.extend(iter(source.read, None)))
        reader.start()
        source.close()
        reader.join(5.0)
        assert not reader.is_alive()
        assert source.read() is None
        stuck.set()


def test_rtsp_is_live_and_goes_on_after_a_break(caplog, monkeypatch):
    monkeypatch.setattr("livemask.sources.broadcast._PAUSE", 0.01)
    monkeypatch.setattr(stream, "_ANALYSIS", "200000")
    with caplog.at_level(logging.WARNING, "livemask"), rtsp(20) as place:
        source = stream.create(f"rtsp://{place}")
        assert (source.live, source.size) == (True, (64, 48))
        seen = []
        while "is back" not in caplog.text:
            seen.append(number(source.read().image))
        source.close()
    assert set(seen) <= set(range(20))
    assert len(seen) > 1


def test_the_password_of_an_rtsp_camera_is_given_but_not_shown(monkeypatch):
    monkeypatch.setattr(stream, "_ANALYSIS", "200000")
    with rtsp(20, base64.b64encode(b"me:secret").decode()) as place:
        stream.create(f"rtsp://me:secret@{place}").close()
        said = refused(f"rtsp://me:wrong-secret@{place}")
        assert "secret" not in said
        assert f"rtsp://***@{place}" in said
        assert "wants a user and a password" in said


def test_a_stream_by_udp_is_live(films):
    port, over = free_port(socket.SOCK_DGRAM), threading.Event()

    def send():
        data = films["ts"]
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            while not over.wait(0.01):
                for start in range(0, len(data), 1316):
                    out.sendto(data[start : start + 1316], ("127.0.0.1", port))

    sender = threading.Thread(target=send)
    sender.start()
    try:
        source = stream.create(f"udp://127.0.0.1:{port}")
        assert (source.live, source.size) == (True, (64, 48))
        assert source.read() is not None
        source.close()
    finally:
        over.set()
        sender.join()
