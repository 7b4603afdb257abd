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
    """

    most: int = 1
    choice: Choice = "largest"
    others: Others = "real"
    when_lost: WhenLost = "auto"

    @property
    def followed(self) -> int:
        """How many faces are followed at most."""
        return self.most if self.others == "real" else max(FOLLOWED, self.most)
