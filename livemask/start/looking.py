"""The cameras of this machine, as they can be chosen while a run goes on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livemask.config import Config
from livemask.controls.cameras import Cameras, Seen
from livemask.sources import listing
from livemask.sources.exchange import Exchange


def cameras(config: Config, exchange: Exchange | None, opened: Callable[[Config], Any]) -> Cameras:
    """Return which cameras can be looked through; none without an `exchange`: of a film.

    `opened` opens what a config names.
    """
    if exchange is None:
        return Cameras(config.source)

    def change(source: str, size: tuple[int, int] | None) -> None:
        asked = replace(config, source=source, size=size)
        exchange.change(lambda: opened(asked))

    return Cameras(config.source, change, seen)


def seen() -> tuple[Seen, ...]:
    """Return the cameras that are there, without opening any; may take a second."""
    return tuple(Seen(str(camera.index), listing.label(camera)) for camera in listing.present())
