"""The stalk of a melon with a curl, as tubes."""

import numpy as np

from livemask.masks.fruit.globe import grid_triangles
from livemask.records import Array, Float32, Float64, Int32

AROUND = 10
"""Corners of a round section."""

# Linear RGB where a tube begins and where it ends.
_WOOD = np.array([[0.10, 0.16, 0.03], [0.16, 0.13, 0.05]])
_TENDRIL = np.array([[0.12, 0.24, 0.04], [0.28, 0.42, 0.08]])


def stalk() -> tuple[Float32, Int32, Float32, Float32]:
    """Return vertices (n, 3) mm, triangles, normals and linear colours; its foot at the origin."""
    wood = _tube(*_stem(), _WOOD)
    curl = _tube(*_tendril(), _TENDRIL)
    count = len(wood[0])
    triangles = np.concatenate([wood[1], curl[1] + count]).astype(np.int32)
    vertices, normals, colours = (
        np.concatenate([wood[i], curl[i]]).astype(np.float32) for i in (0, 2, 3)
    )
    return vertices, triangles, normals, colours


def _stem() -> tuple[Float64, Float64]:
    """Return the (n, 3) line and the (n,) radii of the stalk: wide at its foot, bent."""
    t = np.linspace(0.0, 1.0, 14)
    line = np.column_stack([22.0 * t**2.2, -10.0 + 62.0 * t - 9.0 * t**3, -12.0 * t**2])
    radii = 7.0 + 13.0 * (1.0 - t) ** 4 - 1.6 * t + 2.2 * np.exp(-(((t - 1.0) / 0.08) ** 2))
    return _ended(line, radii)


def _tendril() -> tuple[Float64, Float64]:
    """Return line and radii of the curl, a spiral that narrows outwards."""
    t = np.linspace(0.0, 1.0, 90)
    turn, reach = 2.0 * np.pi * 3.2 * t, 11.5 * (1.0 - 0.6 * t) * np.minimum(1.0, 6.0 * t)
    line = np.column_stack(
        [
            -4.0 - 46.0 * t + 2.0 * np.sin(turn),
            14.0 + 8.0 * np.sin(np.pi * t) + reach * np.sin(turn) - 8.0 * t**2,
            6.0 + reach * np.cos(turn),
        ]
    )
    return _ended(line, 2.7 * (1.0 - 0.6 * t))


def _ended(line: Float64, radii: Float64) -> tuple[Float64, Float64]:
    """Close the far end: its last point once more, of no width."""
    return np.concatenate([line, line[-1:]]), np.append(radii, 0.0)


def _tube(line: Float64, radii: Float64, colours: Array) -> tuple[Array, Int32, Array, Array]:
    """Return vertices, triangles, normals and colours of a tube around `line` (n, 3)."""
    along = np.gradient(line, axis=0)
    along[-1] = along[-2]
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = _sides(along)
    other = np.cross(along, side)
    angle = 2.0 * np.pi * np.arange(AROUND + 1) / AROUND
    around = (
        np.cos(angle)[None, :, None] * side[:, None] + np.sin(angle)[None, :, None] * other[:, None]
    )
    vertices = line[:, None] + radii[:, None, None] * around
    share = np.linspace(0.0, 1.0, len(line))[:, None, None]
    tint = np.broadcast_to(colours[0] + share * (colours[1] - colours[0]), vertices.shape)
    triangles = grid_triangles(len(line), AROUND + 1)[:, ::-1]
    return vertices.reshape(-1, 3), triangles, around.reshape(-1, 3), tint.reshape(-1, 3)


def _sides(along: Float64) -> Float64:
    """Return unit vectors (n, 3) across `along` that twist as little as they can."""
    side = np.empty_like(along)
    last = np.array([0.0, 0.0, 1.0])
    for i, direction in enumerate(along):
        last = last - direction * (last @ direction)
        last /= np.linalg.norm(last)
        side[i] = last
    return side
