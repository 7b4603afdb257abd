"""Pictures of a reconstructed face: rendered, pasted into its photo, its depth, its mask."""

from typing import NamedTuple

import cv2
import numpy as np

from livemask.reconstruction.lightening import lighten
from livemask.reconstruction.raster import MOST, draw
from livemask.reconstruction.shape import Shape
from livemask.records import Array, Camera, Float32, UInt8

INNER = ("eyes", "teeth", "tongue", "mouth")
"""Parts that are seen through openings of the face, and belong to it."""

FINE = 2.0
"""Times as fine as the picture that is drawn, for smooth edges."""


class Look(NamedTuple):
    """What a picture of a face is mixed of; linear, (h, w, ...) float32.

    Attributes
    ----------
    albedo, light : (h, w, 3)
        The colours of the face, and what a white face would show; their product is the render.
    alpha : (h, w)
        1 on the face, 0 beside it, soft at its edge.
    """

    albedo: Float32
    light: Float32
    alpha: Float32


def coded(linear: Array) -> UInt8:
    """Return linear values, 0 to 1, as sRGB codes (IEC 61966-2-1)."""
    low = np.clip(linear, 0.0, 1.0)
    made = np.where(low <= 0.0031308, 12.92 * low, 1.055 * low ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(255.0 * made), np.uint8)


def alpha_of(shape: Shape) -> Float32:
    """Return (n,) 1 on the face and what is seen through its openings, 0 on the other head."""
    alpha = np.clip(shape.model.face_weight, 0.0, 1.0).astype(np.float32)
    for part in INNER:
        alpha[shape.model.parts.get(part, [])] = 1.0
    return alpha


def look(shape: Shape, camera: Camera, albedo: Float32, harmonics: Array) -> Look:
    """Draw a face.

    Parameters
    ----------
    shape : Shape
        In `camera`'s frame.
    camera : Camera
        From where it is seen, in its own frame; the size is the picture's.
    albedo : (n, 3) float32
        Linear RGB.
    harmonics : (9, 3) float
        As in `Light`.
    """
    alpha = alpha_of(shape)
    scale = min(FINE, (MOST / (camera.size[0] * camera.size[1])) ** 0.5)
    fine = scaled(camera, scale)
    values = np.column_stack([albedo, shape.seen_normals, alpha])
    mixed = draw(fine, shape.seen, shape.model.triangles, values).values
    lighten(mixed, np.asarray(harmonics, np.float64))
    small = _resized(mixed, camera.size)
    over = np.maximum(small[..., 6:], 1e-6)
    albedo, lit = (np.asarray(small[..., i : i + 3] / over, np.float32) for i in (0, 3))
    return Look(albedo, lit, small[..., 6])


def scaled(camera: Camera, scale: float) -> Camera:
    """Return a camera with a picture `scale` times as fine, of at least one pixel."""
    width, height = (max(1, round(scale * side)) for side in camera.size)
    across = width / camera.size[0]
    return Camera(camera.focal * across, across * (camera.centre + 0.5) - 0.5, (width, height))


def part_of(camera: Camera, box: tuple[int, int, int, int]) -> Camera:
    """Return the camera that sees the part left, top, right, bottom (px) of a picture."""
    left, top, right, bottom = box
    return Camera(camera.focal, camera.centre - (left, top), (right - left, bottom - top))


def box_of(shape: Shape, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom, px, of the face as far as it lies in a picture."""
    pixels = shape.pixels[alpha_of(shape) > 0.0]
    low = np.clip(np.floor(np.nanmin(pixels, axis=0)) - 2, 0, np.array(size) - 1)
    high = np.clip(np.ceil(np.nanmax(pixels, axis=0)) + 3, low + 1, size)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def laid(part: Array, box: tuple[int, int, int, int], size: tuple[int, int]) -> Array:
    """Return a picture of `size` that is 0 but for `part` in its `box`."""
    whole = np.zeros((size[1], size[0], *part.shape[2:]), part.dtype)
    whole[box[1] : box[3], box[0] : box[2]] = part
    return whole


def rgba(linear: Array, alpha: Array) -> UInt8:
    """Return (h, w, 4) uint8 of linear colours (h, w, 3) and alpha (h, w)."""
    return np.dstack([coded(linear), np.rint(255.0 * np.clip(alpha, 0, 1)).astype(np.uint8)])


def pasted(image: UInt8, part: UInt8, box: tuple[int, int, int, int]) -> UInt8:
    """Return a photo (h, w, 3) with an RGBA `part` laid over its `box`."""
    made = image.copy()
    under = made[box[1] : box[3], box[0] : box[2]]
    alpha = part[..., 3:] / np.float32(255.0)
    under[:] = np.rint(alpha * part[..., :3] + (1.0 - alpha) * under)
    return made


def depth_of(shape: Shape, camera: Camera) -> Float32:
    """Return (h, w) float32 mm from the camera's plane to the face; 0 beside it."""
    drawn = draw(camera, shape.seen, shape.model.triangles, alpha_of(shape)[:, None])
    return np.where(drawn.values[..., 0] >= 0.5, drawn.depth, np.float32(0.0))


def _resized(image: Float32, size: tuple[int, int]) -> Float32:
    if image.shape[1::-1] == size:
        return image
    finer = image.shape[1] > size[0]
    way = cv2.INTER_AREA if finer else cv2.INTER_LINEAR
    parts = [image[..., i : i + 4] for i in range(0, image.shape[2], 4)]  # OpenCV takes no more
    small = [cv2.resize(np.ascontiguousarray(part), size, interpolation=way) for part in parts]
    return np.dstack(small)


def whole_head(shape: Shape, camera: Camera, colours: Float32) -> tuple[UInt8, Float32]:
    """Return the head (h, w, 3) in the `colours` (n, 3) of its vertices, sRGB-coded, unlit.

    And where it is, (h, w) 0 to 1.
    """
    values = np.column_stack([colours, np.ones(len(colours))])
    drawn = draw(scaled(camera, FINE), shape.seen, shape.model.triangles, values).values
    small = _resized(drawn, camera.size)
    shown = 255.0 * small[..., :3] / np.maximum(small[..., 3:], 1e-6)
    return np.rint(np.clip(shown, 0, 255)).astype(np.uint8), small[..., 3]
