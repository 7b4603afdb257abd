"""Table: rows under heads, as Markdown and as JSON."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a name.

    Attributes
    ----------
    title : str
    heads : sequence of str
    rows : sequence of rows
        Numbers keep their digits in JSON; nan and None are empty cells.
    note : str
    digits : int
        After the point, in Markdown.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    digits: int = 2

    def markdown(self) -> str:
        """Return the table with its title and note."""
        lines = [f"### {self.title}", ""]
        lines += [self.note, ""] if self.note else []
        lines += [_line(self.heads), "|" + " --- |" * len(self.heads)]
        lines += [_line([self._text(cell) for cell in row]) for row in self.rows]
        return "\n".join([*lines, ""])

    def json(self) -> dict[str, Any]:
        """Return the table as plain values."""
        rows = [dict(zip(self.heads, map(_plain, row), strict=True)) for row in self.rows]
        return {"title": self.title, "note": self.note, "rows": rows}

    def _text(self, cell: Cell) -> str:
        cell = _plain(cell)
        if cell is None:
            return "-"
        return f"{cell:.{self.digits}f}" if isinstance(cell, float) else str(cell)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(cell: Cell) -> Cell:
    """Return a cell that JSON knows: what is not a number is nothing."""
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
