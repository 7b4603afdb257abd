"""Covered: a figure in place of a head, and a blur behind it for what it leaves free of that."""

from collections.abc import Sequence
from typing import Protocol

from livemask.errors import UsageError
from livemask.hiding import head_outline
from livemask.masks.face_mesh import one_of
from livemask.morphable_model import MorphableModel
from livemask.records import Effect, Fit, Frame, Layer, Light

SHARE = 0.8
"""Of a head with its usual hair that is blurred: the head without."""


class Figure(Protocol):
    """What can be worn in place of a head."""

    def meshes(self, model: MorphableModel, fit: Fit) -> Sequence[Layer]:
        """Return it as `fit` moves it."""


class Covered:
    """A figure, and a blur behind it that covers what it may leave free of the head.

    Parameters
    ----------
    figure : Figure
    blurred : bool
    """

    hides = True

    def __init__(self, figure: Figure, *, blurred: bool) -> None:
        self._figure, self._blurred = figure, blurred

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the blurred head and the figure."""
        cover = (Effect("blur", head_outline(fit, SHARE)),) if self._blurred else ()
        return (*cover, *self._figure.meshes(model, fit))


def is_blurred(cover: str) -> bool:
    """Return what the option `cover` says.

    Raises
    ------
    UsageError
        If it is neither `blur` nor `none`.
    """
    return one_of("cover", cover, ("blur", "none")) == "blur"


def sized(size: float, smallest: float, largest: float) -> float:
    """Return the option `size`.

    Raises
    ------
    UsageError
        If it is not between `smallest` and `largest`.
    """
    if not smallest <= size <= largest:
        raise UsageError(f"size={size:g} must be {smallest:g} to {largest:g}.")
    return size
