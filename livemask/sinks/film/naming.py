"""Names of pictures that are counted: a folder, or a pattern such as `face_%06d.png`."""

import re
from pathlib import Path

from livemask.errors import UsageError

_NUMBER = re.compile(r"%0?(\d?)d")
_IN_FOLDER = "frame_%06d.png"


def is_sequence(file: Path) -> bool:
    """Return whether `file` names many: a folder, or a pattern."""
    return file.is_dir() or (file.suffix.lower() == ".png" and "%" in file.name)


def free_pattern(file: Path, overwrite: bool = False) -> Path:
    """Return the pattern of the files that are written for `file`, if they may be.

    Raises
    ------
    UsageError
        If there are such files and they may not be replaced, or the name cannot be counted.
    """
    pattern = file / _IN_FOLDER if file.is_dir() else file
    parts = _NUMBER.split(pattern.name)
    if len(parts) != 3 or "%" in parts[0] + parts[2]:
        raise UsageError(f"{file.name} is no pattern; write one number in it, such as %06d.")
    alike = re.compile(rf"{re.escape(parts[0])}\d+{re.escape(parts[2])}")
    there = [path.name for path in pattern.parent.glob("*") if alike.fullmatch(path.name)]
    if there and not overwrite:
        raise UsageError(
            f"{pattern.parent / min(there)} exists already; add --overwrite or name another folder."
        )
    return pattern


def numbered(pattern: Path, number: int) -> Path:
    """Return the file of a number, counted from 0."""
    digits = _NUMBER.search(pattern.name)
    width = int(digits[1] or 0) if digits else 0
    return pattern.with_name(_NUMBER.sub(f"{number:0{width}d}", pattern.name))


def list_of(pattern: Path) -> Path:
    """Return the file that lists them."""
    return pattern.with_name(_NUMBER.sub("", pattern.stem) + ".ffconcat")
