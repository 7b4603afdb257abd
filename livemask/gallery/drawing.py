"""Draws the gallery into a file."""

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2

from livemask import plugins
from livemask.errors import UsageError
from livemask.gallery.sheet import block, sheet
from livemask.gallery.views import VIEWS, drawn
from livemask.records import UInt8
from livemask.sinks.files import unwritable, writable

QUALITY = {
    ".png": (),
    ".jpg": (cv2.IMWRITE_JPEG_QUALITY, 78),
    ".jpeg": (cv2.IMWRITE_JPEG_QUALITY, 78),
    ".webp": (cv2.IMWRITE_WEBP_QUALITY, 84),
}


def usual() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the masks that need no file, the bare video first, and those that do."""
    ready = plugins.ready("masks", own=True)
    first = ("none", *(name for name in ready if name != "none"))
    own = (name for name, plugin in plugins.found("masks").items() if not plugin.package)
    return first, tuple(name for name in own if name not in ready)


def write_gallery(
    output: Path,
    masks: Sequence[str] = (),
    *,
    size: int = 216,
    columns: int = 2,
    overwrite: bool = False,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[str, ...]:
    """Draw masks on the performer, and write the sheet into a PNG, JPEG or WebP file.

    Returns the names of those that were left out, because they need a file.

    Parameters
    ----------
    output : Path
        Its ending says which.
    masks : sequence of str
        `NAME[,key=value...]`; all that need no file if left out.
    size : int
        Side of a tile, px.
    columns : int
        How many masks stand side by side, four tiles each.
    overwrite : bool
        Whether an existing file may be replaced.
    tell : function
        Is told how many masks are drawn, of how many.

    Raises
    ------
    LivemaskError
        If a mask cannot be made, or the file not be written.
    """
    if output.suffix.lower() not in QUALITY:
        raise UsageError(f"{output} is no picture's name; end it in {', '.join(QUALITY)}.")
    file, blocks = writable(output, None, overwrite), []
    names, without = (tuple(masks), ()) if masks else usual()
    for text in names:
        plugins.check("masks", text)
    for text, pictures in drawn(names):
        blocks.append(block(text, _line(text), pictures, size))
        tell(len(blocks), len(names))
    _write(file, sheet(tuple(VIEWS), blocks, columns))
    return without


def _line(text: str) -> str:
    name, _ = plugins.parse(text, "masks")
    return plugins.describe("masks")[name][0].rstrip(".")


def _write(file: Path, image: UInt8) -> None:
    ending = file.suffix.lower()
    done, data = cv2.imencode(ending, cv2.cvtColor(image, cv2.COLOR_RGB2BGR), QUALITY[ending])
    try:
        if not done:
            raise OSError(0, "it could not be encoded")
        file.write_bytes(data.tobytes())
    except OSError as error:
        raise unwritable(file, error) from error
