"""Whether letters can be read on what they stand on."""

import itertools

import pytest

from livemask.panel import theme


def brightness(tone):
    """Return the relative luminance of a colour (WCAG 2.2)."""
    shares = [(tone >> shift & 255) / 255.0 for shift in (0, 8, 16)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


LETTERS = ("INK", "MUTED", "FAINT", "ACCENT", "WARNING", "DANGER")
GROUNDS = ("PANEL", "RAIL", "CARD", "WELL")


@pytest.mark.parametrize(("letters", "ground"), list(itertools.product(LETTERS, GROUNDS)))
def test_small_letters_have_the_contrast_that_the_web_asks_of_them(letters, ground):
    """4.5 to 1: WCAG 2.2, success criterion 1.4.3."""
    assert contrast(getattr(theme, letters), getattr(theme, ground)) >= 4.5


def test_what_stands_on_a_button_can_be_read():
    assert contrast(theme.ON_ACCENT, theme.ACCENT) >= 4.5
    assert contrast(theme.INK, theme.HOVERED) >= 4.5
    assert contrast(theme.FAINT, theme.RAISED) >= 4.0
