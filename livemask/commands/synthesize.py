"""`livemask synthesize`: labelled pictures of people who do not exist."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rich_click as click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from livemask.commands.console import ERRORS, say
from livemask.commands.types import FOLDER
from livemask.synthesis.order import BEYOND, FORMATS, LABELS, SIZES, TURNS, Order


@click.command()
@click.argument("count", type=click.IntRange(1, 99_999_999), metavar="N")
@click.option("--out", type=FOLDER, required=True, help="The folder of all files.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Another one: other people.")
@click.option("--size", type=click.IntRange(*SIZES), default=256, help="Of pictures, px a side.")
@click.option(
    "--labels",
    metavar="A,B,...",
    default=",".join(LABELS),
    help="What is written beside each picture; all unless told. `none`: pictures alone.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="jpg", help="Of pictures.")
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--yaw", type=click.FloatRange(0, TURNS["yaw"]), default=75.0, metavar="DEG",
              help="Heads are turned by up to this much each way.")  # fmt: skip
@click.option("--pitch", type=click.FloatRange(0, TURNS["pitch"]), default=30.0, metavar="DEG",
              help="Up and down, likewise.")  # fmt: skip
@click.option("--roll", type=click.FloatRange(0, TURNS["roll"]), default=30.0, metavar="DEG",
              help="Tilted to the sides, likewise.")  # fmt: skip
@click.option("--beyond", type=click.FloatRange(0, BEYOND), default=1.0, metavar="X",
              help="How far heads differ from all the model can make; 0 not at all.")  # fmt: skip
@click.option("--things", type=click.FloatRange(0, 1), default=0.45, metavar="X",
              help="Share of pictures with glasses, a hat, a hand...")  # fmt: skip
@click.option("--backgrounds", type=FOLDER, help="A folder of photos, instead of drawn ones.")
@click.option("--workers", type=click.IntRange(1, 256), default=os.cpu_count() or 1, metavar="N",
              help="How many processes; one for each core unless told.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Make all anew, and remove what is there.")
def synthesize(count: int, out: Path, **options: Any) -> None:
    """Make N labelled pictures of people who do not exist.

    The same command goes on where it ended. Picture i depends on the seed and i alone, whatever
    the number of workers.
    """
    from livemask.signals import stop_on_signals
    from livemask.synthesis.synthesize import synthesize as make

    workers, overwrite = options.pop("workers"), options.pop("overwrite")
    ends: list[bool] = []
    with _shown() as told, stop_on_signals(lambda: ends.append(True)):
        done = make(count, out, _order(options), workers=workers, overwrite=overwrite, told=told,
                    stopped=lambda: bool(ends))  # fmt: skip
    say(f"{done} of {count} pictures: {out}")
    if done < count:
        raise click.Abort


def _order(options: dict[str, Any]) -> Order:
    """Return what the pictures have in common."""
    named = options.pop("labels")
    labels = () if named == "none" else tuple(dict.fromkeys(n.strip() for n in named.split(",")))
    backgrounds = options.pop("backgrounds")
    return Order(labels=labels, format=options.pop("form"), backgrounds=str(backgrounds or ""),
                 **options)  # fmt: skip


@contextmanager
def _shown() -> Iterator[Callable[[int, int], object]]:
    """Show on a terminal how many pictures are done."""
    columns = (TextColumn("pictures"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    disabled = not ERRORS.is_terminal
    with Progress(*columns, console=ERRORS, transient=True, disable=disabled) as bar:
        task = bar.add_task("pictures", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
