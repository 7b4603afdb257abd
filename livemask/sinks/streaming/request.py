"""Request: what a browser asks for, read within bounds of size."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

import h11

MOST_HEAD = 16384
"""Bytes of a request before its body."""

MOST_BODY = 4096
"""Bytes of a body: the name of a mask."""

_PIECE = 4096


class Refused(Exception):  # noqa: N818 - what the answer is, not what broke
    """A request that gets no more than a status and a reason."""

    def __init__(self, status: HTTPStatus, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True, slots=True)
class Request:
    """A request.

    Attributes
    ----------
    method : str
    path : str
        Without what stands behind a question mark.
    headers : dict of str to str
        By names in lower case; of those given twice, the last.
    body : bytes
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


async def receive(reader: asyncio.StreamReader) -> Request:
    """Read a request.

    Raises
    ------
    Refused
        If it is not HTTP, or too long.
    ConnectionError
        If the other side has gone.
    """
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=MOST_HEAD)
    head, body = None, b""
    try:
        while not isinstance(event := await _next(connection, reader), h11.EndOfMessage):
            if isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            if len(body) > MOST_BODY:
                raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long")
    except h11.RemoteProtocolError as error:
        raise Refused(HTTPStatus(error.error_status_hint), "not understood") from error
    if head is None:
        raise ConnectionAbortedError("nothing was asked")
    return _request(head, body)


async def _next(connection: h11.Connection, reader: asyncio.StreamReader) -> object:
    """Return what comes next of a request."""
    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(await reader.read(_PIECE))
    if isinstance(event, h11.ConnectionClosed) or event is h11.PAUSED:
        raise ConnectionAbortedError("the other side has gone")
    return event


def _request(head: h11.Request, body: bytes) -> Request:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
    path = head.target.decode("latin-1").partition("?")[0]
    return Request(head.method.decode("latin-1"), path, headers, body)
