"""Looked at over sockets by a client of a few lines; pictures are decoded by OpenCV."""

import socket
import threading
import time
from contextlib import closing

import numpy as np
import pytest

from livemask import cli
from livemask.errors import SinkError, UsageError
from livemask.records import State
from livemask.sinks import stream
from livemask.sinks.streaming import server
from livemask.sinks.streaming.site import MOST_VIEWERS
from tests.sinks import faces
from tests.sinks.films import output, picture
from tests.sinks.streaming.looking import ask, connected, look, port_of, request, show, streaming

RED, BLUE = (220, 40, 30), (20, 60, 200)


def until(condition):
    """Wait for what another thread does."""
    end = time.monotonic() + 10.0
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def near(image, colour, off=6):
    return np.abs(image.astype(int) - colour).max() <= off


def test_who_looks_sees_each_picture_as_it_comes():
    with streaming() as sink:
        viewer = look(sink)
        for colour in (RED, BLUE):
            until(lambda: viewers(sink))
            show(sink, colour)
            assert near(viewer.picture(), colour)
        viewer.close()


def viewers(sink):
    return ask(sink, "/state.json").json["viewers"]


def test_pictures_are_jpeg_in_parts_that_replace_one_another():
    with streaming() as sink:
        viewer = look(sink)
        show(sink, RED)
        kind, data = viewer.part()
        assert viewer.headers["content-type"].startswith("multipart/x-mixed-replace; boundary=")
        assert (kind, data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
        viewer.close()


def test_transparent_pictures_come_with_their_alpha():
    image = np.zeros((48, 64, 4), np.uint8)
    image[:, 32:] = (*RED, 255)
    image[:24, 32:, 3] = 128
    with streaming() as sink:
        viewer = look(sink, "/alpha.webp")
        sink.send(output(image))
        kind, _ = viewer.part()
        sink.send(output(image))
        seen = viewer.picture()
        viewer.close()
    assert kind == "image/webp"
    assert near(seen[..., 3], image[..., 3], 1)
    assert set(np.unique(seen[:, :32, 3])) == {0}
    assert set(np.unique(seen[24:, 32:, 3])) == {255}
    assert near(seen[4:20, 40:60, :3], RED, 12)
    assert near(seen[28:44, 40:60, :3], RED, 12)


def test_where_alpha_cannot_be_shown_it_lies_on_black():
    with streaming() as sink:
        viewer = look(sink)
        show(sink, RED, alpha=0)
        assert near(viewer.picture(), (0, 0, 0))
        viewer.close()


def test_a_picture_may_have_any_size_and_change_it():
    with streaming() as sink:
        opaque, alpha = look(sink), look(sink, "/alpha.webp")
        for size in ((64, 48), (97, 33), (1, 1)):
            show(sink, BLUE, size, alpha=255)
            for viewer in (opaque, alpha):
                assert viewer.picture().shape[1::-1] == size
        opaque.close()
        alpha.close()


def test_a_picture_is_encoded_once_for_all_and_not_at_all_for_nobody(monkeypatch):
    encoded = []
    monkeypatch.setattr(stream, "jpeg", lambda image: encoded.append(image) or b"jpeg")
    with streaming() as sink:
        show(sink, RED)
        assert encoded == []
        lookers = [look(sink) for _ in range(3)]
        show(sink, BLUE)
        assert [viewer.part()[1] for viewer in lookers] == [b"jpeg"] * 3
        assert len(encoded) == 1
        for viewer in lookers:
            viewer.close()
        until(lambda: not viewers(sink))
        show(sink, RED)
        assert len(encoded) == 1


def test_one_who_does_not_read_loses_pictures_for_themselves_alone():
    noise = np.random.default_rng(1).integers(0, 255, (480, 640, 3), np.uint8)
    with streaming() as sink, connected(sink) as idle:
        idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        idle.sendall(request(sink, "/picture.mjpg"))
        until(lambda: viewers(sink) == 1)
        reader = look(sink)
        for i in range(60):
            noise[:16] = 4 * i
            sink.send(output(noise))
            assert near(reader.picture()[4:12, 16:-16], 4 * i, 10)
        state = ask(sink, "/state.json").json
        assert state["viewers"] == 2
        assert state["dropped"] > 30
        reader.close()


def test_one_who_reads_nothing_for_long_is_let_go(monkeypatch):
    monkeypatch.setattr(server, "ANSWERING", 0.05)
    noise = np.random.default_rng(1).integers(0, 255, (480, 640, 3), np.uint8)
    with streaming() as sink, connected(sink) as idle:
        idle.sendall(request(sink, "/picture.mjpg"))
        until(lambda: viewers(sink) == 1)

        def gone():
            sink.send(output(noise))
            return not viewers(sink)

        until(gone)


def test_one_who_has_gone_is_counted_no_more_though_no_picture_comes():
    with streaming() as sink:
        viewer = look(sink)
        assert viewers(sink) == 1
        viewer.close()
        until(lambda: not viewers(sink))


def test_a_viewer_who_disconnects_is_not_worth_a_word(caplog):
    with streaming() as sink:
        for _ in range(3):
            viewer = look(sink)
            show(sink, RED)
            viewer.close()
            for _ in range(5):
                show(sink, BLUE)
    assert caplog.records == []


def test_no_more_than_so_many_look_at_once():
    with streaming() as sink:
        lookers = [look(sink) for _ in range(MOST_VIEWERS)]
        refused = ask(sink, "/picture.mjpg")
        assert (refused.status, refused.body) == (503, b"livemask: 8 look already.\n")
        assert ask(sink).status == 200
        lookers.pop().close()
        until(lambda: viewers(sink) == MOST_VIEWERS - 1)
        lookers.append(look(sink))
        assert lookers[-1].status == 200
        for viewer in lookers:
            viewer.close()


def test_the_state_tells_of_faces_size_and_rate():
    fits = tuple(faces.make_fit(state=state) for state in (State.TRACKED, State.HELD) * 2)
    with streaming() as sink:
        before = ask(sink, "/state.json").json
        for i in range(4):
            sink.send(output(picture(RED), 0.1 * i, i, fits))
            time.sleep(0.01)
        state = ask(sink, "/state.json").json
    assert (before["size"], before["fps"]) == ([0, 0], 0.0)
    assert state["size"] == [64, 48]
    assert state["faces"] == {"tracked": 2, "held": 2, "lost": 0}
    assert 1.0 < state["fps"] < 101.0
    assert state["transparent"] is False


def test_closing_sends_everybody_away_and_leaves_no_thread():
    before = threading.active_count()
    sink = stream.create(port=0)
    viewer, idle = look(sink), connected(sink)
    show(sink, RED)
    viewer.picture()
    sink.close()
    sink.close()
    assert threading.active_count() == before
    assert viewer.file.read() == b""
    assert idle.recv(1) == b""
    idle.close()
    viewer.close()
    with pytest.raises(ConnectionRefusedError):
        connected(sink)
    show(sink, BLUE)  # a picture that was on its way


def test_the_port_is_free_again_at_once():
    with streaming() as sink:
        port = port_of(sink)
        look(sink).close()
    stream.create(port).close()


def test_a_port_in_use_is_refused_with_what_to_do():
    with streaming() as sink:
        port = port_of(sink)
        with pytest.raises(SinkError) as caught:
            stream.create(port)
    assert str(caught.value) == (
        f"the picture cannot be streamed at port {port} of 127.0.0.1: Address already in use. "
        "Give another port: --stream PORT; --stream 0 takes any that is free."
    )


def test_a_host_that_is_not_known_or_not_this_machine_is_refused():
    with pytest.raises(SinkError, match=r"--stream-host no\.such\.host\.invalid is not known"):
        stream.create(0, "no.such.host.invalid")
    with pytest.raises(SinkError, match=r"port 0 of 192\.0\.2\.1: .*\. Give another"):
        stream.create(0, "192.0.2.1")


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(UsageError, match=f"--stream {port} is no port"):
        stream.create(port)


def test_the_address_is_told_once():
    told = []
    with streaming(tell=told.append) as sink:
        assert told == [f"the picture is at {sink.address}"]
        assert sink.address == f"http://127.0.0.1:{port_of(sink)}/"


def test_it_says_of_itself_where_it_is_and_how_many_look():
    with streaming() as sink:
        assert sink.detail == f"127.0.0.1:{port_of(sink)}, 0 viewers"
        with closing(look(sink)):
            until(lambda: viewers(sink))
            assert sink.detail.endswith(", 1 viewer")


def test_what_it_says_of_itself_holds_no_token():
    with streaming(host="0.0.0.0") as sink:  # noqa: S104 - what gives it a token
        token = sink.address.rstrip("/").rpartition("/")[2]
        assert len(token) > 8
        assert token not in sink.detail
        assert sink.place == sink.address


def test_the_stream_takes_the_newest_picture_or_none():
    assert (stream.Stream.capacity, stream.Stream.drops) == (1, True)
    with streaming() as sink, pytest.raises(ValueError, match="needs a picture"):
        sink.send(output(None))


@pytest.mark.parametrize(("words", "port"), [(["--stream"], stream.PORT), (["--stream", "81"], 81)])
def test_the_command_line_knows_the_usual_port(words, port):
    run = cli.commands.commands["run"]
    with run.make_context("run", [*words, "--headless"]) as context:
        assert context.params["stream"] == port
        assert context.params["stream_host"] == stream.HOST
