"""The cameras of this machine."""

import sys
from collections.abc import Iterator
from pathlib import Path

from livemask.doctor.finding import Facts, Finding, State
from livemask.doctor.system import System, as_user

_ALLOW = {
    "windows": "allow it in Settings > Privacy & security > Camera",
    "macos": "allow the terminal in System Settings > Privacy & Security > Camera",
}


def examine(system: System) -> Iterator[Finding]:
    """Name the cameras, without opening any for pictures."""
    from livemask.sources.listing import cameras, describe

    found = cameras(sys.platform)
    if not found:
        yield Finding("camera", State.MISSING, "found none", _without(system))
    for camera in found:
        facts: Facts = {
            "name": camera.name,
            "path": camera.path,
            "permitted": camera.permitted,
        }
        text = describe(camera).partition(": ")[2]
        if camera.permitted:
            yield Finding(f"camera {camera.index}", State.OK, text, facts=facts)
        else:
            cure = _permit(system, camera.path)
            yield Finding(f"camera {camera.index}", State.WARNING, text, cure, facts=facts)


def _without(system: System) -> str:
    where = _ALLOW.get(system.family)
    plug = f"plug one in ({where})" if where else "plug one in"
    return f"{plug}, or give a film: livemask --source FILE"


def _permit(system: System, path: str | None) -> str:
    if system.family in _ALLOW or path is None:
        return _ALLOW.get(system.family, "give this user leave to open it")
    try:
        group = Path(path).group()
    except (KeyError, OSError):
        group = "video"
    return as_user(f"sudo usermod -aG {group} $USER") + ", then log out and in again"
