"""How much is done for each picture: as chosen, or as much as the camera's rate allows."""

import logging
from collections.abc import Callable

from livemask import quality
from livemask.quality import LEVELS, Governor, Level, Load

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
        self.choice, self.level, self.fixed = choice, Level(), fixed
        self._use, self._governor = use, Governor()
        self._better: list[Level] = []  # those left behind, the best first
        self._take(self._chosen())

    def change(self, choice: quality.Choice) -> None:
        """Choose another; `auto` begins with the best."""
        self.choice, self._governor, self._better = choice, Governor(), []
        self._take(self._chosen())

    def see(self, time: float, load: Load, *, multisamples: bool) -> None:
        """Take in the load at `time` s; `multisamples`: several samples a pixel can be saved."""
        if self.choice != "auto" or self.fixed:
            return
        less = self.level.less(load, multisamples=multisamples)
        taken = len(self._better)
        steps = self._governor.see(time, load.most, taken + (less is not None)) - taken
        if steps > 0 and less is not None:
            slower = "drawing" if load.drawn >= load.tracked else "tracking"
            why = f"{slower} takes {load.most:.0%} of a frame's time"
            LOG.info("quality %s: %s", less.name, why)
            self._better.append(self.level)
            self._take(less)
        elif steps < 0:
            level = self._better.pop()
            LOG.info("quality %s: there is time again", level.name)
            self._take(level)

    def _chosen(self) -> Level:
        return Level() if self.fixed else LEVELS.get(self.choice, Level())

    def _take(self, level: Level) -> None:
        if level != self.level:
            self._use(level)
            self.level = level
