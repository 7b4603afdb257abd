"""Reply: what a browser gets, and the headers that keep other sites' pages out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

_ALWAYS = {
    "Connection": "close",
    "Cache-Control": "no-store",
    # Nothing of another origin is loaded by the pages, and no other site's page may show them.
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # the address may hold the token
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Attributes
    ----------
    body : bytes
    kind : str
        Its media type.
    status : HTTPStatus
    more : mapping of str to str
        Further headers.
    """

    body: bytes
    kind: str = "text/plain; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    more: Mapping[str, str] = field(default_factory=dict)

    def __bytes__(self) -> bytes:
        """Write it as it is sent."""
        length = {"Content-Length": str(len(self.body))}
        return head(self.kind, self.status, {**length, **self.more}) + self.body


def head(kind: str, status: HTTPStatus = HTTPStatus.OK, more: Mapping[str, str] = {}) -> bytes:
    """Return the head of an answer: of one without a length, it lasts until the end."""
    headers = {"Content-Type": kind, **_ALWAYS, **more}
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def in_words(text: str, status: HTTPStatus = HTTPStatus.OK) -> Reply:
    """Return a line of text."""
    return Reply(f"{text}\n".encode(), status=status)


def in_json(value: Any, status: HTTPStatus = HTTPStatus.OK) -> Reply:
    """Return a value as JSON."""
    return Reply(json.dumps(value).encode(), "application/json", status)
