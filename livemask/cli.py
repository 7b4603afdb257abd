"""The commands. Sets the process's environment before anything imports OpenGL or numpy."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rich_click as click
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from livemask import __version__, plugins
from livemask.config import Config
from livemask.errors import LivemaskError

click.rich_click.TEXT_MARKUP = "markdown"
ERRORS = Console(stderr=True, highlight=False)
FILE = click.Path(path_type=Path, dir_okay=False)


class Commands(click.RichGroup):
    """A group whose first command is meant where none is named: `livemask --mask toon`."""

    default = "run"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command first, unless a command or help for all is asked for."""
        general = ("--help", "-h", "--version")
        if not args or (args[0] not in self.commands and args[0] not in general):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="livemask")
def commands() -> None:
    """Track a face in 3D and draw a mask over it: live, in a film, on a photo.

    Without a command: `run`, the webcam in a window.
    """


def _run_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `run` that `demo` has too."""
    for option in reversed(
        (
            click.option(
                "--model", default="head", metavar="M", help="Head model: a name or file."
            ),
            click.option(
                "--size", type=Size(), help="Size of the picture; of a camera, asked for."
            ),
            click.option(
                "--fov", default=60.0, help="Horizontal field of view of the camera, deg."
            ),
            click.option("--landmarks", type=FILE, help="Another dlib model of the 68 points."),
            click.option("--csv", type=FILE, help="Write pose, points and expressions as a table."),
            click.option("--stats", type=FILE, help="Write how long each stage took, as JSON."),
            click.option("--overwrite", is_flag=True, help="Let outputs replace existing files."),
        )
    ):
        function = option(function)
    return function


@commands.command()
@click.option(
    "--source",
    default="0",
    metavar="S",
    help="Camera (number, path or name), film, photo, or `performer`.",
)
@click.option("--mask", default="textured", metavar="NAME[,key=value]", help="What is worn.")
@_run_options
@click.option("--record", type=FILE, metavar="OUT.mp4", help="Write the picture as a film.")
@click.option(
    "--virtual-camera",
    is_flag=False,
    flag_value="",
    metavar="[DEVICE]",
    help="Send the picture to other programs as a camera.",
)
@click.option("--headless", is_flag=True, help="Open no window.")
@click.option("--frames", type=int, metavar="N", help="Stop after so many frames.")
def run(**options: Any) -> None:
    """Track the face in a source and show it with a mask.

    Keys: Esc quits, Tab puts on the next mask, M mirrors the window.
    """
    from livemask.app import run as start

    with _progress() as watch:
        start(Config(**options), watch)


@commands.command()
@click.option("--seconds", default=10.0, help="Length of the film.")
@click.option("--mask", metavar="NAME[,key=value]", help="One mask rather than one after another.")
@click.option("--output", type=FILE, default=Path("livemask-demo.mp4"), help="The film.")
@click.option("--seed", default=0, help="Which person, and what happens.")
@_run_options
def demo(seconds: float, mask: str | None, output: Path, seed: int, **options: Any) -> None:
    """Film the built-in performer with masks: needs no camera, no window."""
    from livemask.app import demo as start

    source = f"performer,seconds={seconds},seed={seed}"
    config = Config(source=source, mask=mask or "textured", record=output, headless=True, **options)
    with _progress() as watch:
        start(config, watch, parade=mask is None)
    Console().print(f"{output} is ready: {seconds:g} s of the built-in performer.")


@commands.command()
@click.argument("photos", nargs=-1, required=True, type=FILE)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--fov", default=None, type=float, help="Horizontal field of view, deg.")
@click.option("--landmarks", type=FILE, help="Another dlib model of the 68 points.")
@click.option("--overwrite", is_flag=True, help="Let outputs replace existing files.")
def reconstruct(photos: tuple[Path, ...], out: Path, **options: Any) -> None:
    """Make a 3D model of the face in each photo: NAME.obj and NAME_overlay.png."""
    from livemask.stills import reconstruct as start

    for file in start(photos, out, **options):
        Console().print(str(file), soft_wrap=True)


@commands.command()
def masks() -> None:
    """List the masks and their options."""
    _list("masks")


@commands.group(cls=click.RichGroup, invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """List the head models; `models show` draws one."""
    if context.invoked_subcommand is None:
        _list("models")


@models.command("show")
@click.argument("model", default="head")
@click.option("-o", "--output", type=FILE, required=True, help="The picture to write.")
@click.option("--overwrite", is_flag=True, help="Let it replace an existing file.")
def show(model: str, output: Path, overwrite: bool) -> None:
    """Draw a model: its mean, its first components and all its expressions."""
    from livemask.stills import show_model

    show_model(model, output, overwrite)
    Console().print(str(output), soft_wrap=True)


@commands.command()
def cameras() -> None:
    """List the cameras of this machine."""
    from livemask.sources.listing import cameras as listed

    table = Table("", "name", "path", box=None)
    for camera in listed():
        table.add_row(str(camera.index), camera.name, str(camera.path))
    if table.row_count:
        Console().print(table)
    else:
        Console().print("No camera was found. Plug one in, or give a film: livemask --source FILE")


def _list(room: str) -> None:
    table = Table(box=None, show_header=False)
    for name, (summary, options) in plugins.describe(room).items():
        table.add_row(f"[bold]{name}[/]", summary, f"[dim]{options}[/]")
    Console().print(table)


@contextmanager
def _progress() -> Iterator[Callable[[int, int | None], None]]:
    """Show on a terminal that it gets ready, then how many frames have been read."""
    if not ERRORS.is_terminal:
        yield lambda _done, _total: None
        return
    columns = (TextColumn("frames"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=ERRORS, transient=True)
    task = progress.add_task("frames", total=None)
    ready = ERRORS.status("getting ready (the first start compiles: some 20 seconds)")

    def watch(done: int, total: int | None) -> None:
        ready.stop()
        progress.start()
        progress.update(task, completed=done, total=total)

    ready.start()
    try:
        yield watch
    finally:
        ready.stop()
        progress.stop()


def set_environment() -> None:
    """Set what libraries read when they are first imported; what the user has set stays."""
    if sys.platform.startswith("linux"):
        # One platform, EGL, for windows and without them.
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl")
        os.environ.setdefault("PYGLFW_LIBRARY_VARIANT", "x11")
    # BLAS threads stand in the way of the stages' own.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")


def main() -> None:
    """Run a command: the entry point of the program `livemask`."""
    set_environment()
    logging.basicConfig(
        level=logging.WARNING,
        format="%(message)s",
        handlers=[RichHandler(console=ERRORS, show_time=False, show_path=False)],
    )
    try:
        commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except LivemaskError as error:
        ERRORS.print(f"livemask: {error}", markup=False, soft_wrap=True)
        for note in getattr(error, "__notes__", ()):
            ERRORS.print(f"livemask: {note}", markup=False, soft_wrap=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
