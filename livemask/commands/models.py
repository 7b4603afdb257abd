"""`livemask models`: the head models."""

from pathlib import Path

import rich_click as click

from livemask.commands.console import say
from livemask.commands.listing import list_room
from livemask.commands.types import FILE


@click.group(cls=click.RichGroup, invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """List the head models; `models show` draws one."""
    if context.invoked_subcommand is None:
        list_room("models")


@models.command("show")
@click.argument("model", default="head")
@click.option("-o", "--output", type=FILE, required=True, help="The picture to write.")
@click.option("--overwrite", is_flag=True, help="Let it replace an existing file.")
def show(model: str, output: Path, overwrite: bool) -> None:
    """Draw a model: its mean, its first components and all its expressions."""
    from livemask.stills import show_model

    show_model(model, output, overwrite)
    say(str(output))
