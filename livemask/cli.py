"""The program `livemask`. Sets the process's environment before OpenGL or numpy is imported."""

import difflib
import os
import sys

import rich_click as click

from livemask import __version__, folders
from livemask.commands.batch import batch
from livemask.commands.bench import bench
from livemask.commands.cameras import cameras
from livemask.commands.config import config
from livemask.commands.console import ERRORS
from livemask.commands.doctor import doctor
from livemask.commands.edit import edit
from livemask.commands.encoding import never_fail
from livemask.commands.loudness import give_loudness, split
from livemask.commands.masks import masks
from livemask.commands.mishap import explain
from livemask.commands.models import models
from livemask.commands.reconstruct import reconstruct
from livemask.commands.replay import replay
from livemask.commands.run import demo, run
from livemask.commands.swap import swap
from livemask.commands.synthesize import synthesize
from livemask.commands.warmup import warmup
from livemask.errors import LivemaskError, UsageError
from livemask.heap import keep_heap_small
from livemask.logs.journal import Journal

click.rich_click.TEXT_MARKUP = "markdown"


class Commands(click.RichGroup):
    """A group whose first command is meant where none is named: `livemask --mask toon`."""

    default = "run"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command first, unless a command or help for all is asked for."""
        general = ("--help", "-h", "--version")
        loudness, args = split(args)
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise UsageError(self._no_command(args[0]))
        if not args or (args[0] not in self.commands and args[0] not in general):
            args = [self.default, *args]
        return super().parse_args(ctx, [*loudness, *args])

    def _no_command(self, word: str) -> str:
        """Return what to say of a first word that is no command: a film's name, or a slip."""
        if os.access(word, os.F_OK):
            return f"{word} is no command; to put a mask on it: livemask --source {word}."
        near = difflib.get_close_matches(word, self.commands, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"there is no command {word!r}.{hint} Known: {', '.join(sorted(self.commands))}."


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="livemask")
@click.pass_obj
def commands(journal: Journal | None) -> None:
    """Track a face in 3D and draw a mask over it: live, in a film, on a photo.

    Without a command: `run`, the webcam in a window.
    """
    if journal is not None:
        journal.note_start(sys.argv)


for command in (
    run,
    demo,
    replay,
    reconstruct,
    synthesize,
    swap,
    edit,
    masks,
    models,
    cameras,
    doctor,
    warmup,
    bench,
    batch,
    config,
):
    commands.add_command(command)
give_loudness(commands)


def set_environment() -> None:
    """Set what libraries read when they are first imported; what the user has set stays."""
    if sys.platform.startswith("linux"):
        # One platform, EGL, for windows and without them.
        os.environ.setdefault("PYOPENGL_PLATFORM", "egl")
        os.environ.setdefault("PYGLFW_LIBRARY_VARIANT", "x11")
    # BLAS threads stand in the way of the stages' own.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    # Beside the source, numba's usual place, nothing can be written if it is installed for all.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folders.kernels_folder()))


def main() -> None:
    """Run a command: the entry point of the program `livemask`."""
    never_fail()
    set_environment()
    keep_heap_small()
    journal = Journal(ERRORS)
    journal.start()
    try:
        commands.main(standalone_mode=False, obj=journal)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except LivemaskError as error:
        journal.note_error(error)
        ERRORS.print(f"livemask: {error}", markup=False, soft_wrap=True)
        for note in getattr(error, "__notes__", ()):
            ERRORS.print(f"livemask: {note}", markup=False, soft_wrap=True)
        sys.exit(2)
    except Exception as error:  # a mistake: the user gets a line, the log the rest
        journal.note_error(error)
        ERRORS.print(explain(error, journal.file), markup=False, soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
