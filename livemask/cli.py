"""The program `livemask`. Sets the process's environment before OpenGL or numpy is imported."""

import logging
import os
import sys

import rich_click as click
from rich.logging import RichHandler

from livemask import __version__
from livemask.commands.cameras import cameras
from livemask.commands.console import ERRORS
from livemask.commands.masks import masks
from livemask.commands.models import models
from livemask.commands.reconstruct import reconstruct
from livemask.commands.run import demo, run
from livemask.errors import LivemaskError

click.rich_click.TEXT_MARKUP = "markdown"


class Commands(click.RichGroup):
    """A group whose first command is meant where none is named: `livemask --mask toon`."""

    default = "run"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command first, unless a command or help for all is asked for."""
        general = ("--help", "-h", "--version")
        if not args or (args[0] not in self.commands and args[0] not in general):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="livemask")
def commands() -> None:
    """Track a face in 3D and draw a mask over it: live, in a film, on a photo.

    Without a command: `run`, the webcam in a window.
    """


for command in (run, demo, reconstruct, masks, models, cameras):
    commands.add_command(command)


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
