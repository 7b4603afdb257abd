"""Decoded pictures of any pixel format to RGB, by the matrix that they were coded with."""

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from livemask.records import UInt8
from livemask.sources.pixels import over_white

_MATRICES = {
    1: Colorspace.ITU709,
    4: Colorspace.FCC,
    5: Colorspace.ITU601,
    6: Colorspace.ITU601,
    7: Colorspace.SMPTE240M,
    9: Colorspace.BT2020,
    10: Colorspace.BT2020,
}
"""By the numbers of ITU-T H.273, table 4, which the tags of a film hold."""

_NARROW, _FULL = 1, 2  # the values of a picture's range tag


class RgbConverter:
    """Converts one picture after another. High dynamic range is not tone-mapped."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()  # keeps swscale's tables between pictures

    def convert(self, picture: av.VideoFrame) -> UInt8:
        """Return a picture as (h, w, 3) uint8 RGB; what is transparent lies on white."""
        transparent = has_alpha(picture.format)
        matrix = matrix_of(picture)
        rgb = self._reformatter.reformat(
            picture,
            format="rgba" if transparent else "rgb24",
            src_colorspace=matrix,
            dst_colorspace=matrix,
            src_color_range=range_of(picture),
            dst_color_range=ColorRange.JPEG,
        )
        image = np.asarray(rgb.to_ndarray(), np.uint8)
        return over_white(image) if transparent else image


def has_alpha(layout: av.VideoFormat) -> bool:
    """Tell whether pixels of this format can be transparent."""
    return layout.name == "pal8" or any(part.is_alpha for part in layout.components)


def matrix_of(picture: av.VideoFrame) -> Colorspace:
    """Return the matrix from its tag; untagged pictures above 576 lines are taken for BT.709.

    So do players, since untagged small films come from the time of BT.601.
    """
    large = picture.width >= 1280 or picture.height > 576
    untagged = Colorspace.ITU709 if large else Colorspace.ITU601
    return _MATRICES.get(picture.colorspace, untagged)


def range_of(picture: av.VideoFrame) -> ColorRange:
    """Return whether black and white are 0 and 255 (JPEG), or 16 and 235 (MPEG)."""
    if picture.color_range in (_NARROW, _FULL):
        return ColorRange.MPEG if picture.color_range == _NARROW else ColorRange.JPEG
    name = picture.format.name
    full = picture.format.is_rgb or name.startswith(("yuvj", "gray", "mono", "ya", "pal"))
    return ColorRange.JPEG if full else ColorRange.MPEG
