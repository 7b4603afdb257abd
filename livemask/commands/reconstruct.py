"""`livemask reconstruct`: photos to 3D models."""

from pathlib import Path
from typing import Any

import rich_click as click

from livemask.commands.console import say
from livemask.commands.types import FILE, FOLDER


@click.command()
@click.argument("photos", nargs=-1, required=True, type=FILE)
@click.option("--out", type=FOLDER, required=True)
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--fov", default=None, type=float, help="Horizontal field of view, deg.")
@click.option(
    "--detector", default="dlib68", metavar="NAME", help="What finds faces: `dlib68`, `facemesh`."
)
@click.option("--landmarks", type=FILE, help="Another file of the detector's points.")
@click.option("--overwrite", is_flag=True, help="Let outputs replace existing files.")
def reconstruct(photos: tuple[Path, ...], out: Path, **options: Any) -> None:
    """Make a 3D model of the face in each photo: NAME.obj and NAME_overlay.png."""
    from livemask.stills import reconstruct as start

    for file in start(photos, out, **options):
        say(str(file))
