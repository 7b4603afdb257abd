"""How films are recorded and what the virtual camera shows: options of `run`."""

from pathlib import Path

import rich_click as click

from livemask.commands.types import Size

recording_options = (
    click.option(
        "--record",
        type=click.Path(path_type=Path),
        metavar="OUT.mp4",
        help="Write the picture as a film: .mp4, .mov, .mkv, .webm, or as PNGs: a folder, or "
        "`face_%06d.png`.",
    ),
    click.option(
        "--record-raw",
        type=click.Path(path_type=Path),
        metavar="RAW.mp4",
        help="Beside it, write what was before the camera, bare of masks.",
    ),
    click.option(
        "--record-codec",
        type=click.Choice(["auto", "h264", "h265", "vp9", "av1", "prores"]),
        default="auto",
        help="Of the film; auto: the usual one of its ending.",
    ),
    click.option(
        "--record-quality",
        default="high",
        metavar="WORD|N",
        help="low, medium, high, best, or 0 to 100.",
    ),
    click.option(
        "--record-hardware",
        is_flag=True,
        help="Let the graphics card encode, if it can.",
    ),
    click.option(
        "--record-sound",
        default="source",
        metavar="none|source|NAME",
        help="What is heard in the film: the sound of the film that is played, or a microphone "
        "by its name; `microphone`: the usual one.",
    ),
)

camera_options = (
    click.option(
        "--virtual-camera",
        is_flag=False,
        flag_value="",
        metavar="[DEVICE]",
        help="Send the picture to other programs as a camera.",
    ),
    click.option(
        "--virtual-camera-mirror",
        is_flag=True,
        help="Exchange left and right in that camera.",
    ),
    click.option(
        "--virtual-camera-size", type=Size(), metavar="WxH", help="Of that camera; 1280x720."
    ),
    click.option(
        "--virtual-camera-rate", type=float, metavar="N", help="Of that camera; 30 a second."
    ),
)
