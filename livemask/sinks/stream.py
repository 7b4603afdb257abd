"""Shows the picture in browsers: live, with its state and a choice of masks; in OBS with alpha.

One page over HTTP, and behind it Motion JPEG, or WebP pictures with alpha, as a
`multipart/x-mixed-replace` answer each (WHATWG HTML, 7.11.6): what `<img>` shows of itself.
docs/stream.md tells what is at which address, and who may look.
"""

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from livemask.errors import SinkError, UsageError
from livemask.records import Output, UInt8
from livemask.sinks.streaming.chooser import Chooser, Masks
from livemask.sinks.streaming.guard import Guard
from livemask.sinks.streaming.pictures import WebP, jpeg
from livemask.sinks.streaming.server import Server
from livemask.sinks.streaming.site import Site
from livemask.sinks.streaming.state import Sight

PORT = 6275
"""The keys of M, A, S and K on a telephone."""

HOST = "127.0.0.1"


def create(
    port: int = PORT,
    host: str = HOST,
    masks: Masks | None = None,
    tell: Callable[[str], object] | None = None,
) -> "Stream":
    """Return a stream that is on, at an address that has been told.

    Parameters
    ----------
    port : int
        0 for any that is free.
    host : str
        Name or number of this machine, to be reached under. If others reach it, too, they need
        the token in the address that is told.
    masks : Masks, optional
        What can be worn.
    tell : function, optional
        Told the address, once. It may hold the token, so it gets into no log.

    Raises
    ------
    UsageError, SinkError
        If the port is none or taken, or the host is not this machine's.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"--stream {port} is no port; give 1 to 65535, or 0 for any.")
    listening = _listening(host, port)
    near = ipaddress.ip_address(listening.getsockname()[0]).is_loopback
    stream = Stream(listening, Guard.at(host, near=near), Chooser(masks, near=near))
    if tell is not None:
        tell(f"the picture is at {stream.address}")
    return stream


class Stream:
    """Encodes pictures while somebody looks, once for all, and hands them to the server.

    Parameters
    ----------
    listening : socket
        Bound; closed in the end.
    guard : Guard
    chooser : Chooser

    Attributes
    ----------
    address : str
        Of the page.
    """

    capacity = 1
    drops = True
    wants_pixels = True
    takes_alpha = True

    def __init__(self, listening: socket.socket, guard: Guard, chooser: Chooser) -> None:
        self.address = _address(listening, guard)
        self._site = Site(chooser)
        self._encoders: dict[str, Callable[[UInt8], bytes]] = {
            "picture.mjpg": jpeg,
            "alpha.webp": WebP(),
        }
        self._server = Server(listening, guard, self._site)

    @property
    def place(self) -> str:
        """The whole address of the page."""
        return self.address

    @property
    def detail(self) -> str:
        """Where the page is, without its token, and how many look, as people read it."""
        count = self._site.viewers
        return f"{urlsplit(self.address).netloc}, {count} viewer{'' if count == 1 else 's'}"

    def send(self, output: Output) -> None:
        """Show a picture to those who look."""
        if output.image is None:
            raise ValueError("a stream needs a picture")
        self._site.sight = Sight.of(output)
        self._site.rate.count()
        for name, gallery in self._site.galleries.items():
            if gallery.audience.viewers:
                picture = self._encoders[name](output.image)
                self._server.tell(gallery.audience.show, picture)

    def close(self) -> None:
        """Send all viewers away. Closing twice does nothing."""
        self._server.close()


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket of this machine that browsers can knock at."""
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(where[:2], family=family)
    except (socket.gaierror, UnicodeError) as error:
        raise SinkError(
            f"--stream-host {host} is not known ({error}); give a number or name of this machine."
        ) from error
    except OSError as error:
        why = str(error.strerror).partition(" (")[0]
        raise SinkError(
            f"the picture cannot be streamed at port {port} of {host}: {why}. "
            "Give another port: --stream PORT; --stream 0 takes any that is free."
        ) from error


def _address(listening: socket.socket, guard: Guard) -> str:
    host, port = listening.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = _number(listening.family) or socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{guard.root}"


def _number(family: int) -> str:
    """Return the number that this machine has on its network; empty without one.

    Of the socket that would be used to reach another: nothing is sent.
    """
    elsewhere = "2001:db8::1" if family == socket.AF_INET6 else "192.0.2.1"
    with socket.socket(family, socket.SOCK_DGRAM) as sender:
        try:
            sender.connect((elsewhere, 9))
        except OSError:
            return ""
        return str(sender.getsockname()[0])
