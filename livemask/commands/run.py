"""`livemask run` and `livemask demo`: from a source to a window, a film, a camera."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from livemask.commands.console import say
from livemask.commands.progress import progress
from livemask.commands.types import FILE, Size
from livemask.config import Config


def _run_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of `run` that `demo` has too."""
    for option in reversed(
        (
            click.option(
                "--model", default="head", metavar="M", help="Head model: a name or file."
            ),
            click.option(
                "--size",
                type=Size(),
                help="Size of the picture; of a camera, asked for; of raw frames, what it is.",
            ),
            click.option(
                "--fov", default=60.0, help="Horizontal field of view of the camera, deg."
            ),
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
                "--detector",
                default="dlib68",
                metavar="NAME",
                help="What finds faces: `dlib68`, or `facemesh`, which sees turned ones better.",
            ),
            click.option("--landmarks", type=FILE, help="Another file of the detector's points."),
            click.option("--csv", type=FILE, help="Write pose, points and expressions as a table."),
            click.option("--stats", type=FILE, help="Write how long each stage took, as JSON."),
            click.option("--overwrite", is_flag=True, help="Let outputs replace existing files."),
        )
    ):
        function = option(function)
    return function


def _address(
    name: str, port: int, whom: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return an option that sends faces to a program; without a value to this machine."""
    return click.option(
        name,
        is_flag=False,
        flag_value="",
        metavar="[HOST:PORT]",
        help=f"Send the face to {whom}; to 127.0.0.1:{port} unless told.",
    )


@click.command()
@click.option(
    "--source",
    default="0",
    metavar="S",
    help="Camera (number, path or name), film, photo, folder of pictures, pattern such as "
    "`f_%04d.png`, address such as `rtsp://...`, `-` for standard input, or `performer`.",
)
@click.option("--fps", type=float, metavar="N", help="Rate of pictures or raw frames.")
@click.option(
    "--mask",
    "masks",
    multiple=True,
    default=("textured",),
    metavar="NAME[,key=value]",
    help="What is worn; repeated: one over the other. With `face=N` by that face only.",
)
@click.option("--max-faces", default=1, metavar="N", help="Track and mask so many faces.")
@click.option(
    "--choose",
    type=click.Choice(["largest", "central", "locked"]),
    default="largest",
    help="Whose face, if there are more; locked: nobody else for the rest of the run.",
)
@click.option(
    "--others",
    type=click.Choice(["real", "blur", "mask"]),
    default="real",
    help="What becomes of further faces.",
)
@_run_options
@click.option("--record", type=FILE, metavar="OUT.mp4", help="Write the picture as a film.")
@click.option(
    "--virtual-camera",
    is_flag=False,
    flag_value="",
    metavar="[DEVICE]",
    help="Send the picture to other programs as a camera.",
)
@_address("--vmc", 39539, "avatar programs by the VMC protocol")
@click.option(
    "--vmc-names",
    type=click.Choice(["arkit", "vrm0"]),
    default="arkit",
    help="Of the expressions for --vmc: ARKit's (PerfectSync), or the presets of VRM 0.",
)
@_address("--openseeface", 11573, "programs that listen to OpenSeeFace")
@_address("--livelink", 11111, "Unreal Engine as the app Live Link Face")
@click.option("--livelink-csv", type=FILE, help="Write a table like the takes of Live Link Face.")
@_address("--opentrack", 4242, "opentrack")
@click.option(
    "--sink",
    "sinks",
    multiple=True,
    metavar="NAME[,key=value]",
    help="Any output by its plug-in's name, with options; repeated: several.",
)
@click.option("--headless", is_flag=True, help="Open no window.")
@click.option("--frames", type=int, metavar="N", help="Stop after so many frames.")
def run(**options: Any) -> None:
    """Track the face in a source and show it with a mask.

    Keys: Esc quits, Tab puts on the next mask, M mirrors the window.
    """
    from livemask.app import run as start

    with progress() as watch:
        start(Config(**options), watch)


@click.command()
@click.option("--seconds", default=10.0, help="Length of the film.")
@click.option("--mask", metavar="NAME[,key=value]", help="One mask rather than one after another.")
@click.option("--output", type=FILE, default=Path("livemask-demo.mp4"), help="The film.")
@click.option("--seed", default=0, help="Which person, and what happens.")
@_run_options
def demo(seconds: float, mask: str | None, output: Path, seed: int, **options: Any) -> None:
    """Film the built-in performer with masks: needs no camera, no window."""
    from livemask.app import demo as start

    source = f"performer,seconds={seconds},seed={seed}"
    config = Config(
        source=source, masks=(mask or "textured",), record=output, headless=True, **options
    )
    with progress() as watch:
        start(config, watch, parade=mask is None)
    say(f"{output} is ready: {seconds:g} s of the built-in performer.")
