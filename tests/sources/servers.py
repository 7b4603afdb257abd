"""Servers on this machine that the tests stream from."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import cv2

from livemask.records import UInt8

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def web(answers: dict[str, Answer]) -> Iterator[str]:
    """Serve paths on a web server; yield its address, `http://127.0.0.1:...`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = answers.get(self.path.partition("?")[0])
            self.send_error(404) if answer is None else answer(self)

        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):  # who asked may go at any time
                super().handle()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()


def whole(data: bytes, kind: str = "video/mp4") -> Answer:
    """Answer with a file of known length, or the part of it that is asked for."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked = request.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")
        start = int(asked[0])
        part = data[start : int(asked[1]) + 1 if asked[1] else None]
        request.send_response(206)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(part)))
        request.send_header("Accept-Ranges", "bytes")
        end = start + len(part) - 1
        request.send_header("Content-Range", f"bytes {start}-{end}/{len(data)}")
        request.end_headers()
        request.wfile.write(part)

    return answer


def endless(parts: Callable[[], Iterator[bytes]], kind: str) -> Answer:
    """Answer with parts as they come, without a length, and then hang up."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Connection", "close")
        request.end_headers()
        for part in parts():
            request.wfile.write(part)
        request.close_connection = True

    return answer


def elsewhere(location: str) -> Answer:
    """Answer that it is to be found at another address."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", location)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def motion_jpeg(images: Iterator[UInt8]) -> Iterator[bytes]:
    """Yield pictures as network cameras send them."""
    for image in images:
        data = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR))[1].tobytes()
        head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
        yield head.encode() + data + b"\r\n"


MOTION_JPEG = "multipart/x-mixed-replace; boundary=frame"


@contextmanager
def silence() -> Iterator[str]:
    """Yield the address, `127.0.0.1:...`, of a server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"
