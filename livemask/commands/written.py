"""What a run has written: a line for each file, as an answer."""

from pathlib import Path

import rich_click as click

from livemask.commands.console import say
from livemask.commands.loudness import is_quiet
from livemask.config import Config

FILMS = ("record", "record_raw")
OTHERS = ("csv", "livelink_csv", "gltf", "session", "stats")


def tell_written(context: click.Context, config: Config, frames: int) -> None:
    """Say which files there are now, how long and how large; nothing if all is to be quiet."""
    if is_quiet(context):
        return
    for name in (*FILMS, *OTHERS):
        file = getattr(config, name)
        if file is None:
            continue
        length = _length(file) if name in FILMS else ""
        size = f", {_size(file)}" if file.exists() else ""
        say(f"{file}: {length}{frames} frame{'' if frames == 1 else 's'}{size}")


def _length(film: Path) -> str:
    """Return how long a film is, `1:05, `; nothing where that is not told: of pictures."""
    import av  # a run that writes no film does not need it here

    try:
        with av.open(str(film)) as opened:
            seconds = (opened.duration or 0) / av.time_base
    except (OSError, av.FFmpegError):
        return ""
    return f"{int(seconds) // 60}:{seconds % 60:04.1f}, " if seconds else ""


def _size(path: Path) -> str:
    """Return how large a file is, or all files of a folder together, as people read it."""
    files = path.rglob("*") if path.is_dir() else (path,)
    size = float(sum(file.stat().st_size for file in files if file.is_file()))
    for unit in ("bytes", "kB"):
        if size < 1000.0:
            return f"{size:.0f} {unit}"
        size /= 1000.0
    return f"{size:.1f} MB"
