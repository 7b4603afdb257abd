"""`livemask cameras`: the cameras of this machine."""

import json
from typing import TYPE_CHECKING, Any

import rich_click as click

from livemask.commands.console import say

if TYPE_CHECKING:
    from livemask.sources.camera_info import CameraInfo

VERSION = 1
"""Of the JSON; it grows when a field is renamed or changes its meaning, not when one is added."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON, for other programs.")
def cameras(as_json: bool) -> None:
    """List the cameras of this machine: number, name, and what each can deliver."""
    from livemask.sources import listing
    from livemask.sources.trouble import WITHOUT

    found = [listing.with_modes(camera) for camera in listing.cameras()]
    if as_json:
        say(json.dumps({"version": VERSION, "cameras": [told(c) for c in found]}, indent=2))
        return
    for camera in found:
        _show(camera)
    if not found:
        say(f"No camera was found. {WITHOUT}")


def told(camera: "CameraInfo") -> dict[str, Any]:
    """Return what is known of a camera as JSON has it; what is not known is null."""
    return {
        "index": camera.index,
        "name": camera.name,
        "path": camera.path,
        "kind": str(camera.kind),
        "driver": camera.driver or None,
        "place": camera.place or None,
        "serial": camera.serial or None,
        "permitted": camera.permitted if camera.path else None,
        "in_use_by": None if camera.users is None else list(camera.users),
        "signal": camera.signal,
        "modes": _modes(camera),
    }


def _modes(camera: "CameraInfo") -> list[dict[str, Any]] | None:
    """Return the modes by format, the largest of each first."""
    from livemask.sources.listing import by_format

    modes = [mode for of_format in by_format(camera.modes).values() for mode in of_format]
    return [
        {"format": mode.format or None, "size": list(mode.size), "rate": mode.rate}
        for mode in modes
    ] or None


def _show(camera: "CameraInfo") -> None:
    """Print a camera: a line on who it is, then one for each format."""
    from livemask.sources.listing import by_format, remarks

    place = [camera.path] if camera.path else []
    say(", ".join([f"{camera.index}  {camera.name}", *place, *remarks(camera)]))
    for form, modes in by_format(camera.modes).items():
        say(f"   {form:<8}" + ", ".join(_size(mode.size, mode.rate) for mode in modes))


def _size(size: tuple[int, int], rate: float | None) -> str:
    return f"{size[0]}x{size[1]}" + (f" at {rate:g}" if rate else "")
