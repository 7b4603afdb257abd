"""Whatever FFmpeg reads from the network: live streams, and films on a server.

Live is what tells no length, and all that is not the web: its newest frame is shown. A film
on a web server is read as one on the disk, frame by frame.
"""

import threading
from time import monotonic
from typing import Any

import av

from livemask.errors import SourceError
from livemask.sources.address import PROTOCOLS, scheme_of, shown
from livemask.sources.ahead import ReadAhead
from livemask.sources.broadcast import Broadcast
from livemask.sources.contract import Source
from livemask.sources.film import CONTAINERS, Film, reason

PATIENCE = 5.0
"""How long a server may be silent, s."""

_FORMATS = f"{CONTAINERS},hls,dash,mpjpeg,rtsp,rtp,sdp,live_flv,rtmp"
_ON_SERVERS = ("http", "https", "ftp")
_IN_PIECES = ("hls", "dash")

_ANALYSIS = "2000000"  # us; FFmpeg's 5 s are longer than people wait for a camera
_OPTIONS = {
    "rtsp_flags": "prefer_tcp",  # by UDP, Wi-Fi tears holes into the picture
    # FFmpeg 8 asks the server to hang up, and then asks on where it has hung up: pictures are
    # lost without a word. So the server may stay, and if it does not, it is called again at once.
    "multiple_requests": "1",
    "reconnect_on_network_error": "1",
    "reconnect_delay_max": "0",
}


def create(url: str, patience: float = PATIENCE) -> Source:
    """Open a stream.

    Parameters
    ----------
    url : str
        `http://...`, `rtsp://...`: what FFmpeg reads. User and password may be in it; they
        are never shown.
    patience : float
        How long the server may be silent, s.
    """
    name = f"the stream {shown(url)}"
    if scheme_of(url) not in PROTOCOLS:
        raise SourceError(
            f"{name} cannot be read: livemask knows {', '.join(sorted(PROTOCOLS))}, "
            f"not {scheme_of(url)}."
        )

    def make(end: threading.Event) -> Source:
        container = _opened(url, name, patience)
        if _is_film(url, container):
            return Film(container, name)
        paced = container.format.name in _IN_PIECES
        return Broadcast(Film(container, name, live=True), again, name, end, paced)

    def again() -> Film | None:
        container = _opened(url, name, patience)
        if not _is_film(url, container):
            return Film(container, name, live=True)
        container.close()  # a play list that grew is now complete
        return None

    return ReadAhead(make, name, 2 * patience + 1)  # for the answer and for the first picture


def _opened(url: str, name: str, patience: float) -> Any:
    scheme = scheme_of(url) or ""
    options = {
        "protocol_whitelist": PROTOCOLS[scheme],
        "format_whitelist": _FORMATS,
        "analyzeduration": _ANALYSIS,
        **_OPTIONS,
    }
    start = monotonic()
    try:
        return av.open(url, options=options, timeout=patience, metadata_errors="replace")
    except (av.FFmpegError, OSError, ValueError) as error:
        late = monotonic() - start >= patience  # FFmpeg does not always say that it was
        why = f"nothing came for {patience:g} s; is it on?" if late else _why(error, scheme)
        raise SourceError(f"{name} cannot be opened: {why}") from None


def _why(error: Exception, scheme: str) -> str:
    """Return why, but never in FFmpeg's own words, which hold the address."""
    if isinstance(error, av.error.ProtocolNotFoundError):
        return f"PyAV was built without {scheme}."
    if isinstance(error, av.error.HTTPUnauthorizedError):
        return f"it wants a user and a password: {scheme}://USER:PASSWORD@HOST/..."
    return f"{reason(error)}. Is the address right?"


def _is_film(url: str, container: Any) -> bool:
    """Tell whether it has an end that is known already."""
    if scheme_of(url) not in _ON_SERVERS:
        return False
    length = container.duration or 0
    return length > 0 or (container.format.name not in _IN_PIECES and container.size > 0)
