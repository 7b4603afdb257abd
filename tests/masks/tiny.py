"""A small face of known shape, without parts, uv and contours, and fits and frames of it."""

from functools import lru_cache

import numpy as np

from livemask.geometry import rigid, rotation_matrix
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Camera, Fit, Float64, Frame, Light, State

SIZE = (241, 181)
CAMERA = Camera.from_field_of_view(SIZE)
AXES = np.array([76.0, 112.0, 90.0])
"""Half axes of the ellipsoid whose front is the face, mm."""

LIGHT = Light.default()


def places() -> Array:
    """Return (68, 2) x and y of the points, mm."""
    jaw = np.linspace(np.pi, 2 * np.pi, 17)
    brow = np.column_stack([np.linspace(-52, -14, 5), 46 + np.array([0, 5, 7, 6, 3])])
    lid = np.column_stack([[-45, -37, -27, -19, -27, -37], [28, 33, 33, 28, 24, 24]])
    turn = np.pi - np.arange(12) * np.pi / 6
    inner = np.pi - np.arange(8) * np.pi / 4
    return np.concatenate(
        [
            np.column_stack([66 * np.cos(jaw), 20 + 102 * np.sin(jaw)]),
            brow,
            brow[::-1] * (-1, 1),
            np.column_stack([np.zeros(4), [28, 15, 2, -10]]),
            np.column_stack([[-13, -7, 0, 7, 13], [-19, -21, -22, -21, -19]]),
            lid,
            lid[[3, 2, 1, 0, 5, 4]] * (-1, 1),
            np.column_stack([25 * np.cos(turn), -44 + 9 * np.sin(turn)]),
            np.column_stack([19 * np.cos(inner), -44 + 3 * np.sin(inner)]),
        ]
    )


def raised(across: Array) -> Array:
    """Return the (n, 3) points of the face at x and y `across` (n, 2)."""
    used = ((across / AXES[:2]) ** 2).sum(1)
    return np.column_stack([across, AXES[2] * np.sqrt(np.maximum(1.0 - used, 0.0))])


@lru_cache(maxsize=1)
def model() -> MorphableModel:
    """Return the model: one identity (size), two expressions (jawOpen, smile)."""
    rows, columns = 61, 49
    fall, out = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    disc = np.stack([out * np.sqrt(1 - fall**2 / 2), -fall * np.sqrt(1 - out**2 / 2)], -1)
    mean = raised(disc.reshape(-1, 2) * AXES[:2] * 0.999).astype(np.float32)
    here = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = here[:-1, :-1], here[:-1, 1:], here[1:, :-1], here[1:, 1:]
    apart = mean[None, :, :2] - places()[:, None]
    drop = np.zeros_like(mean)
    drop[:, 1] = -30.0 * np.clip((-30 - mean[:, 1]) / 60, 0, 1)
    wide = np.zeros_like(mean)
    wide[:, 0] = 0.1 * mean[:, 0]
    reach = ((mean[:, :2] / AXES[:2]) ** 2).sum(1)
    return MorphableModel(
        name="tiny",
        mean=mean,
        identity=0.05 * mean[None],
        identity_sigmas=np.ones(1, np.float32),
        expressions=np.stack([drop, wide]),
        expression_names=("jawOpen", "smile"),
        expression_bounds=np.tile(np.array([0, 1], np.float32), (2, 1)),
        expression_sigmas=np.full(2, 0.5, np.float32),
        albedo=np.tile(np.array([0.5, 0.3, 0.2], np.float32), (len(mean), 1)),
        albedo_components=np.zeros((0, len(mean), 3), np.float32),
        triangles=np.stack([a, c, d, a, d, b], -1).reshape(-1, 3).astype(np.int32),
        landmark_vertices=np.argmin((apart**2).sum(2), 1).astype(np.int32),
        contour=tuple(np.empty(0, np.int32) for _ in range(17)),
        face_weight=np.clip((0.95 - reach) / 0.3, 0, 1).astype(np.float32),
        parts={},
        uv=np.empty((0, 2), np.float32),
        uv_vertices=np.empty(0, np.int32),
        uv_triangles=np.empty((0, 3), np.int32),
    )


def pose(
    turn: tuple[float, float, float] = (0, 0, 0), place: tuple[float, float, float] = (0, 0, -480)
) -> Float64:
    """Return camera_from_head: turned by a rotation vector, rad, then moved, mm."""
    return rigid(rotation_matrix(np.array(turn, float)), np.array(place, float))


def fit(
    of: MorphableModel, where: Float64 | None = None, camera: Camera = CAMERA, **moved: float
) -> Fit:
    """Return a fit of the mean person, with expressions by their names."""
    expression = np.zeros(len(of.expression_names))
    for name, value in moved.items():
        expression[of.expression_names.index(name)] = value
    place = pose() if where is None else where
    identity = np.zeros(len(of.identity))
    return Fit(0, camera, place, identity, expression, 0.0, 1.0, State.TRACKED)


def frame(image: Array | None = None, time: float = 0.0, size: tuple[int, int] = SIZE) -> Frame:
    """Return a frame; without an image, of soft colours that differ everywhere."""
    if image is None:
        y, x = np.mgrid[: size[1], : size[0]] / float(size[0])
        image = np.stack([120 + 90 * x, 90 + 100 * y, 80 + 40 * np.sin(9 * x)], -1).astype(np.uint8)
    return Frame(image, time, round(25 * time))


def plain(colour: tuple[int, int, int], size: tuple[int, int] = SIZE) -> Array:
    """Return a picture of one colour."""
    return np.full((size[1], size[0], 3), colour, np.uint8)
