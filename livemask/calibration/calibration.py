"""Calibration: what a person has said of themselves, kept from run to run."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from livemask.errors import UsageError

Six = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Changes what programs and avatars are told of a face, never what is drawn on it.

    Attributes
    ----------
    neutral : dict of str to float
        Coefficients of the face at rest, by the names of the expressions; empty: it is learnt
        on the way.
    centre : (6,) floats or None
        The pose that counts as straight ahead: rotation vector, rad, and place, mm, of the
        head in the camera frame. None: looking into the camera, in the middle of the picture.
    blink : float
        Coefficient of a lid that counts as shut. Less than 1 for eyes that are not seen to
        close, such as behind glasses.
    wink : float
        Least difference between both lids for a wink; with less, both do what they do on
        average. 0: each for itself.
    auto_blink : bool
        Whether the eyes blink of themselves now and then, whatever is seen of them.
    """

    neutral: Mapping[str, float] = field(default_factory=dict)
    centre: Six | None = None
    blink: float = 1.0
    wink: float = 0.0
    auto_blink: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not 0.1 <= self.blink <= 1.0:
            raise UsageError(f"a lid cannot count as shut at {self.blink:g}; give 0.1 to 1.")
        if not 0.0 <= self.wink <= 1.0:
            raise UsageError(f"lids cannot differ by {self.wink:g} in a wink; give 0 to 1.")
        numbers = [*self.neutral.values(), *(self.centre or ())]
        if not all(math.isfinite(number) for number in numbers):
            raise UsageError("a calibration holds a number that is none; calibrate anew.")

    def table(self) -> dict[str, Any]:
        """Return what differs from no calibration at all, as a settings file holds it."""
        table: dict[str, Any] = {}
        if self.neutral:
            table["neutral"] = dict(self.neutral)
        if self.centre is not None:
            table["centre"] = list(self.centre)
        none = Calibration()
        for key in ("blink", "wink", "auto_blink"):
            if getattr(self, key) != getattr(none, key):
                table[key] = getattr(self, key)
        return table

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "Calibration":
        """Read what `table` returns.

        Raises
        ------
        UsageError
            If it holds anything else.
        """
        try:
            known = dict(table)
            neutral = {str(k): float(v) for k, v in dict(known.pop("neutral", {})).items()}
            centre = known.pop("centre", None)
            six = None if centre is None else _six(centre)
            return cls(neutral, six, **known)
        except (TypeError, ValueError) as error:
            raise UsageError(
                f"this is no calibration: {error}. Delete it from the settings, or calibrate anew."
            ) from error


def _six(values: Any) -> Six:
    x, y, z, *place = map(float, values)
    left, up, away = place
    return x, y, z, left, up, away
