"""Draw the small pictures of the masks that the control panel shows: `assets/thumbnails/*.webp`.

    python -m tools.build_thumbnails [NAME[,key=value...]...]

Each mask on the built-in performer, from the front. Without names: all; those that need a file
wear photos of other performers, a painting and a head that are made for them.
"""

import argparse
import tempfile
from pathlib import Path

import cv2
import numpy as np

from livemask.gallery.drawing import usual
from livemask.gallery.views import VIEWS, drawn
from livemask.records import UInt8
from tools.thumbnail_files import masks_with_files

SIDE = 192
"""px: twice as large as in the panel, for fine screens."""

QUALITY = 82

HEAD, EDGE, CHANGE = (130, 120, 450, 470), 12, 24
"""Where the bare head is in the views, px, room about what is drawn, and what counts as drawn."""

OUT = Path(__file__).resolve().parent.parent / "assets" / "thumbnails"


def cut(picture: UInt8, bare: UInt8) -> UInt8:
    """Return the square that shows the head and all that the mask draws about it."""
    changed = np.abs(picture.astype(int) - bare).max(2) > CHANGE
    rows, columns = (np.flatnonzero(changed.any(axis)) for axis in (1, 0))
    left, top, right, bottom = HEAD
    if len(rows):
        left, right = min(left, columns[0] - EDGE), max(right, columns[-1] + EDGE)
        top, bottom = min(top, rows[0] - EDGE), max(bottom, rows[-1] + EDGE)
    side = min(max(right - left, bottom - top), len(picture))
    left = int(np.clip((left + right - side) // 2, 0, len(picture) - side))
    top = int(np.clip((top + bottom - side) // 2, 0, len(picture) - side))
    return picture[top : top + side, left : left + side]


def main() -> None:
    """Read the options and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("masks", nargs="*")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        masks = tuple(given.masks) or (*usual()[0], *masks_with_files(Path(folder)))
        build(masks, given.out)


def build(masks: tuple[str, ...], out: Path) -> None:
    """Draw masks into files of their names."""
    bare, front = None, list(VIEWS).index("front")
    for text, pictures in drawn(("none", *(mask for mask in masks if mask != "none"))):
        if bare is None:
            bare = pictures[front]
            if "none" not in masks:
                continue
        small = cv2.resize(cut(pictures[front], bare), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        file = out / f"{text.partition(',')[0]}.webp"
        colours = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
        cv2.imwrite(str(file), colours, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
        print(f"{file}: {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
