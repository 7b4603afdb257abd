"""The folders that livemask writes to, and what it has compiled."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from livemask import folders
from livemask.doctor.finding import Facts, Finding, State
from livemask.doctor.system import System, as_user

_LEAST_SPACE = 0.2  # GB
_FOLDERS = {
    "data": (folders.data_folder, "LIVEMASK_DATA"),
    "settings": (folders.config_folder, "LIVEMASK_CONFIG"),
    "cache": (folders.cache_folder, "LIVEMASK_CACHE"),
    "log": (folders.log_folder, "LIVEMASK_LOGS"),
}


def examine(_: System) -> Iterator[Finding]:
    """Tell where each folder is, whether it can be written and how much room it has."""
    for name, (find, variable) in _FOLDERS.items():
        yield _folder(name, find(), variable)
    yield _kernels(Path(os.environ.get("NUMBA_CACHE_DIR") or folders.kernels_folder()))


def _folder(name: str, folder: Path, variable: str) -> Finding:
    facts: Facts = {"path": str(folder), "exists": folder.is_dir()}
    space = _free(folder)
    room = f"{folder}, {space:.1f} GB free"
    elsewhere = f"name another folder by {variable}"
    if not folders.can_write(folder):
        own = as_user(f"sudo chown -R $USER {folder}") if folder.exists() else elsewhere
        return Finding(name, State.WARNING, f"{folder} cannot be written", own, facts=facts)
    if folders.is_temporary(folder):
        text = f"{room}: a stand-in that may be swept away, as there is no home to write to"
        return Finding(name, State.WARNING, text, f"set HOME, or {elsewhere}", facts=facts)
    if space < _LEAST_SPACE:
        return Finding(name, State.WARNING, room, f"make room, or {elsewhere}", facts=facts)
    return Finding(
        name, State.OK, room if folder.is_dir() else f"{room}, not made yet", facts=facts
    )


def _free(folder: Path) -> float:
    """Return the room in a folder, or in the one that it would be made in, GB."""
    nearest = next(f for f in (folder, *folder.parents) if f.is_dir() or f == f.parent)
    return shutil.disk_usage(nearest).free / 1e9


def _kernels(folder: Path) -> Finding:
    """Tell whether the inner loops are compiled. Without a place for them none can be."""
    if not folders.can_write(folder):
        text = f"{folder} cannot be written: the inner loops cannot be compiled"
        cure = "name a folder by LIVEMASK_CACHE"
        return Finding("compiled code", State.MISSING, text, cure, needed=True)
    number = sum(1 for _ in folder.glob("*/*.nbi"))
    facts: Facts = {"path": str(folder), "functions": number}
    if number:
        text = f"{number} functions in {folder}"
        return Finding("compiled code", State.OK, text, facts=facts)
    text = "none yet: the first start takes some seconds longer; livemask warmup does it now"
    return Finding("compiled code", State.NOTE, text, facts=facts)
