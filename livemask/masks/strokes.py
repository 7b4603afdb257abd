"""Strokes and dots: lines and points of even width in the picture, as meshes."""

import numpy as np

from livemask.records import Array, Camera, Float32, Int32

# Corners of a quad: (along, across), counter-clockwise for a line that points to the right.
_LINE = np.array([[0.5, 0.0], [0.5, 0.0], [0.5, 1.0], [0.5, 1.0]], np.float32)
_DOT = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]], np.float32)
_HALVES = np.array([[0, 1, 2], [0, 2, 3]], np.int32)


class Strokes:
    """Lines between points, for the look `stroke`.

    Parameters
    ----------
    segments : (k, 2) int
        Which points each line joins.

    Attributes
    ----------
    triangles : (2k, 3) int32
    uv : (4k, 2) float32
    ends : (4k,) int32
        The point at which each vertex lies: `values[ends]` makes vertices of points.
    """

    def __init__(self, segments: Array) -> None:
        self._segments = np.asarray(segments, np.int32)
        self.triangles = _quads(len(segments))
        self.uv: Float32 = np.tile(_LINE, (len(segments), 1))
        self.ends: Int32 = np.ascontiguousarray(self._segments[:, [0, 1, 1, 0]]).ravel()

    def vertices(self, camera: Camera, points: Float32, width: float) -> Float32:
        """Return (4k, 3) corners of lines `width` px wide through `points` (n, 3) mm.

        Points and corners are of the camera frame. A line of no length has no width.
        """
        start, end = (points.take(rows, 0) for rows in self._segments.T)
        along = self._along(points)
        squared = np.einsum("ij,ij->i", along, along)
        half = np.float32(0.5 * width / camera.focal) / np.sqrt(np.maximum(squared, 1e-18))
        across = along[:, ::-1] * (half[:, None] * np.array([1.0, -1.0], np.float32))
        corners = np.empty((len(start), 4, 3), np.float32)
        for corner, point, side in ((0, start, -1), (1, end, -1), (2, end, 1), (3, start, 1)):
            corners[:, corner] = point
            corners[:, corner, :2] += across * (side * point[:, 2:])
        return corners.reshape(-1, 3)

    def _along(self, points: Float32) -> Float32:
        """Return the (k, 2) directions of the lines in the picture plane at distance 1."""
        flat = points[:, :2] / points[:, 2:]
        start, end = (flat.take(rows, 0) for rows in self._segments.T)
        return np.asarray(end - start)

    def lengths(self, camera: Camera, points: Float32) -> Float32:
        """Return how long the (k,) lines are in the picture, px."""
        along = self._along(points)
        return np.asarray(camera.focal * np.sqrt(np.einsum("ij,ij->i", along, along)))


class Dots:
    """Round dots, for the look `disc`.

    Parameters
    ----------
    count : int

    Attributes
    ----------
    triangles : (2 count, 3) int32
    uv : (4 count, 2) float32
    """

    def __init__(self, count: int) -> None:
        self.triangles = _quads(count)
        self.uv: Float32 = np.tile(_DOT, (count, 1))

    def vertices(self, camera: Camera, points: Float32, radius: float) -> Float32:
        """Return the (4 count, 3) corners of dots of `radius` px at `points` (count, 3) mm.

        Points and corners are of the camera frame.
        """
        reach = -points[:, None, 2:] * (radius / camera.focal)
        corners = np.repeat(points[:, None], 4, axis=1)
        corners[..., :2] += reach * (2.0 * _DOT - 1.0)
        return np.asarray(corners.reshape(-1, 3), np.float32)


def _quads(count: int) -> Int32:
    starts = 4 * np.arange(count, dtype=np.int32)
    return np.ascontiguousarray((starts[:, None, None] + _HALVES).reshape(-1, 3))
