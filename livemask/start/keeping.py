"""What a run says of itself to a session that it keeps, and which outputs one may have."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from livemask.config import Config
from livemask.session.folder import apart, free_folder
from livemask.session.settings import NOTED, REPLAYED
from livemask.sources.address import shown
from livemask.wardrobe import will_hide

CAREFUL = ("real", "mask", "blur")
"""What becomes of others, the most careful last."""


def session_is_free(config: Config, files: Sequence[Path]) -> None:
    """Refuse a session that is in the way, and outputs in one that is replayed.

    Raises
    ------
    UsageError, SinkError
    """
    kept = [] if config.session is None else [config.session]
    for folder in kept:
        free_folder(folder, config.overwrite)
    if config.replay is not None:
        apart(config.replay, *files, *kept)


def session_options(now: Callable[[], Config], source: Any) -> dict[str, Any]:
    """Return the options of the output `session`; `source` is what is played.

    `now` returns the config as it is by then: settings may be changed while it is kept.
    """
    config = now()
    handled = {"overwrite": config.overwrite, "live": source.live}
    return {"settings": Kept(now), "rate": source.rate, **handled}


class Kept:
    """The settings that a session is replayed with: those of the end, and the most careful ones.

    Whoever was hidden in any frame of it is hidden in all frames of a replay.

    Parameters
    ----------
    now : function
        Returns the config as it is by then.
    """

    def __init__(self, now: Callable[[], Config]) -> None:
        self._now, self._last = now, now()
        self._others = self._last.others
        self._hides = will_hide(self._last.masks)
        self._known = self._told()

    def __call__(self) -> dict[str, Any]:
        """Return them; asked at every frame."""
        now = self._now()
        if now != self._last:
            self._last, self._others = now, max(self._others, now.others, key=CAREFUL.index)
            self._hides = self._hides and will_hide(now.masks)
            self._known = self._told()
        return self._known

    def _told(self) -> dict[str, Any]:
        kept = {name: getattr(self._last, name) for name in (*REPLAYED, *NOTED)}
        kept |= {"source": shown(self._last.source), "hides": self._hides}
        return kept | {"others": self._others}
