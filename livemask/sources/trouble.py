"""Why a camera cannot be had, in words that help."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from livemask.sources.listing import CameraInfo

_PROCESSES = Path("/proc")
_ELSE = "or give a film or photo: livemask run --source FILE"
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
    if path.resolve() not in {Path(camera.path or "").resolve() for camera in known}:
        return f"{path} delivers no pictures; {_found(known)}"
    return _explain_silence(path, processes)


def _explain_elsewhere(device: int | str, known: Sequence[CameraInfo], system: str) -> str:
    if known and device not in {camera.index for camera in known}:
        return f"no camera {device}; {_found(known)}"
    return (
        f"camera {device} does not open. It may be missing, in use by another program, or "
        f"not permitted ({_PERMISSION.get(system, 'see the settings')}). Mend that, {_ELSE}"
    )


def _explain_silence(path: Path, processes: Path) -> str:
    users = programs_using(path, processes)
    if users:
        return f"the camera {path} is in use by {', '.join(users)}. Close it, {_ELSE}"
    return (
        f"the camera {path} delivers no picture; it may be in use by another program. "
        f"Close that, unplug the camera and plug it in again, {_ELSE}"
    )


def _found(known: Sequence[CameraInfo]) -> str:
    if not known:
        return f"found none. Plug one in, {_ELSE}"
    names = ", ".join(f"{camera.index} ({camera.name})" for camera in known)
    return f"found {names}. Choose one: livemask run --source {known[0].index}"


def _group(path: Path) -> str:
    try:
        return path.group()
    except KeyError:
        return "video"


def programs_using(path: Path, processes: Path = _PROCESSES) -> list[str]:
    """Return the other programs of this user that hold a file open, as `name (pid)`."""
    device, own = path.resolve(), str(os.getpid())
    others = (folder for folder in processes.glob("[0-9]*") if folder.name != own)
    holders = (folder for folder in others if device in _open_files(folder))
    return sorted(f"{_name(folder)} ({folder.name})" for folder in holders)


def _open_files(process: Path) -> set[Path]:
    try:
        return {link.readlink() for link in (process / "fd").iterdir()}
    except OSError:
        return set()  # another user's, or just gone


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8", "replace").strip()
    except OSError:
        return "a program"
