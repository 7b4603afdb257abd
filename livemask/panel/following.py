"""The page of the tracking: how calm, how thorough, and what is known of the person."""

import math

from livemask.controls import Controls
from livemask.panel import widgets
from livemask.panel.person import PersonCard
from livemask.panel.quality import QualityCard
from livemask.panel.ui import Ui
from livemask.panel.view import View
from livemask.tracking.smoothing import LEVELS

FITS = {"fast": "Fast", "full": "Full"}
CALM = (0.1, 6.0)
"""Factors of the filters' cut-offs between which the sliders go; a smaller one is calmer."""


class FollowingPage:
    """How faces are followed."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._person, self._quality = PersonCard(controls), QualityCard(controls)

    def draw(self, ui: Ui, view: View) -> None:  # noqa: ARG002 - every page's
        """Draw the page where the cursor is."""
        widgets.title(ui, "Tracking")
        self._person.draw(ui)
        self._smoothing(ui)
        self._fit(ui)
        self._quality.draw(ui)

    def _change(self, **values: object) -> None:
        self._controls.errands.do("manner", lambda: self._controls.following.change(**values))

    def _smoothing(self, ui: Ui) -> None:
        manner = self._controls.following.manner
        with widgets.card(ui, "smoothing", "Smoothing"):
            levels = {"off": "Off"} | {name: name.capitalize() for name in LEVELS}
            now = manner.smoothing if manner.face is None else ""
            picked = widgets.segments(ui, "smoothing", levels, str(now))
            if picked is not None:
                self._change(smoothing=picked, face=None)
            head, face = _factor(manner.smoothing), _factor(manner.face or manner.smoothing)
            text = "How calm the head is. To the right it trembles less and comes later."
            new = widgets.slider(ui, "calm head", "Head", _calm(head), (0.0, 1.0), _shown(head))
            ui.tip(text)
            if new is not None:
                self._change(smoothing=_factor_of(new), face=face)
            new = widgets.slider(ui, "calm face", "Expression", _calm(face), (0, 1), _shown(face))
            ui.tip("How calm mouth, brows and lids are.")
            if new is not None:
                self._change(smoothing=head, face=_factor_of(new))

    def _fit(self, ui: Ui) -> None:
        with widgets.card(ui, "fit", "Thoroughness"):
            picked = widgets.segments(ui, "fit", FITS, self._controls.following.manner.fit)
            if picked is not None:
                self._change(fit=picked)
            ui.paragraph("Fast leaves out steady points, lids and where the eyes look.")


def _factor(level: str | float) -> float:
    return LEVELS.get(level, CALM[1]) if isinstance(level, str) else level  # type: ignore[call-overload]


def _calm(factor: float) -> float:
    """Return how far to the right a slider stands; factors are felt by their ratio."""
    low, high = CALM
    share = 1.0 - _log(factor / low) / _log(high / low)
    return min(max(share, 0.0), 1.0)


def _factor_of(calm: float) -> float:
    low, high = CALM
    return round(low * (high / low) ** (1.0 - calm), 3)


def _shown(factor: float) -> str:
    return f"{_calm(factor):.0%}"


def _log(value: float) -> float:
    return math.log(max(value, 1e-6))
