"""`livemask run` and `livemask demo`: from a source to a window, a film, a camera."""

from pathlib import Path
from typing import Any

import rich_click as click

from livemask.commands.console import say
from livemask.commands.options.outputs import file_options, output_options
from livemask.commands.options.people import people_options
from livemask.commands.options.picture import picture_options
from livemask.commands.progress import progress
from livemask.commands.settings import chosen, save
from livemask.commands.types import FILE
from livemask.commands.written import tell_written
from livemask.config import Config


@click.command()
@click.option(
    "--source",
    default="0",
    metavar="S",
    help="Camera (number, path or name), film, photo, folder of pictures, pattern such as "
    "`f_%04d.png`, address such as `rtsp://...`, `-` for standard input, or `performer`.",
)
@click.option("--fps", type=float, metavar="N", help="Rate of pictures or raw frames.")
@people_options
@picture_options
@output_options
@file_options
@click.option("--headless", is_flag=True, help="Open no window.")
@click.option(
    "--mirror/--no-mirror",
    default=None,
    help="Mirror the window, or not; that of a camera is, unless told. Outputs never are.",
)
@click.option("--panel/--no-panel", default=True, help="Show the control panel at the start.")
@click.option("--frames", type=int, metavar="N", help="Stop after so many frames.")
@click.option("--profile", metavar="NAME", help="Settings of this name, see `livemask config`.")
@click.pass_context
def run(context: click.Context, /, profile: str | None, **options: Any) -> None:
    """Track the face in a source and show it with a mask.

    Keys: Esc quits, Tab puts on the next mask, B blurs everything at once, F1 lists all.
    """
    choice = chosen(context, options, profile)
    config = choice.config
    from livemask.app import run as start

    with progress() as watch:
        done = start(config, watch, tell=say, keep=lambda changes: save(changes, choice.profile))
    tell_written(context, config, done.frames)


@click.command()
@click.option("--seconds", default=10.0, help="Length of the film.")
@click.option("--mask", metavar="NAME[,key=value]", help="One mask rather than one after another.")
@click.option("--output", type=FILE, default=Path("livemask-demo.mp4"), help="The film.")
@click.option("--seed", default=0, help="Which person, and what happens.")
@picture_options
@file_options
@click.pass_context
def demo(context: click.Context, /, mask: str | None, output: Path, **options: Any) -> None:
    """Film the built-in performer with masks: needs no camera, no window."""
    from livemask.app import demo as start

    seconds, seed = options.pop("seconds"), options.pop("seed")
    source = f"performer,seconds={seconds},seed={seed}"
    config = Config(
        source=source, masks=(mask or "textured",), record=output, headless=True, **options
    )
    with progress() as watch:
        done = start(config, watch, parade=mask is None)
    tell_written(context, config, done.frames)
