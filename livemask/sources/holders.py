"""Which programs have a device open, as far as this user may see."""

import os
from pathlib import Path

_PROCESSES = Path("/proc")


def programs_using(path: Path, processes: Path = _PROCESSES) -> list[str]:
    """Return the other programs that hold a file open, as `name (pid)`.

    Of other users' programs Linux does not tell which files they hold: they are left out.
    """
    device, own = path.resolve(), str(os.getpid())
    others = (folder for folder in processes.glob("[0-9]*") if folder.name != own)
    holders = (folder for folder in others if device in _open_files(folder))
    return sorted(f"{_name(folder)} ({folder.name})" for folder in holders)


def is_held_here(path: Path, processes: Path = _PROCESSES) -> bool:
    """Return whether this program itself has a file open."""
    return path.resolve() in _open_files(processes / str(os.getpid()))


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
