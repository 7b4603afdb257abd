"""How faces are tracked and masks are drawn: options of `run` and `demo`."""

import rich_click as click

from livemask.commands.options.several import several
from livemask.commands.types import FILE, Size

showing_options = several(
    click.option(
        "--light",
        default="auto",
        metavar="L",
        help="Of the masks: `auto` as in the room, `studio`, `flat`, or a lamp's AZ,EL.",
    ),
    click.option(
        "--background",
        default="video",
        metavar="B",
        help="Behind the masked heads: `video`, `blur`, `transparent`, `#rrggbb`, a photo.",
    ),
    click.option("--opacity", default=1.0, help="Of all masks together, 0 to 1."),
    click.option(
        "--occlusion",
        type=click.Choice(["auto", "off"]),
        default="off",
        help="Whether a hand or a cup before the face stays in front of the mask.",
    ),
    click.option(
        "--when-lost",
        type=click.Choice(["auto", "hold", "mask", "blur", "freeze", "real"]),
        default="auto",
        help="What is shown while a face is lost; auto: blur for masks that hide, else real.",
    ),
)
"""Options of `replay`, too."""

picture_options = several(
    click.option("--model", default="head", metavar="M", help="Head model: a name or file."),
    click.option(
        "--size",
        type=Size(),
        help="Size of the picture; of a camera, asked for; of raw frames, what it is.",
    ),
    click.option("--fov", default=60.0, help="Horizontal field of view of the camera, deg."),
    click.option(
        "--smoothing",
        type=click.Choice(["off", "low", "medium", "high"]),
        default="medium",
        help="How calm the head is; the calmer, the later.",
    ),
    click.option(
        "--fit",
        type=click.Choice(["fast", "full"]),
        default="full",
        help="How thoroughly faces are looked at; fast for weak machines.",
    ),
    click.option(
        "--quality",
        type=click.Choice(["auto", "high", "medium", "low"]),
        default="auto",
        help="How much is done for each picture of a camera; auto: as its rate allows.",
    ),
    showing_options,
    click.option(
        "--detector",
        default="dlib68",
        metavar="NAME",
        help="What finds faces: `dlib68`, or `facemesh`, which sees turned ones better.",
    ),
    click.option("--landmarks", type=FILE, help="Another file of the detector's points."),
)
