"""Addresses of streams: which there are, what each may open, and how they are shown."""

import re
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # C:\ and D:/ are drives: one letter

_WEB = "http,https,httpproxy,tcp,tls,crypto"
_RTSP = "rtsp,rtsps,rtp,srtp,udp,tcp,tls,http,https"
_RTMP = "rtmp,rtmps,rtmpt,rtmpte,rtmpts,rtmpe,ffrtmphttp,ffrtmpcrypt,http,https,tcp,tls"

PROTOCOLS = {
    "http": _WEB,
    "https": _WEB,
    "rtsp": _RTSP,
    "rtsps": _RTSP,
    "rtmp": _RTMP,
    "rtmps": _RTMP,
    "rtmpt": _RTMP,
    "rtp": "rtp,udp",
    "udp": "udp",
    "tcp": "tcp",
    "srt": "srt",
    "mmsh": "mmsh,http,tcp",
    "mmst": "mmst,tcp",
    "ftp": "ftp,tcp",
}
"""Scheme -> what FFmpeg may open for it: never a file, so that no play list reads one."""


def scheme_of(text: str) -> str | None:
    """Return the scheme of an address, in small letters; None if it is none."""
    match = _ADDRESS.match(text)
    return match[1].lower() if match else None


def file_of(address: str) -> Path:
    """Return the file that a `file://` address names."""
    parts = urlsplit(address)
    host = f"//{parts.netloc}" if parts.netloc not in ("", "localhost") else ""
    return Path(host + url2pathname(parts.path))


def shown(address: str) -> str:
    """Return an address as it may be shown: without user, password and query.

    Hides too much rather than too little, since a password may hold any sign, and the
    address may be mistyped. A name that is none stays as it is.
    """
    scheme, separator, rest = address.partition("://")
    if not separator and not re.search(r":.*@", address, re.DOTALL):
        return address
    _, at, place = (rest if separator else scheme).rpartition("@")
    place, *query = re.split(r"[?#&;]", place, maxsplit=1)
    secret = "***@" if at else ""
    return f"{scheme if separator else ''}{separator}{secret}{place}{'?***' if query else ''}"
