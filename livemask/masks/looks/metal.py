"""Metals: how gloss becomes a material of the look `metal`."""

from livemask.errors import UsageError
from livemask.records import Material

DULL, SMOOTH = 6.0, 900.0
"""Exponents of Blinn's highlight as sharp as what brushed and polished metal mirrors."""


def metal(colour: tuple[float, float, float], gloss: float) -> Material:
    """Return a metal that mirrors in linear `colour`, from brushed (0) to polished (1).

    Raises
    ------
    UsageError
        If `gloss` is neither, nor between.
    """
    if not 0.0 <= gloss <= 1.0:
        raise UsageError(f"gloss={gloss} must be 0 to 1.")
    exponent = DULL * (SMOOTH / DULL) ** gloss
    return Material(look="metal", colour=colour, exponent=exponent)
