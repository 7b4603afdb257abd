"""How much is done for each picture: as chosen, or as much as the camera's rate allows."""

import logging
from collections.abc import Callable

from livemask import quality
from livemask.quality import LEVELS, Governor, Level

LOG = logging.getLogger("livemask")


class Quality:
    """The quality of a run.

    Parameters
    ----------
    choice : str
        At first; see `quality.Choice`.
    use : function
        Does as a level says from the next frame on.
    fixed : bool
        Whether all is done for each picture whatever is chosen: of a film, so that what comes
        out depends on nothing but what goes in.

    Attributes
    ----------
    choice : str
    level : Level
        What is done now.
    fixed : bool
    """

    def __init__(
        self,
        choice: quality.Choice = "auto",
        use: Callable[[Level], object] = lambda _: None,
        *,
        fixed: bool = False,
    ) -> None:
        self.choice, self.level, self.fixed = choice, LEVELS[0], fixed
        self._use, self._governor = use, Governor()
        self._take(self._chosen())

    def change(self, choice: quality.Choice) -> None:
        """Choose another; `auto` begins with the best."""
        self.choice, self._governor = choice, Governor()
        self._take(self._chosen())

    def see(self, time: float, load: float, *, multisamples: bool) -> None:
        """Take in the load at `time` s; `multisamples`: several samples a pixel can be saved."""
        if self.choice != "auto" or self.fixed:
            return
        levels = (
            LEVELS if multisamples else tuple(v for v in LEVELS if v.multisampled is v.thorough)
        )
        level = levels[min(self._governor.see(time, load, len(levels) - 1), len(levels) - 1)]
        if level is not self.level:
            more = LEVELS.index(level) < LEVELS.index(self.level)
            why = "there is time again" if more else f"a frame takes {load:.0%} of its time"
            LOG.info("quality %s: %s", level.name, why)
            self._take(level)

    def _chosen(self) -> Level:
        names = {level.name: level for level in LEVELS}
        return LEVELS[0] if self.fixed else names.get(self.choice, LEVELS[0])

    def _take(self, level: Level) -> None:
        if level is not self.level:
            self._use(level)
            self.level = level
