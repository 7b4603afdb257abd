"""Site: what there is at each address, and the state of the run."""

import asyncio
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from livemask.errors import LivemaskError
from livemask.resources import resource
from livemask.sinks.streaming.audience import Audience
from livemask.sinks.streaming.chooser import Chooser, summaries
from livemask.sinks.streaming.reply import Reply, in_json
from livemask.sinks.streaming.request import Refused, Request
from livemask.sinks.streaming.state import Rate, Sight, told

FILES = {
    "": ("page.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
    "picture": ("bare.html", "text/html; charset=utf-8"),
    "alpha": ("bare.html", "text/html; charset=utf-8"),
    "bare.css": ("bare.css", "text/css; charset=utf-8"),
    "bare.js": ("bare.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}
"""Address -> file of `assets/stream` and its media type."""

MOST_VIEWERS = 8
"""Who may look at once, at each kind of picture."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures of one kind, and who looks at them."""

    kind: str
    audience: Audience = field(default_factory=Audience)


class Site:
    """Answers requests that the guard has let in.

    Parameters
    ----------
    chooser : Chooser

    Attributes
    ----------
    galleries : dict of str to Gallery
        By the address of the pictures.
    sight : Sight
        Of the newest picture; any thread may set it.
    rate : Rate
    """

    def __init__(self, chooser: Chooser) -> None:
        self.galleries = {
            "picture.mjpg": Gallery("image/jpeg"),
            "alpha.webp": Gallery("image/webp"),
        }
        self.sight, self.rate = Sight(), Rate()
        self._chooser = chooser

    @property
    def viewers(self) -> int:
        """How many look, at pictures of any kind."""
        return sum(gallery.audience.viewers for gallery in self.galleries.values())

    async def answer(self, path: str, request: Request) -> Reply | Gallery:
        """Return what is at an address.

        Raises
        ------
        Refused
        """
        if path == "mask":
            return await self._choose(request)
        if request.method != "GET":
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "only masks are posted")
        if path in FILES:
            name, kind = FILES[path]
            return Reply(resource(f"assets/stream/{name}").read_bytes(), kind)
        if path.startswith("masks/"):
            return _thumbnail(path)
        if path == "state.json":
            return in_json(self._state())
        if path == "masks.json":
            return in_json(summaries())
        if path in self.galleries:
            return self._seat(self.galleries[path])
        raise Refused(HTTPStatus.NOT_FOUND, "there is nothing here")

    def _seat(self, gallery: Gallery) -> Gallery:
        if gallery.audience.viewers >= MOST_VIEWERS:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, f"{MOST_VIEWERS} look already")
        return gallery

    def _state(self) -> dict[str, Any]:
        audiences = [gallery.audience for gallery in self.galleries.values()]
        return {
            **told(self.sight, self.rate),
            "viewers": self.viewers,
            "dropped": sum(audience.missed for audience in audiences),
            **self._chooser.told(),
        }

    async def _choose(self, request: Request) -> Reply:
        if request.method != "POST":
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "masks are posted")
        mask = _mask(request)
        try:
            await asyncio.to_thread(self._chooser.choose, mask)
        except LivemaskError as error:
            return in_json({"error": str(error)}, HTTPStatus.CONFLICT)
        return in_json(self._chooser.told())


def _thumbnail(path: str) -> Reply:
    """Return the small picture of a mask."""
    name = path.removeprefix("masks/").removesuffix(".webp")
    try:
        if name in summaries():
            return Reply(resource(f"assets/thumbnails/{name}.webp").read_bytes(), "image/webp")
    except LivemaskError:
        pass  # a mask that livemask does not ship
    raise Refused(HTTPStatus.NOT_FOUND, "there is no such picture")


def _mask(request: Request) -> str:
    """Return the mask that is asked for.

    As JSON alone, for a form of another site can send no such thing.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a mask is posted as application/json")
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError):
        asked = None
    mask = asked.get("mask") if isinstance(asked, dict) else None
    if not isinstance(mask, str):
        raise Refused(HTTPStatus.BAD_REQUEST, 'a mask is posted as {"mask": NAME}')
    return mask
