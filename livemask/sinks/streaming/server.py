"""Server: HTTP/1.1 in a thread of its own, for a few viewers and against many."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from livemask.sinks.streaming.audience import Viewer
from livemask.sinks.streaming.guard import Guard
from livemask.sinks.streaming.reply import Reply, head, in_words
from livemask.sinks.streaming.request import Refused, receive
from livemask.sinks.streaming.site import Gallery, Site

MOST_CONNECTIONS = 48
"""Further ones are not answered at all."""

ASKING = 5.0
"""s within which a request must have come whole."""

ANSWERING = 10.0
"""s within which an answer must have been read, or one picture of many."""

_GLANCE = 0.25  # s after which a viewer who sees no new picture is looked after
_BUFFER = 256 * 1024  # bytes on their way to a viewer: two or three pictures, so that none is old
_PAUSE = 1.0  # s for which nobody is let in when there are too many files
_EDGE = "livemask-picture"


class Server:
    """Answers by a site what a guard lets in. Each connection is good for one request.

    Parameters
    ----------
    listening : socket
        Bound; the server closes it.
    guard : Guard
    site : Site
    """

    def __init__(self, listening: socket.socket, guard: Guard, site: Site) -> None:
        self._listening, self._guard, self._site = listening, guard, site
        self._visits: set[asyncio.Task[None]] = set()
        self._loop = asyncio.SelectorEventLoop()
        self._ending = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="stream server", daemon=True)
        self._thread.start()

    def tell(self, function: Callable[..., object], *arguments: object) -> None:
        """Have a function called in the server's thread, soon."""
        with suppress(RuntimeError):  # it has been closed
            self._loop.call_soon_threadsafe(function, *arguments)

    def close(self) -> None:
        """Send everybody away and end the thread. Closing twice does nothing."""
        self.tell(self._ending.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        """Let in and send away. Not by asyncio's own server, which loses whom it lets in last."""
        self._listening.setblocking(False)
        self._listen()
        await self._ending.wait()
        self._loop.remove_reader(self._listening)
        self._listening.close()
        for visit in tuple(self._visits):
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)
        await asyncio.sleep(0)  # until the connections are closed

    def _listen(self) -> None:
        if not self._ending.is_set():
            self._loop.add_reader(self._listening, self._let_in)

    def _let_in(self) -> None:
        try:
            knocking, _ = self._listening.accept()
        except (BlockingIOError, ConnectionError):  # gone already
            return
        except OSError:  # too many files are open
            self._loop.remove_reader(self._listening)
            self._loop.call_later(_PAUSE, self._listen)
            return
        if len(self._visits) >= MOST_CONNECTIONS:
            knocking.close()
            return
        visit = self._loop.create_task(self._visit(knocking))
        self._visits.add(visit)
        visit.add_done_callback(self._visits.discard)
        visit.add_done_callback(lambda _: knocking.close())  # which it may not have begun with

    async def _visit(self, connection: socket.socket) -> None:
        """Serve a connection. That a viewer goes, or is too slow, is not worth a word."""
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(sock=connection)
            try:
                answer = await self._answer(reader)
                if isinstance(answer, Reply):
                    await _finish(writer, bytes(answer))
                else:
                    await _show(reader, writer, answer)
            finally:
                writer.transport.abort()  # what is left, nobody has wanted to read

    async def _answer(self, reader: asyncio.StreamReader) -> Reply | Gallery:
        try:
            async with asyncio.timeout(ASKING):
                request = await receive(reader)
            return await self._site.answer(self._guard.admit(request), request)
        except Refused as refused:
            return in_words(f"livemask: {refused.why}.", refused.status)


async def _finish(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Send all that there is."""
    async with asyncio.timeout(ANSWERING):
        writer.write(data)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


async def _show(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gallery: Gallery
) -> None:
    """Send pictures until the viewer has gone, or has read nothing for long."""
    writer.transport.set_write_buffer_limits(high=0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
    with Viewer(gallery.audience) as viewer:
        writer.write(head(f"multipart/x-mixed-replace; boundary={_EDGE}") + _edge())
        while not reader.at_eof():
            picture = await viewer.next(_GLANCE)
            if picture is not None:
                async with asyncio.timeout(ANSWERING):
                    writer.write(_part(gallery.kind, picture))
                    await writer.drain()


def _part(kind: str, picture: bytes) -> bytes:
    """Return a picture as a part of many.

    The edge behind it goes along at once: browsers show a picture when they know that it is whole.
    """
    about = f"Content-Type: {kind}\r\nContent-Length: {len(picture)}\r\n\r\n"
    return about.encode() + picture + b"\r\n" + _edge()


def _edge() -> bytes:
    return f"--{_EDGE}\r\n".encode()
