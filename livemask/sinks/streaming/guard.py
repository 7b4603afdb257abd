"""Guard: which requests are answered at all.

Whoever opens a web site lets its page send requests to this machine. A page whose name has been
made to mean 127.0.0.1 (DNS rebinding) could even read the answers: it is known by the name in
`Host`. Pages of other origins are known by `Origin` and `Sec-Fetch-Site`, which browsers send and
pages cannot change (fetch.spec.whatwg.org, Fetch Metadata). People on the network need the token.
"""

import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self

from livemask.sinks.streaming.request import Refused, Request


@dataclass(frozen=True, slots=True)
class Guard:
    """Who is let in.

    Attributes
    ----------
    names : frozenset of str
        Those of this machine that addresses may have, beside numbers.
    token : str
        What paths begin with; empty where all comes from this machine.
    """

    names: frozenset[str]
    token: str = ""

    @classmethod
    def at(cls, host: str, *, near: bool) -> Self:
        """Return the guard of a server at `host`; `near`: only this machine reaches it."""
        own = socket.gethostname().lower().removesuffix(".local")
        names = {"localhost", host.lower()} | (set() if near else {own, f"{own}.local"})
        return cls(frozenset(names), "" if near else secrets.token_urlsafe(16))

    @property
    def root(self) -> str:
        """The path of the page."""
        return f"/{self.token}/" if self.token else "/"

    def admit(self, request: Request) -> str:
        """Return what is asked for: the path without the token and the first slash.

        Raises
        ------
        Refused
        """
        if not self._is_ours(request.headers.get("host", "")):
            raise Refused(HTTPStatus.FORBIDDEN, "this address is not livemask's")
        if _is_foreign(request.headers):
            raise Refused(HTTPStatus.FORBIDDEN, "this comes from another site's page")
        if request.method not in ("GET", "POST"):
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and POST are understood")
        return self._within(request.path)

    def _is_ours(self, host: str) -> bool:
        """Tell whether a host, with a port or without, is a number or one of the names."""
        bracketed = host.startswith("[")
        name = host[1:].partition("]")[0] if bracketed else host.partition(":")[0]
        if name.lower() in self.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _within(self, path: str) -> str:
        if not self.token:
            return path.removeprefix("/")
        token, _, rest = path.removeprefix("/").partition("/")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            raise Refused(
                HTTPStatus.FORBIDDEN,
                "the address lacks its token; livemask printed it at its start",
            )
        return rest


def _is_foreign(headers: dict[str, str]) -> bool:
    """Tell whether a page of another origin asks; a link there may lead here."""
    origin, host = headers.get("origin"), headers.get("host", "")
    if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
        return True
    elsewhere = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    return elsewhere and headers.get("sec-fetch-mode") != "navigate"
