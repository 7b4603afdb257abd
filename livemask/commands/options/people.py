"""Who wears what: options of `run` and `batch`."""

import rich_click as click

from livemask.commands.options.several import several

people_options = several(
    click.option(
        "--mask",
        "masks",
        multiple=True,
        default=("textured",),
        metavar="NAME[,key=value]",
        help="What is worn; repeated: one over the other. With `face=N` by that face only.",
    ),
    click.option("--max-faces", default=1, metavar="N", help="Track and mask so many faces."),
    click.option(
        "--choose",
        type=click.Choice(["largest", "central", "locked"]),
        default="largest",
        help="Whose face, if there are more; locked: nobody else for the rest of the run.",
    ),
    click.option(
        "--others",
        type=click.Choice(["real", "blur", "mask"]),
        default="real",
        help="What becomes of further faces.",
    ),
)
