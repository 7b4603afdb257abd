"""Change: what is to be other in a photo of a person, and how it is read from words."""

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from livemask.errors import UsageError
from livemask.morphable_model import MorphableModel
from livemask.records import Float64

FARTHEST = (60.0, 45.0, 45.0)
"""Degrees of yaw, pitch and roll by which a head is turned at most."""

LOUDEST = 1.5
"""Greatest coefficient: somewhat more than ARKit's 1, for a caricature."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What an expression becomes.

    Attributes
    ----------
    value : float
        Its coefficient, or what is added to it.
    relative : bool
        Whether it is added.
    """

    value: float
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be other.

    Attributes
    ----------
    expressions : mapping of str to Amount or float
        By the model's names; a name without Left or Right means both sides.
    neutral : bool
        Whether all other expressions become 0.
    turn : (float, float, float)
        Yaw, pitch and roll by which the head is turned, degrees: yaw > 0 turns the nose to the
        picture's right, pitch > 0 looks down, roll > 0 tilts anticlockwise, as seen.
    lamp : (float, float), optional
        Azimuth and elevation of a lamp, degrees: azimuth > 0 from the picture's right, elevation
        > 0 from above. The photo's own light if left out.
    """

    expressions: Mapping[str, Amount | float] = field(default_factory=dict)
    neutral: bool = False
    turn: tuple[float, float, float] = (0.0, 0.0, 0.0)
    lamp: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse what no head can do."""
        for name, angle, most in zip(("yaw", "pitch", "roll"), self.turn, FARTHEST, strict=True):
            if not abs(angle) <= most:  # nan too
                raise UsageError(
                    f"a head cannot be turned by a {name} of {angle:g} degrees in a photo; "
                    f"{-most:g} to {most:g} can be tried."
                )
        if self.lamp is not None and not all(map(math.isfinite, self.lamp)):
            raise UsageError("azimuth and elevation of the light must be numbers of degrees.")

    @property
    def nothing(self) -> bool:
        """Whether all is to stay as it is."""
        return not (self.expressions or self.neutral or any(self.turn) or self.lamp)


def parse_expressions(text: str) -> dict[str, Amount]:
    """Read `jawOpen=0.6,mouthSmile+=0.2`.

    Raises
    ------
    UsageError
        If it is not written like this.
    """
    amounts = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, equals, number = part.partition("=")
        relative = name.endswith(("+", "-"))
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        if not (equals and name and math.isfinite(value)):
            raise UsageError(f"{part!r} is no expression; write NAME=NUMBER or NAME+=NUMBER.")
        sign = -1.0 if name.endswith("-") else 1.0
        amounts[name.rstrip("+-").strip()] = Amount(sign * value, relative)
    return amounts


def expression_of(change: Change, model: MorphableModel, fitted: Float64) -> Float64:
    """Return the coefficients (m,) that are wished for.

    Parameters
    ----------
    change : Change
        What is to be other.
    model : MorphableModel
        Whose names are used.
    fitted : (m,) float64
        The photo's.

    Raises
    ------
    UsageError
        If the model has no such expression.
    """
    made = np.zeros_like(fitted) if change.neutral else fitted.copy()
    least, most = model.expression_bounds.astype(np.float64).T
    for name, asked in change.expressions.items():
        amount = asked if isinstance(asked, Amount) else Amount(float(asked))
        rows = _rows(model.expression_names, name)
        value = amount.value + (made[rows] if amount.relative else 0.0)
        made[rows] = np.clip(value, least[rows], np.maximum(most[rows], LOUDEST))
    return made


def _rows(names: tuple[str, ...], name: str) -> list[int]:
    """Return the rows that a name means; both sides if it names none."""
    meant = {name} if name in names else {f"{name}Left", f"{name}Right"}
    rows = [row for row, own in enumerate(names) if own in meant]
    if not rows:
        short = {own.removesuffix("Left").removesuffix("Right") for own in names}
        near = difflib.get_close_matches(name, sorted({*names, *short}), 4, 0.5)
        hint = f"did you mean {', '.join(near)}?" if near else f"it has {', '.join(names)}."
        raise UsageError(f"the model has no expression {name!r}; {hint}")
    return rows
