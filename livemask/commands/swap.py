"""`livemask swap`: the face of a photo into another photo, or into a film."""

from pathlib import Path
from typing import Any

import rich_click as click

from livemask.commands.console import say
from livemask.commands.progress import progress
from livemask.commands.types import FILE

PARTS = ("eyes", "nose", "mouth")
WHOSE = ("source", "target")


@click.command()
@click.argument("source", type=FILE)
@click.argument("target", type=FILE)
@click.option(
    "-o",
    "--out",
    type=FILE,
    required=True,
    help="The photo (.png, .jpg, .webp, .tif) or the film (.mp4, .mov, .mkv, .webm) to write.",
)
@click.option(
    "--part",
    "parts",
    type=click.Choice(PARTS),
    multiple=True,
    help="Only the eyes with their brows, the nose or the mouth; repeated: several.",
)
@click.option(
    "--face",
    type=click.IntRange(1),
    metavar="N",
    help="Only this face of TARGET, 1 for the largest, of a film the first; else all.",
)
@click.option(
    "--source-face",
    type=click.IntRange(1),
    default=1,
    metavar="N",
    help="Which face of SOURCE, 1 for the largest.",
)
@click.option(
    "--eyes",
    type=click.Choice(WHOSE),
    help="Whose eyeballs are seen; TARGET's, which look where they did, but for `--part eyes`.",
)
@click.option(
    "--mouth",
    type=click.Choice(WHOSE),
    default="target",
    help="Whose teeth are seen; TARGET's unless told.",
)
@click.option(
    "--when-lost",
    type=click.Choice(["auto", "hold", "mask", "blur", "freeze", "real"]),
    default="auto",
    help="What a film shows where no face is found: as of `run`; auto: blurred, real: as it is.",
)
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--fov", default=None, type=float, help="Horizontal field of view of TARGET, deg.")
@click.option(
    "--detector", default="dlib68", metavar="NAME", help="What finds faces: `dlib68`, `facemesh`."
)
@click.option("--landmarks", type=FILE, help="Another file of the detector's points.")
@click.option("--overwrite", is_flag=True, help="Let the output replace an existing file.")
def swap(source: Path, target: Path, out: Path, **options: Any) -> None:
    """Put the face of the photo SOURCE on those in the photo or film TARGET.

    Pose, expression, light and skin tone stay those of TARGET; a film keeps its sound.
    """
    from livemask.reconstruction.swapping.swapped import Wish
    from livemask.stills.exchange import Exchange
    from livemask.stills.exchange import swap as exchange
    from livemask.stills.studio import Studio

    names = ("model", "fov", "detector", "landmarks", "face")
    studio = Studio(**{name: options[name] for name in names})
    parts = tuple(dict.fromkeys(options["parts"]))
    eyes = options["eyes"] or ("source" if "eyes" in parts else "target")
    wish = Wish(parts, eyes, options["mouth"])
    rest = {name: options[name] for name in ("source_face", "overwrite", "when_lost")}
    asked = Exchange(source, target, out, wish, studio, **rest)
    with progress() as watch:
        made = exchange(asked, watch)
    say(str(made))
