"""The sheet: pictures in rows, each row with a name and a line of text over it."""

from collections.abc import Sequence

import cv2
import numpy as np

from livemask.records import UInt8

PAPER, INK, TITLE = (30, 32, 36), (168, 173, 180), (246, 247, 248)

HEADED, NAMED = 30, 34
"""Heights of the line of the columns' names and of a row's name, px."""

GAP, MARGIN = 3, 20
"""Between tiles, and around; px."""

LARGE, SMALL = 0.58, 0.42
"""Of letters."""

FINER = 3
"""Times as large as they are shown are letters drawn: OpenCV's are thin lines."""


def block(name: str, line: str, pictures: Sequence[UInt8], size: int) -> UInt8:
    """Return (h, w, 3) a name and what it is, over pictures side by side, `size` px each."""
    tiles: list[UInt8] = []
    for picture in pictures:
        small = cv2.resize(picture, (size, size), interpolation=cv2.INTER_AREA)
        tiles += [np.asarray(small, np.uint8), _paper(size, GAP)]
    row = np.hstack(tiles[:-1])
    title = _text(name, LARGE, TITLE, NAMED, 2)
    told = _text(line, SMALL, INK, NAMED)
    strip = np.hstack([title, _paper(NAMED, MARGIN // 2), told, _paper(NAMED, row.shape[1])])
    return np.vstack([strip[:, : row.shape[1]], row])


def sheet(heads: Sequence[str], blocks: Sequence[UInt8], columns: int) -> UInt8:
    """Return (h, w, 3) `blocks` of equal size in so many columns, each under `heads`."""
    height, width = blocks[0].shape[:2]
    columns = min(columns, len(blocks))
    parts = [_text(head, SMALL, INK, HEADED) for head in heads]
    tile = (width + GAP) // len(heads)
    top = np.hstack([np.hstack([part, _paper(HEADED, tile)])[:, :tile] for part in parts])
    top = np.hstack([top, _paper(HEADED, GAP)])[:, :width]
    every = [*blocks, *[_paper(height, width)] * (-len(blocks) % columns)]
    rows = [_side_by_side([top] * columns)]
    rows += [_side_by_side(every[i : i + columns]) for i in range(0, len(every), columns)]
    return np.vstack([*rows, _paper(MARGIN, rows[0].shape[1])])


def _side_by_side(blocks: Sequence[UInt8]) -> UInt8:
    apart = _paper(len(blocks[0]), MARGIN)
    return np.hstack([apart, *(part for block in blocks for part in (block, apart))])


def _text(
    text: str, scale: float, colour: tuple[int, int, int], height: int, weight: int = 1
) -> UInt8:
    """Return a line of text (height, w, 3), as wide as it is."""
    font, scale, weight = cv2.FONT_HERSHEY_SIMPLEX, FINER * scale, FINER * weight
    (width, _), _ = cv2.getTextSize(text, font, scale, weight)
    strip = _paper(FINER * height, FINER * (width // FINER + 2))
    place = (0, round(FINER * (height - 11)))
    cv2.putText(strip, text, place, font, scale, colour, weight, cv2.LINE_AA)
    small = cv2.resize(strip, None, fx=1 / FINER, fy=1 / FINER, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def _paper(height: int, width: int) -> UInt8:
    return np.full((height, width, 3), PAPER, np.uint8)
