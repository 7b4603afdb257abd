"""Colours as users write them."""

import re

from livemask.errors import UsageError
from livemask.light.skin import LINEAR


def linear_rgb(option: str, text: str) -> tuple[float, float, float]:
    """Return the linear RGB, 0 to 1, of an sRGB colour written as `#rrggbb` or `rrggbb`.

    Raises
    ------
    UsageError
        If `text` is none; `option` says whose value it is.
    """
    if not re.fullmatch(r"#?[0-9a-fA-F]{6}", text):
        raise UsageError(f"{option}={text!r} must be a colour like #e0c8b0.")
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return float(LINEAR[red]), float(LINEAR[green]), float(LINEAR[blue])
