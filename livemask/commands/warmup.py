"""`livemask warmup`: what the first start would compile, beforehand."""

import rich_click as click

from livemask.commands.console import ERRORS, say
from livemask.commands.types import FILE


@click.command()
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--landmarks", type=FILE, help="Another dlib model of the 68 points.")
def warmup(**options: object) -> None:
    """Compile and load everything once, so that the first start is as quick as later ones.

    Worth its seconds after an installation and after an update.
    """
    from livemask.start.warming import warm_up

    with ERRORS.status("getting ready", spinner="line") as status:
        seconds = warm_up(lambda doing: status.update(f"{doing}..."), **options)  # type: ignore[arg-type]
    say(f"livemask is warm: that took {seconds:.1f} s.")
