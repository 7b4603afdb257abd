"""What is to be reached, beside what was measured."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.table import Cell, Table
from benchmarks.tracking.by_face import WANTED

EASY = ("script", "talk", "expressions", "yaw 60", "look around", "pitch 25", "roll 40")
"""Scenarios by which poses are judged."""

AFLW = tuple(f"aflw2000 yaw {part}" for part in ("0-15", "15-30", "30-45", "45-60", "60-90"))


def mean(values: Sequence[float]) -> float:
    """Return the mean of some numbers."""
    return sum(values) / len(values)


@dataclass(frozen=True, slots=True)
class Goal:
    """A number that is to be small enough, or great enough.

    Attributes
    ----------
    what : str
    limit : str
        `<= 1.5` or `>= 0.9`.
    title, head : str
        The table and the column that tell.
    rows : tuple of str
        The rows that count; all of them if empty.
    of : function
        What of several numbers is meant.
    """

    what: str
    limit: str
    title: str
    head: str
    rows: tuple[str, ...] = ()
    of: Callable[[Sequence[float]], float] = field(default=mean)

    def value(self, tables: Sequence[Table]) -> float:
        """Return what `tables` say; nan if nothing."""
        found = [v for table in tables if table.title == self.title for v in self._cells(table)]
        return self.of(found) if found else math.nan

    def is_reached(self, value: float) -> bool:
        """Tell whether a number is good enough."""
        sign, limit = self.limit.split()
        return value <= float(limit) if sign == "<=" else value >= float(limit)

    def row(self, tables: Sequence[Table]) -> Sequence[Cell]:
        """Return what, the limit, the value and whether it is reached."""
        value = self.value(tables)
        if math.isnan(value):
            return self.what, self.limit, None, "not measured"
        return self.what, self.limit, value, "yes" if self.is_reached(value) else "no"

    def _cells(self, table: Table) -> list[float]:
        at = list(table.heads).index(self.head)
        named = [row[at] for row in table.rows if not self.rows or str(row[0]) in self.rows]
        return [float(v) for v in named if isinstance(v, float | int) and math.isfinite(v)]


AGAIN, FRAME = "frames to meet again, worst", "talk_720p, its first frame with noise"

GOALS = (
    Goal("pose, yaw <= 30, deg", "<= 1.5", "Pose", "yaw <= 30: deg", EASY),
    Goal("the same without offset", "<= 1.5", "Pose", "without offset", EASY),
    Goal("pose, yaw 30-60, deg", "<= 3", "Pose", "yaw 30-60: deg", EASY),
    Goal("the same without offset", "<= 3", "Pose", "less the offset", EASY),
    Goal("tracked to +-60 deg, %", ">= 99", "Finding", "of yaw <= 60 %", ("yaw 60",)),
    Goal("frames to meet again after a turn", "<= 5", "Finding", AGAIN, ("turn 85",), max),
    Goal("frames to meet again who left", "<= 5", "Finding", AGAIN, ("leave",), max),
    Goal("false tracking, performer, frames", "<= 0", "Finding", "false", (), sum),
    Goal("false tracking, films, frames", "<= 0", "Films", "false", (), sum),
    Goal("jitter talking, performer, without the true, %", "<= 0.30", "Jitter",
         "shown without the true %", ("talk",)),
    Goal("jitter still, performer, %", "<= 0.04", "Jitter", "shown %", ("still",)),
    Goal("jitter talking, film, %", "<= 0.30", "Films", "shown: jitter %", ("talk_720p",)),
    Goal("jitter still, film, %", "<= 0.04", "Films", "shown: jitter %", (FRAME,)),
    Goal("lag of the pose, ms", "<= 15", "Lag", "ms", ("pose",)),
    Goal("lag of jawOpen, ms", "<= 15", "Lag", "ms", ("jawOpen",)),
    Goal("lag of eyeBlink, ms", "<= 15", "Lag", "ms", ("eyeBlinkLeft", "eyeBlinkRight")),
    Goal("greatest step of a slow turn, mean steps", "<= 2", "A turn of 2 deg/s",
         "greatest step, mean steps", (), max),
    *(Goal(f"correlation of {name}, {how}", ">= 0.9", "Expressions", f"{how}: correlation", (name,))
      for how in ("alone", "together") for name in WANTED),
    *(Goal(f"{head} of {what}", ">= 0.95", "Blinks and winks", head, (what,))
      for what in ("blinks", "winks") for head in ("recall", "precision")),
    Goal("identity, of the mean face's error", "<= 0.6", "Identity", "share"),
    Goal("the same, sized", "<= 0.6", "Identity", "share, sized"),
    Goal("expressions at 2 m, of those at 0.5 m", "<= 1.3", "Distance", "of that at 0.5 m",
         ("2.0 m",)),
    *(Goal(f"AFLW2000 yaw <= 60, {points} inner points, of the predictor's alone", "<= 0.8",
           "Stills", f"{points}, of alone", AFLW[:4]) for points in ("detected", "shown")),
    Goal("AFLW2000 pose MAE, yaw <= 30, deg", "<= 4", "Stills", "pose MAE deg", AFLW[:2]),
    Goal("AFLW2000 pose MAE, yaw 30-60, deg", "<= 7", "Stills", "pose MAE deg", AFLW[2:4]),
    *(Goal(f"{row}, found of 10", f">= {least}", "Stills", "found", (row,))
      for row, least in zip(AFLW[2:], (9, 8, 5), strict=True)),
)  # fmt: skip


def table(tables: Sequence[Table], *, all_of_them: bool = True) -> Table:
    """Return the goals beside what `tables` say, or only those of which they say something."""
    heads = ("what", "goal", "measured", "reached")
    rows = [goal.row(tables) for goal in GOALS]
    return Table("Goals", heads, [row for row in rows if all_of_them or row[2] is not None])
