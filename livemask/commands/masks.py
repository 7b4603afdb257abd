"""`livemask masks`: what can be worn, a picture of all, and the guide to paint more."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import rich_click as click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from livemask.commands.console import ERRORS, say
from livemask.commands.listing import list_room
from livemask.commands.types import FILE


@click.group(cls=click.RichGroup, invoke_without_command=True)
@click.pass_context
def masks(context: click.Context) -> None:
    """List the masks and their options, draw them all, or write the guide to paint one on."""
    if context.invoked_subcommand is None:
        list_room("masks")


@masks.command("template")
@click.option("-o", "--output", type=FILE, required=True, help="The picture to write, a PNG.")
@click.option(
    "--size", type=click.IntRange(256, 4096), default=2048, show_default=True, help="Its side, px."
)
@click.option(
    "--model", default="head", help="Whose mesh is drawn; the layout is the same for all."
)
@click.option("--overwrite", is_flag=True, help="Let it replace an existing file.")
def template(output: Path, size: int, model: str, overwrite: bool) -> None:
    """Write the guide to paint a mask on: draw below it, and wear the picture with --mask."""
    from livemask.stills import write_template

    write_template(model, output, size, overwrite)
    say(str(output))


@masks.command("gallery")
@click.option("-o", "--output", type=FILE, required=True, help="PNG, JPEG or WebP, by its name.")
@click.option(
    "--mask",
    "chosen",
    multiple=True,
    metavar="NAME[,key=value...]",
    help="Draw only this one; may be given more than once. All if left out.",
)
@click.option(
    "--columns",
    type=click.IntRange(1, 8),
    default=2,
    show_default=True,
    help="How many masks stand side by side.",
)
@click.option(
    "--size",
    type=click.IntRange(64, 580),
    default=216,
    show_default=True,
    help="Side of each of the four pictures of a mask, px.",
)
@click.option("--overwrite", is_flag=True, help="Let it replace an existing file.")
def gallery(
    output: Path, chosen: tuple[str, ...], columns: int, size: int, overwrite: bool
) -> None:
    """Draw every mask on the built-in performer: from the front, turned, talking and blinking."""
    from livemask.gallery.drawing import write_gallery

    with _bar() as tell:
        left_out = write_gallery(
            output, chosen, size=size, columns=columns, overwrite=overwrite, tell=tell
        )
    if left_out:
        ERRORS.print(f"Not drawn, for they need a file: {', '.join(left_out)}. Add it to --mask.")
    say(str(output))


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how many masks are drawn, of how many."""
    columns = (TextColumn("masks"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not ERRORS.is_terminal) as bar:
        task = bar.add_task("masks", total=None)
        yield lambda done, every: bar.update(task, completed=done, total=every)
