"""Names that stand for many files: `frames/*.png` and `frame_%04d.png`."""

import glob
import re
from fnmatch import fnmatch
from pathlib import Path

from livemask.sources.natural import natural

_WILD = re.compile(r"[*?\[]")
_COUNTED = re.compile(r"%(?:0(\d+))?d")


def is_pattern(text: str) -> bool:
    """Tell whether a name may stand for others."""
    return bool(_COUNTED.search(Path(text).name) or _WILD.search(text))


def matching(text: str) -> list[Path]:
    """Return the files that a pattern stands for, in natural order.

    Parameters
    ----------
    text : str
        `%d` or `%04d` in the name of the files stands for a number, as in C; gaps are passed
        over. Else `*`, `?` and `[...]` are those of a shell; they leave hidden files out.
    """
    path = Path(text).expanduser()
    if not path.parent.is_dir():
        found = [Path(name) for name in glob.glob(str(path))]  # noqa: PTH207 - takes any folder
    else:  # the folder's name is what it is, though it hold brackets
        found = [file for file in path.parent.iterdir() if _fits(file.name, path.name)]
    return sorted((file for file in found if file.is_file()), key=natural)


def _fits(name: str, pattern: str) -> bool:
    counted = _COUNTED.search(pattern)
    if counted is None:
        return fnmatch(name, pattern) and name.startswith(".") <= pattern.startswith(".")
    before, after = pattern[: counted.start()], pattern[counted.end() :]
    long_enough = len(name) > len(before) + len(after)
    if not (long_enough and name.startswith(before) and name.endswith(after)):
        return False
    return _is_number(name[len(before) : len(name) - len(after)], int(counted[1] or 1))


def _is_number(text: str, width: int) -> bool:
    """Tell whether C would write a number so, with zeros up to this width."""
    digits = text.isascii() and text.isdecimal()
    return digits and (len(text) == width or (len(text) > width and text[0] != "0"))
