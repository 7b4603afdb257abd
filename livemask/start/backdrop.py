"""The background that is asked for, as large as the frames."""

from pathlib import Path
from typing import cast

import cv2
import numpy as np

from livemask.records import Background, UInt8
from livemask.showing import BACKGROUNDS, Showing
from livemask.sources.photo import load_photo


def backdrop(showing: Showing, size: tuple[int, int]) -> Background:
    """Return the background of frames of `size`, width and height in px.

    Raises
    ------
    SourceError
        If it is a file that is no picture.
    """
    if showing.background in BACKGROUNDS:
        return cast("Background", showing.background)
    if showing.colour is not None:
        return np.full((size[1], size[0], 3), showing.colour, np.uint8)
    return filling(load_photo(Path(showing.background)), size)


def filling(picture: UInt8, size: tuple[int, int]) -> UInt8:
    """Return the middle of `picture` (h, w, 3), undistorted, so large that it fills `size`."""
    height, width = picture.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    wide, high = min(size[0] / scale, width), min(size[1] / scale, height)
    left, top = round((width - wide) / 2), round((height - high) / 2)
    part = picture[top : top + max(round(high), 1), left : left + max(round(wide), 1)]
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, size, interpolation=how), np.uint8)
