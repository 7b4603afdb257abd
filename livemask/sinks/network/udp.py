"""Sends packets by UDP, and never waits."""

import errno
import logging
import socket

from livemask.errors import SinkError
from livemask.sinks.network.address import Address

LOG = logging.getLogger("livemask")
_AWAY = {
    getattr(errno, name)
    for name in ("ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EHOSTDOWN", "ENOBUFS", "ENETRESET")
    if hasattr(errno, name)
}


class Sender:
    """A socket that sends to one address.

    A packet that nobody hears is lost, as UDP has it, and so is one while the network is away:
    that is said once.

    Raises
    ------
    SinkError
        If the host does not resolve or cannot be sent to.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._said: set[str] = set()
        self._socket: socket.socket | None = _connected(address)

    def send(self, packet: bytes) -> None:
        """Send a packet, or lose it.

        Raises
        ------
        SinkError
            If it cannot be sent at all.
        """
        if self._socket is None:
            raise ValueError("packets are sent before the sender is closed")
        try:
            self._socket.send(packet)
        except BlockingIOError:
            self._say(logging.DEBUG, "packets to %s come too fast for the network; some are lost")
        except ConnectionError:  # an earlier packet has come back
            self._say(logging.DEBUG, "nobody listens at %s yet; packets are sent all the same")
        except OSError as error:
            if error.errno not in _AWAY:
                raise SinkError(f"{self.address} cannot be sent to: {error.strerror}.") from error
            self._say(logging.WARNING, "%s cannot be reached at the moment; packets are lost")

    def close(self) -> None:
        """Close the socket. Closing twice does nothing."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _say(self, level: int, message: str) -> None:
        if message not in self._said:
            self._said.add(message)
            LOG.log(level, message, self.address)


def _connected(address: Address) -> socket.socket:
    """Return a UDP socket that sends to `address`: to the first of its numbers that can be."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise SinkError(
            f"the host {address.host!r} is not known ({error}); "
            "write its name or number: HOST:PORT."
        ) from error
    reason: OSError | None = None
    for family, kind, protocol, _, where in found:
        opened = socket.socket(family, kind, protocol)
        try:
            opened.setblocking(False)
            opened.connect(where)
        except OSError as error:
            reason = error
            opened.close()
        else:
            return opened
    raise SinkError(f"{address} cannot be sent to: {reason}. Name another HOST:PORT.") from reason
