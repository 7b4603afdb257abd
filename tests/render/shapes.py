"""Meshes, pictures and colours for the tests of this room; no head model is needed."""

import math

import numpy as np

from livemask.geometry import rigid, rotation_matrix
from livemask.records import (
    Array,
    Camera,
    Float32,
    Float64,
    Frame,
    Int32,
    Layer,
    Light,
    Scene,
    UInt8,
)

Grid = tuple[Float32, Int32, Float32, Float32]


def sphere(radius: float = 80.0, columns: int = 48, rows: int = 25) -> Grid:
    """Return vertices, triangles, normals and uv of a sphere around the origin, mm."""
    across, down = np.meshgrid(np.linspace(0, 2 * math.pi, columns), np.linspace(0, math.pi, rows))
    normals = np.stack(
        [np.sin(down) * np.sin(across), np.cos(down), np.sin(down) * np.cos(across)], axis=-1
    ).reshape(-1, 3)
    uv = np.stack([across / (2 * math.pi), down / math.pi], axis=-1).reshape(-1, 2)
    i = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = i[:-1, :-1], i[1:, :-1], i[1:, 1:], i[:-1, 1:]
    triangles = np.stack([a, b, c, a, c, d], axis=-1).reshape(-1, 3)
    return (
        (radius * normals).astype(np.float32),
        triangles.astype(np.int32),
        normals.astype(np.float32),
        uv.astype(np.float32),
    )


def quad(width: float, height: float) -> Grid:
    """Return a rectangle in the plane z = 0 that looks along +z, around the origin, mm."""
    corners = np.array([[-1, 1], [-1, -1], [1, -1], [1, 1]], np.float32)
    vertices = np.zeros((4, 3), np.float32)
    vertices[:, :2] = corners * np.array([width / 2, height / 2], np.float32)
    normals = np.tile(np.array([0, 0, 1], np.float32), (4, 1))
    uv = np.array([[0, 0], [0, 1], [1, 1], [1, 0]], np.float32)
    return vertices, np.array([[0, 1, 2], [0, 2, 3]], np.int32), normals, uv


def facing(camera: Camera, distance: float = 500.0) -> Grid:
    """Return a rectangle that fills the camera's picture from `distance` mm before it."""
    width, height = (side * distance / camera.focal for side in camera.size)
    return quad(width, height)


def at(x: float, y: float, z: float, turn: tuple[float, float, float] = (0, 0, 0)) -> Float64:
    """Return camera_from_mesh: turned by a rotation vector, then moved, mm."""
    return rigid(rotation_matrix(np.array(turn, np.float64)), np.array([x, y, z], np.float64))


def waves(width: int, height: int) -> UInt8:
    """Return a colourful picture whose pixels all differ from their neighbours."""
    y, x = np.mgrid[:height, :width]
    picture = np.stack(
        [
            x * 200 / width + y % 3,
            y * 200 / height + x % 5,
            127 + 100 * np.sin(x / 9) * np.cos(y / 7),
        ],
        axis=-1,
    )
    return picture.astype(np.uint8)


def noise(width: int, height: int, seed: int = 0) -> UInt8:
    """Return a picture of random pixels."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def plain(width: int, height: int, colour: tuple[int, int, int] = (0, 0, 0)) -> UInt8:
    """Return a picture of one colour."""
    return np.full((height, width, 3), colour, np.uint8)


def scene(image: UInt8, *layers: Layer, light: Light | None = None) -> Scene:
    """Return a scene of `layers` over `image`."""
    return Scene(Frame(image, 0.0, 0), (), layers, light or Light.default())


def lamp(direction: tuple[float, float, float], colour: float, ambient: float) -> Light:
    """Return a white light."""
    towards = np.array(direction, np.float32)
    return Light(
        towards / np.float32(np.linalg.norm(towards)),
        np.full(3, colour, np.float32),
        np.full(3, ambient, np.float32),
    )


def encoded(linear: Array) -> Float64:
    """Return sRGB codes 0 to 255, not rounded, of linear values (IEC 61966-2-1)."""
    x = np.clip(np.asarray(linear, np.float64), 0.0, 1.0)
    return 255.0 * np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)


def decoded(codes: Array) -> Float64:
    """Return the linear values of sRGB codes 0 to 255."""
    x = np.asarray(codes, np.float64) / 255.0
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4)
