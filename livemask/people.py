"""Whose faces a run is about."""

from dataclasses import dataclass
from typing import Literal

FOLLOWED = 8
"""Faces that are followed at most, if passers-by are."""

Choice = Literal["largest", "central", "locked"]
Others = Literal["real", "blur", "mask"]
WhenLost = Literal["auto", "hold", "mask", "blur", "freeze", "real"]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Whose faces are wanted.

    Attributes
    ----------
    most : int
        How many are chosen at most.
    choice : Choice
        Who, if there are more: the largest; the one nearest to the middle; the largest, and
        nobody else for the rest of the run. Whoever is chosen stays so while they are seen.
    others : Others
        What becomes of the rest: left alone, blurred, or masked like the chosen ones.
    when_lost : WhenLost
        What is shown while a chosen one cannot be found. `blur`: the whole picture, after the
        half second for which a face is held. `mask`: the mask stays where the head was last
        seen, which is blurred beneath it, more around it from moment to moment. `hold`: the
        mask stays. `freeze`: the last picture in which everybody was masked stays. `real`: the
        video. `auto`: `blur` for masks that hide, `real` for others.
    counted : bool
        Whether the rest are followed though nothing becomes of them: to choose among them.
    """

    most: int = 1
    choice: Choice = "largest"
    others: Others = "real"
    when_lost: WhenLost = "auto"
    counted: bool = False

    @property
    def followed(self) -> int:
        """How many faces are followed at most."""
        return max(FOLLOWED, self.most) if self.follows_rest else self.most

    @property
    def follows_rest(self) -> bool:
        """Whether those are followed as well who are not chosen."""
        return self.counted or self.others != "real"
