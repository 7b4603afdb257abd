"""`livemask reconstruct`: photos and films to 3D models."""

from pathlib import Path
from typing import Any

import rich_click as click

from livemask.commands.console import say
from livemask.commands.progress import steps
from livemask.commands.types import FILE, FOLDER
from livemask.reconstruction.form import CROP, DEFAULT, TEXTURE, UV, Form, chosen


@click.command()
@click.argument(
    "photos", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PHOTO|FILM..."
)
@click.option("--out", type=FOLDER, required=True, help="The folder of all files.")
@click.option(
    "--write",
    metavar="A,B,...",
    help=f"What is written: `{','.join(DEFAULT)}` unless told; docs/reconstruct.md lists all.",
)
@click.option("--all", "everything", is_flag=True, help="Write all that there is but the sheet.")
@click.option("--sheet", is_flag=True, help="Write one picture that shows all, too.")
@click.option(
    "--texture-size", type=click.IntRange(*TEXTURE), default=1024, help="Of textures, px a side."
)
@click.option(
    "--hidden",
    type=click.Choice(["fill", "zero"]),
    default="fill",
    help="What the photo does not show of a texture: filled, or black.",
)
@click.option("--colours", is_flag=True, help="A colour at each vertex instead of a texture.")
@click.option("--front", is_flag=True, help="Meshes that look ahead instead of as in the photo.")
@click.option("--crop", type=click.IntRange(*CROP), default=224, help="Aligned picture, px a side.")
@click.option("--uv-size", type=click.IntRange(*UV), default=256, help="Position map, px a side.")
@click.option(
    "--face", type=click.IntRange(1), metavar="N", help="Only one, 1 for the largest; else all."
)
@click.option(
    "--same-person",
    is_flag=True,
    help="All photos show one person: they share what they say of the head.",
)
@click.option(
    "--frames",
    type=click.IntRange(1, 64),
    default=8,
    metavar="N",
    help="Of a film: how many pictures say who somebody is; 8 unless told.",
)
@click.option(
    "--all-frames", is_flag=True, help="Of a film: write all of these pictures, not the best one."
)
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--fov", default=None, type=float, help="Horizontal field of view, deg.")
@click.option(
    "--detector", default="dlib68", metavar="NAME", help="What finds faces: `dlib68`, `facemesh`."
)
@click.option("--landmarks", type=FILE, help="Another file of the detector's points.")
@click.option("--overwrite", is_flag=True, help="Let outputs replace existing files.")
def reconstruct(photos: tuple[Path, ...], out: Path, **options: Any) -> None:
    """Make 3D models of the faces in photos, folders of them, and films."""
    from livemask.stills import Print, Studio, reconstruct_files

    form = Form(*(options[name] for name in Form.__slots__))
    prints = Print(_outputs(options), form, options["overwrite"], options["all_frames"])
    studio = Studio(*(options[name] for name in Studio.__slots__))
    with steps() as bar:
        for file in reconstruct_files(photos, out, studio, prints, bar.watch):
            with bar.aside():
                say(str(file))


def _outputs(options: dict[str, Any]) -> tuple[str, ...]:
    """Return what is to be written, each once."""
    names = DEFAULT if options["write"] is None else chosen(options["write"])
    names += chosen("all") if options["everything"] else ()
    names += ("sheet",) if options["sheet"] else ()
    return tuple(dict.fromkeys(names))
