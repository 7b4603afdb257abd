"""Why a camera cannot be had, in words that help."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from livemask.sources.camera_info import CameraInfo, Kind
from livemask.sources.holders import programs_using

_PROCESSES = Path("/proc")
_ELSE = "or give a film, photo or folder: livemask run --source FILE"

WITHOUT = (
    "Plug one in, give a film, a photo or a folder of photos (livemask --source FILE), "
    "or see the built-in performer (livemask demo)."
)
"""What to do where there is no camera."""

_PERMISSION = {
    "win32": "Settings > Privacy & security > Camera",
    "darwin": "System Settings > Privacy & Security > Camera",
}


def explain(
    device: int | str,
    known: Sequence[CameraInfo],
    processes: Path = _PROCESSES,
    system: str = sys.platform,
) -> str:
    """Return why a camera does not open and what to do, in one line.

    Parameters
    ----------
    device : int or str
        Index, or device file.
    known : sequence of CameraInfo
        The cameras of this machine.
    processes : Path
        Where Linux keeps its processes.
    system : str
        As `sys.platform`.
    """
    if system != "linux":
        return _explain_elsewhere(device, known, system)
    path = Path(device if isinstance(device, str) else f"/dev/video{device}")
    if not path.exists():
        return f"no camera {device}; {_found(known)}"
    if not os.access(path, os.R_OK | os.W_OK):
        return (
            f"this user may not open the camera {path}. Type: "
            f"sudo usermod -aG {_group(path)} $USER, log out and in again, and try once more."
        )
    own = [camera for camera in known if Path(camera.path or "").resolve() == path.resolve()]
    if not own:
        return f"{path} delivers no pictures; {_found(known)}"
    users = own[0].users or tuple(programs_using(path, processes))
    return _explain_silence(own[0], path, users)


def slow(name: str, rates: tuple[float, float], path: str | None) -> str:
    """Return what to do about a camera that is too slow, in one line.

    Parameters
    ----------
    name : str
        What messages call it.
    rates : (float, float)
        What it delivers and what it promised, frames per second.
    path : str or None
        Its device file, on Linux.
    """
    held = (
        f"let it keep its rate in the dark (v4l2-ctl -d {path} -c exposure_dynamic_framerate=0)"
        if path
        else "turn off its low light compensation"
    )
    return (
        f"{name} delivers {rates[0]:.0f} frames/s of {rates[1]:.0f}. Give it more light, "
        f"{held}, or ask for a smaller picture: --size 640x480"
    )


def _explain_elsewhere(device: int | str, known: Sequence[CameraInfo], system: str) -> str:
    if known and device not in {camera.index for camera in known}:
        return f"no camera {device}; {_found(known)}"
    return (
        f"camera {device} does not open. It may be missing, in use by another program, or "
        f"not permitted ({_PERMISSION.get(system, 'see the settings')}). Mend that, {_ELSE}"
    )


def _explain_silence(camera: CameraInfo, path: Path, users: Sequence[str]) -> str:
    if users:
        return f"the camera {path} is in use by {', '.join(users)}. Close it, {_ELSE}"
    if camera.signal is False:
        return (
            f"the {camera.kind} {path} gets no signal. Is something plugged into it, switched on "
            f"and chosen? Mend that, {_ELSE}"
        )
    if camera.kind is Kind.VIRTUAL:
        return (
            f"the virtual camera {path} ({camera.name}) delivers no picture. Start the program "
            f"that fills it, {_ELSE}"
        )
    return (
        f"the camera {path} delivers no picture; it may be in use by another program. "
        f"Close that, unplug the camera and plug it in again, {_ELSE}"
    )


def _found(known: Sequence[CameraInfo]) -> str:
    if not known:
        return f"found none. {WITHOUT}"
    names = ", ".join(f"{camera.index} ({camera.name})" for camera in known)
    return f"found {names}. Choose one: livemask run --source {known[0].index}"


def _group(path: Path) -> str:
    try:
        return path.group()
    except KeyError:
        return "video"
