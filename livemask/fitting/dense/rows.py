"""What a picture says of the unknowns of a face: one row per unknown, one column per value.

Analysis by synthesis (Blanz & Vetter 1999; Thies et al. 2016, Face2Face), linear in the
logarithm of the picture, where light, albedo and tint simply add up. Where a vertex moves to,
the picture is another; where its normal turns to, the light is another: both are in the rows.
"""

from typing import NamedTuple

import cv2
import numpy as np

from livemask.fitting.dense.picture import Picture
from livemask.fitting.dense.surface import Surface
from livemask.records import Array, Camera, Float32, Float64

LIGHT, TINT = 9, 4
"""Spherical harmonics of the brightness, and of the tint: the first nine and the first four
(Ramamoorthi & Hanrahan 2001)."""

POSE = 7
"""Unknowns of the pose: three rotations and three translations, camera frame, then the zoom:
the focal length and the distance grow together, and only the perspective changes."""

EDGE = 0.25
"""Least cosine between the normal and the way to the camera of a vertex that is looked at."""


class Seen(NamedTuple):
    """The vertices before the camera.

    Attributes
    ----------
    places, normals : (3, n) float64
        mm and unit length, camera frame.
    facing : (n,) float64
        Cosine between normal and the way to the camera; 0 if not to be seen.
    values : (2, 3, n) float64
        Of each channel what the picture shows there, and its slopes to the right and up, per mm.
    """

    places: Float64
    normals: Float64
    facing: Float64
    values: Float64


def look(
    places: Float64, normals: Float64, camera: Camera, picture: Picture, planes: Float32
) -> Seen:
    """Return what `planes` (2, 3, s, s), of `picture`, show at `places` (3, n)."""
    x, y, z = places
    depth = np.maximum(-z, 1.0)
    pixels = camera.centre[:, None] + camera.focal * np.array([x, -y]) / depth
    at = (pixels - picture.corner[:, None]) * picture.scale
    size = planes.shape[-1]
    facing = -np.einsum("an,an->n", normals, places) / np.linalg.norm(places, axis=0)
    inside = (np.abs(at - 0.5 * size) < 0.5 * size - 2.0).all(axis=0)
    facing = np.where((facing > EDGE) & inside, facing, 0.0)
    u, v = at.astype(np.float32)[:, :, None]  # columns, as OpenCV takes them
    per_mm = picture.scale * camera.focal / depth
    values = np.array(
        [
            [cv2.remap(plane, u, v, cv2.INTER_LINEAR).ravel() for plane in channel]
            for channel in planes
        ],
        np.float64,
    )
    values[:, 1] *= per_mm
    values[:, 2] *= -per_mm
    return Seen(places, normals, facing, values)


def harmonics(normals: Float64) -> Float64:
    """Return the (9, n) spherical harmonics of unit normals (3, n), unscaled."""
    x, y, z = normals
    one = np.ones_like(x)
    return np.array([one, x, y, z, x * y, x * z, y * z, x * x - y * y, 3.0 * z * z - 1.0])


def slopes(normals: Float64) -> Float64:
    """Return how the harmonics change with the normals, (9, 3, n)."""
    x, y, z = normals
    o, one = np.zeros_like(x), np.ones_like(x)
    return np.array(
        [
            [o, o, o], [one, o, o], [o, one, o], [o, o, one], [y, x, o], [z, o, x], [o, z, y],
            [2.0 * x, -2.0 * y, o], [o, o, 6.0 * z],
        ]
    )  # fmt: skip


def picture_rows(
    surface: Surface, seen: Seen, rotation: Float64, translation: Float64, colour: Float64
) -> Float32:
    """Return the rows (u + 1, 2 n): pose, shape, light, tint, shades; what is unexplained last.

    `colour` (13 + a + s,) are light, tint and shades so far. Vertices that are not seen get zeros.
    """
    n, count, shades = len(seen.facing), len(surface.moves), surface.shades
    rows = np.zeros((POSE + count + LIGHT + TINT + len(shades) + 1, 2, n), np.float32)
    waves, turned = harmonics(seen.normals), slopes(seen.normals)
    lights = colour[:LIGHT], colour[LIGHT : LIGHT + TINT]
    first = POSE + count
    for c, light in enumerate(lights):
        shown = np.tensordot(light, turned[: len(light)], 1)  # by which light changes, (3, n)
        _motion(surface, seen, c, (rotation, translation), shown, rows[:, c])
        own = first + (0, LIGHT)[c]
        rows[own : own + len(light), c] = -waves[: len(light)]
        rows[first + LIGHT + TINT : -1, c] = -shades[:, c]
        made = light @ waves[: len(light)] + colour[LIGHT + TINT :] @ shades[:, c]
        rows[-1, c] = surface.albedo[c] + made - seen.values[c, 0]
    rows *= seen.facing > 0.0
    return rows.reshape(len(rows), -1)


def _motion(
    surface: Surface,
    seen: Seen,
    channel: int,
    pose: tuple[Float64, Float64],
    light: Float64,
    rows: Array,
) -> None:
    """Write to `rows` (u + 1, n) those of pose and shape in one channel."""
    rotation, translation = pose
    gx, gy = seen.values[channel, 1:]
    u, v = seen.places[:2] / -seen.places[2]
    force = np.array([gx, gy, gx * u + gy * v])  # of a motion of the place, camera frame
    arm = seen.places - translation[:, None]
    rows[:3] = np.cross(arm, force, axis=0) - np.cross(seen.normals, light, axis=0)
    rows[3:6] = force
    relief = 1.0 - translation[2] / seen.places[2]
    rows[6] = relief * (gx * seen.places[0] + gy * seen.places[1])
    along = (rotation.T @ force).astype(np.float32)
    bent = (rotation.T @ light).astype(np.float32)
    shape = rows[POSE : POSE + len(surface.moves)]
    np.einsum("kan,an->kn", surface.moves, along, out=shape)
    shape -= np.einsum("kan,an->kn", surface.bends, bent)
