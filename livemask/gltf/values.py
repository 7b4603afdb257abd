"""Values that a file gives: of the right type and within bounds, or an error."""

import math
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np

from livemask.errors import AssetError
from livemask.gltf.limits import FARTHEST
from livemask.records import Float64

T = TypeVar("T")


def whole(value: Any, what: str, most: int) -> int:
    """Return `value` if it is a whole number from 0 to `most`.

    Raises
    ------
    AssetError
        If it is not; `what` says whose it is.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise AssetError(f"{what} is {_short(value)}, which must be 0 to {most}.")
    return value


def number(value: Any, what: str) -> float:
    """Return `value` if it is a finite number, not unreasonably large."""
    sound = isinstance(value, int | float) and not isinstance(value, bool)
    if not sound or not math.isfinite(value) or abs(value) > FARTHEST:
        raise AssetError(f"{what} is {_short(value)}, which is no usable number.")
    return float(value)


def numbers(value: Any, count: int, what: str) -> Float64:
    """Return a list of `count` finite numbers as (count,) float64."""
    if not isinstance(value, list) or len(value) != count:
        raise AssetError(f"{what} is {_short(value)}, which must be {count} numbers.")
    return np.array([number(v, what) for v in value], np.float64)


def listed(value: Any, what: str) -> list[Any]:
    """Return `value` if it is a list; an empty one for None."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise AssetError(f"{what} is {_short(value)}, which must be a list.")
    return value


def mapped(value: Any) -> dict[str, Any]:
    """Return `value` if it is an object of JSON, else an empty one: for what may be left out."""
    return value if isinstance(value, dict) else {}


def chosen(items: Sequence[T], at: Any, what: str) -> T:
    """Return the item that an index names."""
    if isinstance(at, bool) or not isinstance(at, int) or not 0 <= at < len(items):
        raise AssetError(f"{what} names number {_short(at)} of {len(items)}.")
    return items[at]


def text(value: Any) -> str:
    """Return `value` if it is text, else nothing."""
    return value if isinstance(value, str) else ""


def _short(value: Any) -> str:
    said = repr(value)
    return said if len(said) <= 40 else said[:37] + "..."
