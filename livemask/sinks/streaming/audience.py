"""Audience: who looks at one kind of picture, each as fast as they can."""

import asyncio
from types import TracebackType
from typing import Self


class Audience:
    """Hands the newest picture to all viewers. A slow one misses some, and only that one does.

    Belongs to the server's thread, but for `viewers`, which any may read.

    Attributes
    ----------
    viewers : int
        How many look.
    missed : int
        How many pictures came too fast for one of them, of all that ever looked.
    """

    def __init__(self) -> None:
        self.viewers = 0
        self.missed = 0
        self.newest = b""
        self._events: set[asyncio.Event] = set()

    def show(self, picture: bytes) -> None:
        """Show a picture to all."""
        self.newest = picture
        for event in self._events:
            self.missed += event.is_set()  # who has not taken the last one has missed it
            event.set()

    def join(self, event: asyncio.Event) -> None:
        """Have an event set with every picture."""
        self._events.add(event)
        self.viewers = len(self._events)

    def leave(self, event: asyncio.Event) -> None:
        """Be told no more."""
        self._events.discard(event)
        self.viewers = len(self._events)


class Viewer:
    """One who looks, for as long as the `with` block lasts."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._event = asyncio.Event()

    def __enter__(self) -> Self:
        """Begin to look."""
        self._audience.join(self._event)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Look away."""
        self._audience.leave(self._event)

    async def next(self, patience: float) -> bytes | None:
        """Return the newest picture that has not been seen; None if none comes in so many s."""
        try:
            async with asyncio.timeout(patience):
                await self._event.wait()
        except TimeoutError:
            return None
        self._event.clear()
        return self._audience.newest
