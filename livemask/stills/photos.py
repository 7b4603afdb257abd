"""The faces of photos, each by itself or all of one person, as reconstructions."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from livemask.errors import SourceError, UsageError
from livemask.reconstruction.alike import one_person
from livemask.reconstruction.finding import find_faces
from livemask.reconstruction.portrait import portray_together
from livemask.reconstruction.reconstruction import Reconstruction
from livemask.records import Float64, Frame
from livemask.stills.studio import Tools

Photo = tuple[Frame, Path | None]
"""A picture and, if it has one, its file."""


def faces_of(
    photo: Photo, tools: Tools, face: int | None = None
) -> Iterator[tuple[int, Reconstruction]]:
    """Yield the faces of a photo with their numbers, from 1; all, or that which is asked for.

    Raises
    ------
    SourceError
        If there is none.
    UsageError
        If there are fewer than asked for.
    """
    (frame, path), count = photo, 0
    for number, box in enumerate(_boxes(photo, tools, face), 1):
        if face in (None, number):
            (found,) = portray_together([tools.shot(frame, box, path)], tools.model, tools.detector)
            if found is not None:
                count += 1
                yield number, Reconstruction(found)
    if not count:
        raise nobody(photo)


def person_of(
    photos: Sequence[Photo], tools: Tools, face: int | None = None
) -> list[Reconstruction | None]:
    """Return one person in each of several photos, with one identity; None where no face is.

    Which of several faces in a photo it is, `one_person` says, or else their number, `face`.
    """
    boxes = [find_faces(frame, tools.detector) for frame, _ in photos]
    if face is None:
        frames = [frame for frame, _ in photos]
        mine = one_person(frames, boxes, tools.model, tools.detector)
    else:
        mine = [found[face - 1] if len(found) >= face else None for found in boxes]
    shots = [
        tools.shot(frame, box, path)
        for (frame, path), box in zip(photos, mine, strict=True)
        if box is not None
    ]
    made = iter(portray_together(shots, tools.model, tools.detector))
    found = [None if box is None else next(made) for box in mine]
    return [None if one is None else Reconstruction(one) for one in found]


def nobody(photo: Photo) -> SourceError:
    """Return the error of a photo without a face."""
    return SourceError(
        f"no face was found in {_name(photo)}; take a photo in which it looks towards the camera, "
        "and is at least 80 pixels wide."
    )


def _boxes(photo: Photo, tools: Tools, face: int | None) -> list[Float64]:
    boxes = find_faces(photo[0], tools.detector)
    if face is not None and boxes and face > len(boxes):
        raise UsageError(f"face {face} is asked for, but {_name(photo)} shows only {len(boxes)}.")
    return boxes


def _name(photo: Photo) -> object:
    return photo[1] or "the picture"
