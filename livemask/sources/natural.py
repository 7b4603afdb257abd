"""The order in which people count: picture 2 before picture 10."""

import re
from pathlib import Path

_NUMBER = re.compile(r"(\d+)")


def natural(path: Path) -> tuple[list[str | int], str]:
    """Return the key by which files sort as a person would sort them.

    Numbers go by their value, letters without regard to case; equals by their text, so that
    the order never depends on the file system.
    """
    parts = _NUMBER.split(str(path).casefold())
    return [int(part) if at % 2 else part for at, part in enumerate(parts)], str(path)
