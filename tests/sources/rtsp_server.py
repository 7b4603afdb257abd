"""A small RTSP server (RFC 2326): one film in H.264, sent over the connection itself."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import av

from tests.sources.films import numbered, pictures

_DESCRIPTION = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=test\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    "a=fmtp:96 packetization-mode=1\r\na=control:track\r\n"
)


@contextmanager
def rtsp(count: int, password: str | None = None) -> Iterator[str]:
    """Serve so many numbered frames to each who comes; yield `127.0.0.1:.../film`.

    With a password (`user:password` in base 64), nobody else is answered.
    """
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def accept() -> None:
        with contextlib.suppress(OSError):
            while not over.is_set():
                connection, _ = server.accept()
                with connection, contextlib.suppress(OSError):
                    _converse(connection, count, password, over)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}/film"
    finally:
        over.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def _converse(
    connection: socket.socket, count: int, password: str | None, over: threading.Event
) -> None:
    lines = connection.makefile("r", encoding="utf-8", newline="\r\n")
    while request := lines.readline().split():
        head = dict(_headers(lines))
        answer, body = "", ""
        if password is not None and head.get("authorization") != f"Basic {password}":
            _answer(connection, head, "401 Unauthorized", 'WWW-Authenticate: Basic realm="x"\r\n')
            continue
        if request[0] == "DESCRIBE":
            answer, body = "Content-Type: application/sdp\r\n", _DESCRIPTION
        if request[0] == "SETUP":
            answer = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n"
        _answer(connection, head, "200 OK", answer, body)
        if request[0] == "PLAY":
            _send(connection, count, over)
            return


def _headers(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line == "\r\n":
            return
        key, _, value = line.partition(":")
        yield key.lower(), value.strip()


def _answer(
    connection: socket.socket, head: dict[str, str], status: str, more: str, body: str = ""
) -> None:
    text = f"RTSP/1.0 {status}\r\nCSeq: {head['cseq']}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    connection.sendall((text + body).encode())


def _send(connection: socket.socket, count: int, over: threading.Event) -> None:
    """Let FFmpeg pack the pictures for RTP, and pass its packets on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets:
        packets.bind(("127.0.0.1", 0))
        address = f"rtp://127.0.0.1:{packets.getsockname()[1]}?pkt_size=1200"
        with av.open(address, "w", format="rtp") as container:
            stream = container.add_stream("libx264", rate=25, options={"tune": "zerolatency"})
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            stream.codec_context.gop_size = 5
            for index, picture in enumerate(pictures(map(numbered, range(count)), "yuv420p")):
                picture.pts, picture.time_base = index, Fraction(1, 25)
                container.mux(stream.encode(picture))
                _pass_on(packets, connection)
                if over.wait(0.02):
                    return
    time.sleep(0.05)


def _pass_on(packets: socket.socket, connection: socket.socket) -> None:
    packets.settimeout(0.02)
    with contextlib.suppress(TimeoutError):
        while packet := packets.recv(2048):
            connection.sendall(b"$\0" + len(packet).to_bytes(2, "big") + packet)
