"""Order: which pictures are asked for."""

import math
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from livemask.errors import UsageError

LABELS = ("points", "coefficients", "pose", "depth", "normals", "uv", "position", "mask")
"""What may be written beside a picture."""

FORMATS = ("jpg", "png", "webp")
SIZES = (64, 1024)

TURNS = {"yaw": 90.0, "pitch": 60.0, "roll": 180.0}
"""Degrees, at most."""

BEYOND = 3.0


@dataclass(frozen=True, slots=True)
class Order:
    """What the pictures of a folder have in common.

    Attributes
    ----------
    seed : int
        With a picture's number it settles all that is in the picture.
    size : int
        px a side.
    labels : tuple of str
        Of `LABELS`.
    format : str
        Of `FORMATS`.
    model : str
        A name or file.
    yaw, pitch, roll : float
        The head is turned by up to this many degrees each way.
    beyond : float
        How far heads differ from all that the model can make: 0 not at all, 1 by about half a
        millimetre.
    things : float
        Share of the pictures with something before the face: glasses, a hat, a hand...
    backgrounds : str
        A folder of photos; empty for drawn ones.
    """

    seed: int = 0
    size: int = 256
    labels: tuple[str, ...] = LABELS
    format: str = "jpg"
    model: str = "head"
    yaw: float = 75.0
    pitch: float = 30.0
    roll: float = 30.0
    beyond: float = 1.0
    things: float = 0.45
    backgrounds: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises
        ------
        UsageError
        """
        if self.seed < 0:
            raise UsageError(f"--seed {self.seed} must be 0 or greater.")
        if not SIZES[0] <= self.size <= SIZES[1]:
            raise UsageError(f"--size {self.size} must be {SIZES[0]} to {SIZES[1]} px.")
        if self.format not in FORMATS:
            raise UsageError(f"--format {self.format} must be one of {', '.join(FORMATS)}.")
        unknown = [name for name in self.labels if name not in LABELS]
        if unknown:
            raise UsageError(
                f"there are no labels {unknown[0]!r}; --labels takes {', '.join(LABELS)}."
            )
        for name, most in TURNS.items():
            _check(name, getattr(self, name), most)
        _check("beyond", self.beyond, BEYOND)
        _check("things", self.things, 1.0)

    @classmethod
    def read(cls, values: dict[str, Any]) -> Self:
        """Return the order that `written` gave.

        Raises
        ------
        UsageError
            If it is none.
        """
        names = {field.name for field in fields(cls)}
        if set(values) != names:
            raise UsageError("it does not say what its pictures have in common.")
        return cls(**(values | {"labels": tuple(values["labels"])}))

    @property
    def written(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        return asdict(self) | {"labels": list(self.labels)}


def _check(name: str, value: float, most: float) -> None:
    if not (math.isfinite(value) and 0.0 <= value <= most):
        raise UsageError(f"--{name} {value:g} must be 0 to {most:g}.")
