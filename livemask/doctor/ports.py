"""The network of this machine with itself. Nothing is sent anywhere else."""

import errno
import socket
from collections.abc import Iterator

from livemask.doctor.finding import Facts, Finding, State
from livemask.doctor.system import System

AVATAR = {
    4242: "opentrack",
    11111: "Live Link Face",
    11573: "OpenSeeFace",
    39539: "VMC",
}
"""UDP ports on which avatar programs listen by custom. livemask sends to none of them yet."""

_HOST = "127.0.0.1"
_BARRED = "let your firewall or container allow 127.0.0.1"


def examine(_: System) -> Iterator[Finding]:
    """Open ports on the loopback interface, and close them at once."""
    for name, kind in (("TCP", socket.SOCK_STREAM), ("UDP", socket.SOCK_DGRAM)):
        error = _cannot_open(0, kind)
        if error:
            yield Finding(name, State.WARNING, f"no port opens on {_HOST}: {error}", _BARRED)
        else:
            yield Finding(name, State.OK, f"ports open on {_HOST}")
    for port, protocol in AVATAR.items():
        yield _avatar_port(port, protocol)


def _avatar_port(port: int, protocol: str) -> Finding:
    error = _cannot_open(port, socket.SOCK_DGRAM)
    facts: Facts = {"protocol": protocol, "free": not error}
    if not error:
        text = f"UDP {port}: free, no program listens here"
    elif error.errno == errno.EADDRINUSE:
        text = f"UDP {port}: a program listens"
    else:
        text = f"UDP {port}: cannot be opened: {error}"
    return Finding(protocol, State.NOTE, text, facts=facts)


def _cannot_open(port: int, kind: socket.SocketKind) -> OSError | None:
    """Return why a port does not open, or None if it does."""
    try:
        with socket.socket(socket.AF_INET, kind) as opened:
            opened.bind((_HOST, port))
    except OSError as error:
        return error
    return None
