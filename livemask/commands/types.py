"""The types of options that click does not know."""

import math
from pathlib import Path
from typing import Any

import rich_click as click

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


class Size(click.ParamType):  # type: ignore[type-arg]  # generic only in newer click
    """`1280x720` -> (1280, 720)."""

    name = "WxH"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Read a width and a height, px."""
        parts = str(value).lower().split("x")
        if len(parts) != 2 or not all(p.isdigit() and 16 <= int(p) <= 7680 for p in parts):
            self.fail(f"{value!r} is no size; write width x height, such as 1280x720.", param, ctx)
        return int(parts[0]), int(parts[1])


class Degrees(click.ParamType):  # type: ignore[type-arg]  # generic only in newer click
    """`20,0,-5` -> (20.0, 0.0, -5.0): as many numbers as its name, `YAW,PITCH,ROLL`, has words."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """Read angles, degrees."""
        wanted = self.name.count(",") + 1
        try:
            angles = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            angles = ()
        if len(angles) != wanted or not all(map(math.isfinite, angles)):
            self.fail(f"{value!r} is not {self.name}; write {wanted} numbers.", param, ctx)
        return angles
