"""One picture that shows what was found in a photo: from the points to views of the other side."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np

from livemask.geometry import euler_angles, rigid, rotation_matrix, transform_points
from livemask.harmonics import of_lamp
from livemask.reconstruction import views
from livemask.reconstruction.shape import Shape
from livemask.records import Array, Camera, Float32, Float64, UInt8

if TYPE_CHECKING:
    from livemask.reconstruction.reconstruction import Reconstruction

TILE, LABEL, GAP, MARGIN = 360, 30, 14, 28
"""px: a picture, the line above it, between two, and around all."""

COLUMNS = 4
HEADER = 74

PAPER, BACK, INK, TITLE, ACCENT = (
    (24, 26, 30), (44, 47, 53), (176, 181, 190), (245, 246, 248), (92, 214, 255)
)  # fmt: skip

AROUND = 1.35
"""Of the face's box that photo and overlays show."""

VIEWS = {
    "45 deg to one side": (0.0, -45.0),
    "to the other": (0.0, 45.0),
    "from below": (-25.0, 0.0),
}
"""Pitch and yaw, deg."""

FIELD_OF_VIEW = 0.25
"""rad, of the turned views: a long lens, so that noses do not grow."""

GREY = 0.55
"""Linear, of the bare shape."""

BRIGHT = 0.7
"""Of the most light, linear."""
_FONT = cv2.FONT_HERSHEY_SIMPLEX


def contact_sheet(made: "Reconstruction") -> UInt8:
    """Draw the sheet of a reconstruction: (h, w, 3) uint8 RGB, labelled tiles below a header."""
    tiles = [_tile(label, picture) for label, picture in _pictures(made)]
    rows = [_joined(tiles[i : i + COLUMNS], 1) for i in range(0, len(tiles), COLUMNS)]
    body = _joined(rows, 0)
    head = np.full((HEADER, body.shape[1], 3), PAPER, np.uint8)
    _write(head, _title(made), (0, 24), 0.72, TITLE)
    _write(head, _subtitle(made), (0, 54), 0.48, INK)
    page = np.vstack([head, body])
    framed = np.full((page.shape[0] + 2 * MARGIN, page.shape[1] + 2 * MARGIN, 3), PAPER, np.uint8)
    framed[MARGIN:-MARGIN, MARGIN:-MARGIN] = page
    return framed


def _pictures(made: "Reconstruction") -> Iterator[tuple[str, UInt8]]:
    box = _square(made.box)
    photo, camera = _cut(made, box)
    alpha, look = _look(made, camera, made.albedo)
    yield "photo", photo
    yield "68 points", _points(photo, made, camera)
    yield "mesh", _mesh(photo, made, camera)
    yield "overlay", _over(photo, views.coded(look.albedo * look.light), alpha)
    yield "render: albedo x light", _over(_back(), views.coded(look.albedo * look.light), alpha)
    yield "albedo", _over(_back(), views.coded(look.albedo), alpha)
    white = max(1.0, float(look.light[alpha > 0.5].max(initial=1.0)))
    yield "light", _over(_back(), views.coded(BRIGHT * look.light / white), alpha)
    yield "depth", _depth(made, camera)
    yield "texture", _halved(made.texture(2 * TILE))
    for label, (pitch, yaw) in VIEWS.items():
        yield label, _turned(made, pitch, yaw)


def _square(box: tuple[int, int, int, int]) -> tuple[float, float, float]:
    """Return the middle and the side, px, of the square that is shown."""
    left, top, right, bottom = box
    return 0.5 * (left + right), 0.5 * (top + bottom), AROUND * max(right - left, bottom - top)


def _cut(made: "Reconstruction", box: tuple[float, float, float]) -> tuple[UInt8, Camera]:
    """Return a square of the photo on a tile, and the camera that sees it."""
    x, y, side = box
    scale = TILE / side
    shift = 0.5 * (TILE - 1) - scale * np.array([x, y])
    image = made.portrayal.frame.image
    if scale < 0.5:
        small = cv2.resize(image, None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA)
        across = small.shape[1] / image.shape[1]
    else:
        small, across = image, 1.0
    to_tile = np.array([[scale / across, 0.0, shift[0]], [0.0, scale / across, shift[1]]])
    cut = cv2.warpAffine(small, to_tile, (TILE, TILE), flags=cv2.INTER_AREA, borderValue=BACK)
    camera = made.fit.camera
    seen = np.asarray(cut, np.uint8)
    return seen, Camera(scale * camera.focal, scale * camera.centre + shift, (TILE, TILE))


def _look(made: "Reconstruction", camera: Camera, albedo: Float32) -> tuple[Float32, views.Look]:
    look = views.look(made.shape, camera, albedo, made.portrayal.light.harmonics)
    return look.alpha, look


def _back() -> UInt8:
    return np.full((TILE, TILE, 3), BACK, np.uint8)


def _over(under: UInt8, over: UInt8, alpha: Array) -> UInt8:
    share = np.clip(alpha, 0.0, 1.0)[..., None]
    return np.asarray(np.rint(share * over + (1.0 - share) * under), np.uint8)


def _points(photo: UInt8, made: "Reconstruction", camera: Camera) -> UInt8:
    large = cv2.resize(photo, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    scale = camera.focal / made.fit.camera.focal
    shift = camera.centre - scale * made.fit.camera.centre
    points = np.nan_to_num(made.points)
    places = np.rint(16 * (2 * (scale * points + shift) + 0.5)).astype(int)
    known = made.model.landmark_model.known
    for start, end, closed in _LINES:
        line = places[start:end][known[start:end]].astype(np.int32)
        cv2.polylines(large, [line], closed, TITLE, 1, cv2.LINE_AA, 4)
    for x, y in places[known]:
        cv2.circle(large, (int(x), int(y)), 16 * 5, PAPER, -1, cv2.LINE_AA, 4)
        cv2.circle(large, (int(x), int(y)), int(16 * 3.6), ACCENT, -1, cv2.LINE_AA, 4)
    return _halved(large)


def _halved(large: Array) -> UInt8:
    return np.asarray(cv2.resize(large, (TILE, TILE), interpolation=cv2.INTER_AREA), np.uint8)


_LINES = (
    (0, 17, False), (17, 22, False), (22, 27, False), (27, 31, False), (31, 36, False),
    (36, 42, True), (42, 48, True), (48, 60, True), (60, 68, True),
)  # fmt: skip


def _mesh(photo: UInt8, made: "Reconstruction", camera: Camera) -> UInt8:
    """Return the shape alone, in grey, lit from before it."""
    grey = np.full((len(made.vertices), 3), GREY, np.float32)
    lamp = of_lamp(_unit(0.3, 0.5, 0.8), np.full(3, 0.85), np.full(3, 0.35))
    look = views.look(made.shape, camera, grey, lamp)
    return _over(photo // 3, views.coded(look.albedo * look.light), look.alpha)


def _unit(x: float, y: float, z: float) -> Float64:
    vector = np.array([x, y, z])
    return vector / np.linalg.norm(vector)


def _depth(made: "Reconstruction", camera: Camera) -> UInt8:
    """Return the depth in colours, near ones light."""
    depth = views.depth_of(made.shape, camera)
    there = depth > 0.0
    if not there.any():
        return _back()
    near, far = depth[there].min(), depth[there].max()
    share = (far - depth) / max(float(far - near), 1e-6)
    codes = np.rint(255.0 * np.clip(share, 0.0, 1.0)).astype(np.uint8)
    colours = cv2.cvtColor(cv2.applyColorMap(codes, cv2.COLORMAP_VIRIDIS), cv2.COLOR_BGR2RGB)
    return np.asarray(np.where(there[..., None], colours, _back()), np.uint8)


def _turned(made: "Reconstruction", pitch: float, yaw: float) -> UInt8:
    """Return the whole head from elsewhere, in the colours that the photo gave it."""
    shape, tall = made.shape, 1.12 * float(np.ptp(made.vertices[:, 1]))
    camera = Camera.from_field_of_view((TILE, TILE), FIELD_OF_VIEW)
    tilt = rotation_matrix(np.radians([pitch, 0.0, 0.0]))
    rotation = tilt @ rotation_matrix(np.radians([0.0, yaw, 0.0]))
    middle = 0.5 * (made.vertices.min(0) + made.vertices.max(0)).astype(np.float64)
    place = np.array([0.0, 0.0, -tall / FIELD_OF_VIEW]) - rotation @ middle
    pose = rigid(rotation, place)
    placed = Shape(
        shape.model, shape.vertices, shape.normals, transform_points(pose, shape.vertices),
        shape.normals @ rotation.T, shape.pixels, shape.weight,
    )  # fmt: skip
    return _over(_back(), *views.whole_head(placed, camera, made.colours))


def _tile(label: str, picture: UInt8) -> UInt8:
    strip = np.full((LABEL, TILE, 3), PAPER, np.uint8)
    _write(strip, label, (0, LABEL - 10), 0.5, INK)
    return np.vstack([strip, picture])


def _joined(parts: list[UInt8], axis: int) -> UInt8:
    """Return pictures beside or below one another, with a gap; short rows are filled up."""
    widest = max(part.shape[1] for part in parts)
    spaced: list[UInt8] = []
    for part in parts:
        rest = widest - part.shape[1]
        spaced.append(np.pad(part, ((0, 0), (0, rest), (0, 0))))
        shape = list(spaced[-1].shape)
        shape[axis] = GAP
        spaced.append(np.full(shape, PAPER, np.uint8))
    return np.concatenate(spaced[:-1], axis=axis)


def _write(on: UInt8, text: str, at: tuple[int, int], scale: float, ink: tuple[int, ...]) -> None:
    cv2.putText(on, text, at, _FONT, scale, ink, 1, cv2.LINE_AA)


def _title(made: "Reconstruction") -> str:
    pitch, yaw, roll = np.degrees(euler_angles(made.fit.camera_from_head[:3, :3]))
    return f"pitch {pitch:+.1f}   yaw {yaw:+.1f}   roll {roll:+.1f} deg"


def _subtitle(made: "Reconstruction") -> str:
    camera, quality = made.fit.camera, made.portrayal.quality
    width, height = camera.size
    told = "   ".join(f"{name.replace('_', ' ')} {value:.2f}" for name, value in quality.items())
    return f"{made.model.name}   {width} x {height} px   focal {camera.focal:.0f} px   {told}"
