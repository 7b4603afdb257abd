"""The people of a film as reconstructions: of each, a few pictures that share an identity."""

import math
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from livemask.errors import SourceError, UsageError
from livemask.reconstruction.choosing import chosen
from livemask.reconstruction.glimpses import Glimpse, glimpses
from livemask.reconstruction.portrait import portray_together
from livemask.reconstruction.reconstruction import Reconstruction
from livemask.reconstruction.shot import USUAL_FOV, Shot
from livemask.records import Camera, Frame
from livemask.sources.contract import Source
from livemask.sources.images import is_picture
from livemask.sources.photo import is_photo
from livemask.sources.video import VideoSource
from livemask.stills.studio import Studio, Tools, Watch

MOST = 8
"""People of a film, those who are seen longest; a film of many scenes has many passers-by."""


def is_film(path: Path) -> bool:
    """Tell whether a file is there and is, or means to be, anything but a photo."""
    return path.is_file() and not is_picture(path) and not is_photo(path)


def people_of(
    film: Path, tools: Tools, asked: Studio, watch: Watch
) -> Iterator[tuple[int, list[Reconstruction]]]:
    """Yield the people of a film with their numbers, from 1: who is seen longest first.

    Each has up to `asked.frames` pictures of one identity, the best picture first.

    Raises
    ------
    SourceError
        If it cannot be read, or shows no face.
    UsageError
        If there are fewer people than asked for.
    """
    people = _followed(film, tools, watch)
    if asked.face is not None and asked.face > len(people) > 0:
        raise UsageError(f"face {asked.face} is asked for, but {film} shows only {len(people)}.")
    count = 0
    for number, seen in enumerate(people, 1):
        if number <= MOST if asked.face is None else number == asked.face:
            watch(f"{film.name}: face {number}", 0, None)
            made = _person(film, chosen(seen, asked.frames), tools)
            count += bool(made)
            if made:
                yield number, made
    if not count:
        raise SourceError(
            f"no face was found in {film}; take a film in which it looks towards the camera for "
            "a second, and is at least 80 pixels wide."
        )


def _followed(film: Path, tools: Tools, watch: Watch) -> list[list[Glimpse]]:
    with closing(VideoSource(film)) as source:
        told = partial(_tell, watch, film.name, source.count)
        angle = USUAL_FOV if tools.fov is None else math.radians(tools.fov)
        camera = Camera.from_field_of_view(source.size, angle)
        return glimpses(_frames(source), camera, tools.model, tools.detector, told)


def _tell(watch: Watch, name: str, total: int | None, done: int) -> None:
    watch(name, done, None if total is None else max(total, done))


def _frames(source: Source) -> Iterator[Frame]:
    while (frame := source.read()) is not None:
        yield frame


def _person(film: Path, picked: Sequence[Glimpse], tools: Tools) -> list[Reconstruction]:
    """Return the pictures of a person in the order of their glimpses."""
    frames = _read(film, {glimpse.index for glimpse in picked})
    shots = [
        Shot(frames[glimpse.index], glimpse.box, tools.fov)
        for glimpse in picked
        if glimpse.index in frames
    ]
    made = portray_together(shots, tools.model, tools.detector)
    return [Reconstruction(one) for one in made if one is not None]


def _read(film: Path, wanted: set[int]) -> dict[int, Frame]:
    """Return some frames of a film by their numbers; it is read anew, to keep no others."""
    with closing(VideoSource(film)) as source:
        found: dict[int, Frame] = {}
        for frame in _frames(source):
            if frame.index in wanted:
                found[frame.index] = frame
            if frame.index >= max(wanted):
                break
        return found
