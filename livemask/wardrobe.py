"""Wardrobe: which face wears which masks, each face copies of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from livemask import plugins
from livemask.errors import UsageError
from livemask.records import Fit, Frame, Layer, Light

if TYPE_CHECKING:  # what masks need is loaded with the first of them
    from livemask.morphable_model import MorphableModel


class Mask(Protocol):
    """What a mask plug-in's `create` returns.

    Attributes
    ----------
    hides : bool
        Whether it is worn to cover the face: then the bare video is never shown.
    """

    hides: bool

    def layers(
        self, model: MorphableModel, fit: Fit, frame: Frame, light: Light, time: float
    ) -> tuple[Layer, ...]:
        """Return what to draw for one face."""


Maker = Callable[[], Mask]


@dataclass(frozen=True, eq=False)
class Portrait:
    """A photo, and `model` fitted to a face in it."""

    model: MorphableModel
    frame: Frame
    fit: Fit


Portraits = Callable[[Path, int], Portrait]
"""Opens a photo and fits one of the faces in it, 0 for the largest, see `start.portraits`. A mask
that wears photos has `develop(portraits)`, which is called once, before it is seen."""


class Wardrobe:
    """Masks, some for one face only.

    Masks remember what they learn of a person (the tone of the skin, the size of the head):
    so each face wears copies of its own, which are handed on when it has gone.

    Parameters
    ----------
    worn : sequence of (function, int or None)
        What makes each mask, in drawing order, and the number of the face that wears it;
        None: all faces that have no mask of their own.
    faces : int
        For how many faces masks are made at once, rather than when they come.
    """

    def __init__(self, worn: Sequence[tuple[Maker, int | None]], faces: int = 1) -> None:
        self._worn = tuple(worn)
        self._spare = [[make()] for make, face in worn]
        for (make, face), spare in zip(self._worn, self._spare, strict=True):
            spare += [make() for _ in range(faces - 1 if face is None else 0)]
        self._hides = tuple(spare[0].hides for spare in self._spare)
        self._dressed: dict[int, tuple[tuple[int, Mask], ...]] = {}

    @classmethod
    def of(
        cls, texts: Sequence[str], faces: int = 1, portraits: Portraits | None = None
    ) -> Wardrobe:
        """Return the masks that `NAME[,face=N][,key=value...]` name.

        `portraits` opens the photos that masks wear; without it those are not seen.

        Raises
        ------
        UsageError
            If a name or an option is unknown, or a number of a face is none.
        """
        return cls([(_maker(text, portraits), face) for text, face in map(_parsed, texts)], faces)

    @property
    def hides(self) -> bool:
        """Whether any of the masks is worn to cover a face."""
        return any(self._hides)

    def hides_face(self, face: int) -> bool:
        """Whether that face wears a mask to be covered."""
        return any(self._hides[i] for i in self._chosen(face))

    def masks(self, face: int) -> tuple[Mask, ...]:
        """Return what a face wears, in drawing order: what is `over` others is drawn after them."""
        if face not in self._dressed:
            taken = [(i, self._take(i)) for i in self._chosen(face)]
            self._dressed[face] = tuple(sorted(taken, key=lambda one: _is_over(one[1])))
        return tuple(mask for _, mask in self._dressed[face])

    def keep(self, faces: set[int]) -> None:
        """Take back the masks of all faces but these."""
        for face in self._dressed.keys() - faces:
            for i, mask in self._dressed.pop(face):
                self._spare[i].append(mask)

    def _chosen(self, face: int) -> list[int]:
        own = [i for i, (_, only) in enumerate(self._worn) if only == face]
        return own or [i for i, (_, only) in enumerate(self._worn) if only is None]

    def _take(self, i: int) -> Mask:
        return self._spare[i].pop() if self._spare[i] else self._worn[i][0]()


def will_hide(texts: Sequence[str]) -> bool:
    """Return whether any of the masks may be worn to cover a face, without loading them.

    Raises
    ------
    UsageError
        As `Wardrobe.of`, but for the values of options.
    """
    hide = False
    for text in texts:
        name, _ = _parsed(text)
        plugins.check("masks", name)
        hide |= plugins.constant("masks", name, "hides") is not False
    return hide


def face_of(text: str) -> int | None:
    """Return the number of the face that alone wears `NAME[,face=N][,key=value...]`, if any."""
    return _parsed(text)[1]


def worn_by(texts: Sequence[str], face: int) -> tuple[str, ...]:
    """Return which of the masks a face wears: its own, or those that are nobody's own."""
    own = tuple(text for text in texts if face_of(text) == face)
    return own or tuple(text for text in texts if face_of(text) is None)


def develop(mask: Mask, portraits: Portraits) -> Mask:
    """Return `mask`, with its photos if it wears any."""
    if hasattr(mask, "develop"):
        mask.develop(portraits)
    return mask


def _maker(text: str, portraits: Portraits | None) -> Maker:
    def make() -> Mask:
        mask: Mask = plugins.create("masks", text)
        return mask if portraits is None else develop(mask, portraits)

    return make


def _is_over(mask: Mask) -> bool:
    """Whether a mask is worn over others, however they are named.

    Drawn before them, glasses would keep what lies behind their lenses as it was: bare.
    """
    return bool(getattr(mask, "over", False))


def _parsed(text: str) -> tuple[str, int | None]:
    """Return `NAME[,face=N][,key=value...]` without the face, and N."""
    name, *options = plugins.pieces(text)
    faces = [o for o in options if o.partition("=")[0].strip() == "face"]
    numbers = [option.partition("=")[2].strip() for option in faces]
    if len(numbers) > 1 or not all(number.isdecimal() for number in numbers):
        raise UsageError(f"{text!r}: face= takes the number of one face, 0 for the first.")
    rest = ",".join([name, *(option for option in options if option not in faces)])
    return rest, int(numbers[0]) if numbers else None
