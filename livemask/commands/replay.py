"""`livemask replay`: a session again, with any mask and output, without tracking."""

from pathlib import Path
from typing import Any

import rich_click as click
from click.core import ParameterSource

from livemask.commands.options.outputs import file_options, output_options
from livemask.commands.options.picture import showing_options
from livemask.commands.progress import progress
from livemask.commands.types import FOLDER
from livemask.commands.written import tell_written
from livemask.config import Config


@click.command()
@click.argument("folder", type=FOLDER)
@click.option(
    "--mask",
    "masks",
    multiple=True,
    metavar="NAME[,key=value]",
    help="What is worn; repeated: one over the other. What was worn then if left out.",
)
@click.option("--model", metavar="M", help="The head model of the session, if it was a file.")
@showing_options
@output_options
@file_options
@click.option("--headless", is_flag=True, help="Open no window.")
@click.option("--frames", type=int, metavar="N", help="Stop after so many frames.")
@click.pass_context
def replay(context: click.RichContext, /, folder: Path, **options: Any) -> None:
    """Show a session again that `run --session` has kept, with other masks and outputs.

    Nothing is tracked: all numbers are those of the session. What is not told is as it was then.
    """
    from livemask.app import run as start
    from livemask.session.folder import read_about
    from livemask.session.settings import check_named, replayed

    usual = {n for n in options if context.get_parameter_source(n) is ParameterSource.DEFAULT}
    given = {name: value for name, value in options.items() if name not in usual}
    settings = read_about(folder).settings
    check_named(settings, given)
    config = Config(**{**replayed(settings), **given, "replay": folder})
    with progress() as watch:
        done = start(config, watch)
    tell_written(context, config, done.frames)
