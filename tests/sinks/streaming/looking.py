"""What the tests of streams share: a plain HTTP client over sockets, written from RFC 9112."""

import json
import socket
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
import numpy as np

from livemask.sinks import stream
from tests.sinks.films import output, picture

PATIENCE = 10.0  # s after which a test that hangs fails


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Looker:
    """A connection that reads pictures of a multipart answer."""

    def __init__(self, sock):
        self.sock = sock
        self.file = sock.makefile("rb")
        self.status, self.headers = head(self.file)
        self.edge = b"--" + self.headers["content-type"].partition("boundary=")[2].encode()
        if self.status == 200:
            assert self.file.readline().rstrip() == self.edge

    def part(self):
        """Return the media type and the bytes of the next picture."""
        about = fields(self.file)
        data = self.file.read(int(about["content-length"]))
        assert self.file.readline() == b"\r\n"
        assert self.file.readline().rstrip() == self.edge
        return about["content-type"], data

    def picture(self):
        """Return the next picture, RGB or RGBA."""
        image = cv2.imdecode(np.frombuffer(self.part()[1], np.uint8), cv2.IMREAD_UNCHANGED)
        code = cv2.COLOR_BGRA2RGBA if image.shape[2] == 4 else cv2.COLOR_BGR2RGB
        return cv2.cvtColor(image, code)

    def close(self):
        self.file.close()
        self.sock.close()


def fields(file):
    """Read headers up to the empty line."""
    found = {}
    while line := file.readline().strip():
        name, _, value = line.decode("latin-1").partition(":")
        found[name.strip().lower()] = value.strip()
    return found


def head(file):
    """Read the status line and the headers."""
    version, status, _ = file.readline().decode().split(" ", 2)
    assert version == "HTTP/1.1"
    return int(status), fields(file)


def port_of(sink):
    return int(sink.address.split("/")[2].rpartition(":")[2])


def connected(sink):
    return socket.create_connection(("127.0.0.1", port_of(sink)), PATIENCE)


def ask(sink, path="/", method="GET", body=b"", **headers):
    """Send a request and return the answer. Headers of None are left out."""
    with connected(sink) as sock:
        sock.sendall(request(sink, path, method, body, **headers))
        with sock.makefile("rb") as file:
            status, found = head(file)
            return Answer(status, found, file.read())


def request(sink, path="/", method="GET", body=b"", **headers):
    given = {"Host": f"127.0.0.1:{port_of(sink)}"}
    if body:
        given |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in given.items() if value is not None]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body


def post(sink, mask, path="/mask", **headers):
    return ask(sink, path, "POST", json.dumps({"mask": mask}).encode(), **headers)


def look(sink, path="/picture.mjpg"):
    """Return one who looks: the server knows of them."""
    sock = connected(sink)
    sock.sendall(request(sink, path))
    return Looker(sock)


class Masks:
    """Controls that remember what was put on."""

    def __init__(self, *offered, worn="toon"):
        self.worn, self.offered = (worn,), offered

    def wear(self, *masks, safely=False):
        self.worn = masks


@contextmanager
def streaming(masks=None, **options):
    """Yield a stream at a free port."""
    sink = stream.create(port=0, masks=masks, **options)
    try:
        yield sink
    finally:
        sink.close()


def show(sink, colour, size=(64, 48), alpha=None):
    """Send a picture of one colour."""
    image = picture(colour, size)
    if alpha is not None:
        image = np.dstack([image, np.full(image.shape[:2], alpha, np.uint8)])
    sink.send(output(image))
