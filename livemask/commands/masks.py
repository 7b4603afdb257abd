"""`livemask masks`: what can be worn, and the guide to paint more."""

from pathlib import Path

import rich_click as click

from livemask.commands.console import say
from livemask.commands.listing import list_room
from livemask.commands.types import FILE


@click.group(cls=click.RichGroup, invoke_without_command=True)
@click.pass_context
def masks(context: click.Context) -> None:
    """List the masks and their options, or write the guide to paint one on."""
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
