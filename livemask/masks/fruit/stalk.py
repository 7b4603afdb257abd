"""Stalks: a melon's with a curl, an apple's with a leaf, the button of a citrus fruit."""

import numpy as np

from livemask.masks.fruit.globe import grid_triangles
from livemask.records import Array, Float32, Float64, Int32

Solid = tuple[Float32, Int32, Float32, Float32]
"""Vertices (n, 3) mm, triangles, normals and linear colours; its foot at the origin."""

AROUND = 10
"""Corners of a round section."""

# Linear RGB where a tube begins and where it ends.
_WOOD = np.array([[0.10, 0.16, 0.03], [0.16, 0.13, 0.05]])
_TENDRIL = np.array([[0.12, 0.24, 0.04], [0.28, 0.42, 0.08]])
_TWIG = np.array([[0.05, 0.03, 0.015], [0.14, 0.08, 0.03]])
_BUTTON = np.array([[0.07, 0.11, 0.02], [0.20, 0.24, 0.07]])
_LEAF = np.array([[0.03, 0.13, 0.02], [0.10, 0.30, 0.05]])


def stalk() -> Solid:
    """Return the stalk of a melon, which curls."""
    return _joined(_tube(*_stem(), _WOOD), _tube(*_tendril(), _TENDRIL))


def stem_and_leaf() -> Solid:
    """Return the stalk of an apple with a leaf."""
    t = np.linspace(0.0, 1.0, 12)
    line = np.column_stack([14.0 * t**2, -8.0 + 66.0 * t, -6.0 * t**2])
    radii = 3.6 - 0.8 * t + 2.6 * np.exp(-(((t - 1.0) / 0.12) ** 2)) + 2.0 * (1.0 - t) ** 3
    return _joined(_tube(*_ended(line, radii), _TWIG), _leaf())


def button() -> Solid:
    """Return the dried star that an orange or a lemon hung from."""
    t = np.linspace(0.0, 1.0, 7)
    line = np.column_stack([0.0 * t, -3.0 + 8.0 * t, 0.0 * t])
    radii = np.array([11.0, 11.0, 10.0, 8.0, 5.5, 4.5, 3.5])
    return _joined(_tube(*_ended(line, radii), _BUTTON))


def _joined(*parts: tuple[Array, Array, Array, Array]) -> Solid:
    counts = np.cumsum([0] + [len(part[0]) for part in parts])
    triangles = [part[1] + start for part, start in zip(parts, counts, strict=False)]
    vertices, normals, colours = (
        np.concatenate([part[i] for part in parts]).astype(np.float32) for i in (0, 2, 3)
    )
    return vertices, np.concatenate(triangles).astype(np.int32), normals, colours


def _leaf() -> tuple[Array, Array, Array, Array]:
    """Return a bent blade, upper and under side, with a pale rib."""
    rows, columns = 15, 7
    t, s = (
        a.ravel()
        for a in np.meshgrid(np.linspace(0, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    )
    half = 21.0 * np.sin(np.pi * t**0.8) ** 0.9 * (1.0 - 0.25 * t)
    bend = 30.0 * np.sin(0.9 * np.pi * t) - 10.0 * t + 7.0 * np.abs(s) * np.sin(np.pi * t)
    top = np.column_stack([-4.0 - 86.0 * t, 22.0 + bend, 4.0 + half * s + 14.0 * t])
    grid = top.reshape(rows, columns, 3)
    normals = np.cross(np.gradient(grid, axis=0), np.gradient(grid, axis=1)).reshape(-1, 3)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    normals *= np.sign(normals[:, 1:2] + 1e-9)
    rib = np.exp(-((s / 0.16) ** 2)) + 0.35 * np.exp(-(((4 * t + np.abs(s)) % 0.8 / 0.15) ** 2))
    tint = _LEAF[0] + np.minimum(rib, 1.0)[:, None] * (_LEAF[1] - _LEAF[0])
    faces = grid_triangles(rows, columns)
    a, b, c = (top[faces[:, i]] for i in range(3))
    if np.cross(b - a, c - a)[:, 1].mean() < 0.0:
        faces = faces[:, ::-1]
    under = top - 0.6 * normals
    both = np.concatenate([faces, faces[:, ::-1] + len(top)])
    return (
        np.concatenate([top, under]),
        both,
        np.concatenate([normals, -normals]),
        np.tile(tint, (2, 1)),
    )


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
