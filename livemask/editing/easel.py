"""Easel: the part of a photo in which something may change, and how finely it is reckoned."""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.reconstruction.views import part_of, scaled
from livemask.records import Array, Camera, Float32, Float64

FINEST = 1.0e6
"""Pixels of the maps of a change: they are smooth, and widened for larger photos."""

AROUND = 0.5
"""How far around a head something may change, shares of its greater side."""


@dataclass(frozen=True, slots=True, eq=False)
class Easel:
    """A part of a photo.

    Attributes
    ----------
    camera : Camera
        That sees the part alone, as finely as it is reckoned.
    box : (int, int, int, int)
        Left, top, right, bottom in the photo, px; may reach beyond it.
    scale : float
        Pixels of the maps for one of the photo.
    mm : float
        Of the head under a pixel of the maps.
    """

    camera: Camera
    box: tuple[int, int, int, int]
    scale: float
    mm: float

    @classmethod
    def of(cls, camera: Camera, *heads: Float64) -> "Easel":
        """Return the part around the points (n, 3), camera frame, of all `heads`."""
        points = np.concatenate(heads)
        depth = np.maximum(-points[:, 2:], 1.0)
        pixels = camera.centre + camera.focal * points[:, :2] / depth * (1.0, -1.0)
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        around = AROUND * float((high - low).max())
        size = np.array(camera.size)
        low = np.floor(np.clip(low - around, -size, size - 1)).astype(int)
        high = np.ceil(np.clip(high + around, 1, 2 * size)).astype(int)
        box = (int(low[0]), int(low[1]), int(high[0]), int(high[1]))
        part = part_of(camera, box)
        scale = min(1.0, (FINEST / (part.size[0] * part.size[1])) ** 0.5)
        fine = scaled(part, scale)
        mm = float(np.median(depth)) / fine.focal
        return cls(fine, box, fine.size[0] / part.size[0], mm)

    def inside(self, size: tuple[int, int]) -> tuple[slice, slice]:
        """Return rows and columns of the photo of a `size` that are in the part."""
        left, top, right, bottom = self.box
        columns = slice(max(left, 0), min(right, size[0]))
        return slice(max(top, 0), min(bottom, size[1])), columns

    def places(self) -> Float32:
        """Return (h, w, 2) where in the photo the pixels of the maps are, px."""
        width, height = self.camera.size
        x = (np.arange(width, dtype=np.float32) + 0.5) / np.float32(self.scale) - 0.5
        y = (np.arange(height, dtype=np.float32) + 0.5) / np.float32(self.scale) - 0.5
        grid = np.empty((height, width, 2), np.float32)
        grid[..., 0], grid[..., 1] = self.box[0] + x, (self.box[1] + y)[:, None]
        return grid

    def widened(self, values: Array, size: tuple[int, int]) -> Float32:
        """Return a map (h, w) or (h, w, k), as fine as a photo of `size`, where that has it."""
        left, top, right, bottom = self.box
        full = (right - left, bottom - top)
        made = values.astype(np.float32, copy=False)
        if made.shape[1::-1] != full:
            made = np.asarray(cv2.resize(made, full, interpolation=cv2.INTER_LINEAR), np.float32)
        rows, columns = self.inside(size)
        return np.asarray(
            made[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        )
