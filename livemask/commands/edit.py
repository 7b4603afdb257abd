"""`livemask edit`: a photo of a person with another expression, pose or light."""

from pathlib import Path
from typing import Any

import rich_click as click

from livemask.commands.console import say
from livemask.commands.types import FILE, Degrees


@click.command()
@click.argument("photo", type=FILE)
@click.option("-o", "--out", type=FILE, required=True, help="The photo to write: .png, .jpg...")
@click.option(
    "--set",
    "expressions",
    metavar="NAME=VALUE,...",
    help="Expressions by ARKit's names, 0 to 1: `jawOpen=0.6,mouthSmile=0.8`; `+=` adds.",
)
@click.option("--neutral", is_flag=True, help="All expressions that --set does not name become 0.")
@click.option(
    "--turn",
    type=Degrees("YAW,PITCH,ROLL"),
    default="0,0,0",
    help="Turn the head: to the picture's right, down, anticlockwise; deg.",
)
@click.option(
    "--relight",
    type=Degrees("AZ,EL"),
    help="A lamp instead of the photo's light, from so far to the right and above; deg.",
)
@click.option(
    "--face", type=click.IntRange(1), default=1, metavar="N", help="Which face, 1 for the largest."
)
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--fov", default=None, type=float, help="Horizontal field of view, deg.")
@click.option(
    "--detector", default="dlib68", metavar="NAME", help="What finds faces: `dlib68`, `facemesh`."
)
@click.option("--landmarks", type=FILE, help="Another file of the detector's points.")
@click.option("--overwrite", is_flag=True, help="Let the output replace an existing file.")
def edit(photo: Path, out: Path, **options: Any) -> None:
    """Give the person in PHOTO another expression, pose or light."""
    from livemask.editing.change import Change, parse_expressions
    from livemask.stills.editing import Edit, edit_file
    from livemask.stills.studio import Studio

    expressions = parse_expressions(options["expressions"] or "")
    change = Change(expressions, options["neutral"], options["turn"], options["relight"])
    names = ("model", "fov", "detector", "landmarks", "face")
    studio = Studio(**{name: options[name] for name in names})
    say(str(edit_file(Edit(photo, out, change, studio, options["overwrite"]))))
