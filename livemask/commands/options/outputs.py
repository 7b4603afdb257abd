"""Where pictures and numbers go: options of `run`."""

import rich_click as click

from livemask.commands.options.recording import camera_options, recording_options
from livemask.commands.options.several import Option, several
from livemask.commands.types import FILE, FOLDER


def _address(name: str, port: int, whom: str) -> Option:
    """Return an option that sends faces to a program; without a value to this machine."""
    return click.option(
        name,
        is_flag=False,
        flag_value="",
        metavar="[HOST:PORT]",
        help=f"Send the face to {whom}; to 127.0.0.1:{port} unless told.",
    )


output_options = several(
    *recording_options,
    *camera_options,
    _address("--vmc", 39539, "avatar programs by the VMC protocol"),
    click.option(
        "--vmc-names",
        type=click.Choice(["arkit", "vrm0"]),
        default="arkit",
        help="Of the expressions for --vmc: ARKit's (PerfectSync), or the presets of VRM 0.",
    ),
    _address("--openseeface", 11573, "programs that listen to OpenSeeFace"),
    _address("--livelink", 11111, "Unreal Engine as the app Live Link Face"),
    click.option(
        "--livelink-csv", type=FILE, help="Write a table like the takes of Live Link Face."
    ),
    _address("--opentrack", 4242, "opentrack"),
    click.option("--gltf", type=FILE, help="Write the faces as animated heads: a .glb file."),
    click.option(
        "--session",
        type=FOLDER,
        help="Keep the bare film and all numbers in a folder, for `livemask replay`.",
    ),
    click.option(
        "--stream",
        type=click.IntRange(0, 65535),
        is_flag=False,
        flag_value=6275,
        metavar="[PORT]",
        help="Show the picture in browsers and OBS, on a page of port 6275 unless told.",
    ),
    click.option(
        "--stream-host",
        default="127.0.0.1",
        metavar="HOST",
        help="Let other machines see that page, too: 0.0.0.0, or a number of this one.",
    ),
    click.option(
        "--sink",
        "sinks",
        multiple=True,
        metavar="NAME[,key=value]",
        help="Any output by its plug-in's name, with options; repeated: several.",
    ),
)

file_options = several(
    click.option("--csv", type=FILE, help="Write pose, points and expressions as a table."),
    click.option("--stats", type=FILE, help="Write how long each stage took, as JSON."),
    click.option("--overwrite", is_flag=True, help="Let outputs replace existing files."),
)
"""Files that `demo` can write, too."""
