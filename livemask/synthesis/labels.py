"""Labels: all that is known of a picture, in small numbers that say their step."""

import numpy as np
from numba import njit

from livemask.geometry import euler_angles, project
from livemask.morphable_model import MorphableModel
from livemask.performer.bake import Bake
from livemask.records import Array, Float64
from livemask.synthesis.measuring import DEPTH_STEP, kinds, measure
from livemask.synthesis.order import Order
from livemask.synthesis.person import Person
from livemask.synthesis.raster import buffers, clear, fill, fill_strands
from livemask.synthesis.recipe import Recipe
from livemask.synthesis.staging import HeadMesh, Staged
from livemask.synthesis.unwrapping import unwrapped

HIDDEN = 4.0
"""mm by which a point may lie behind what is drawn there, and is still seen."""

POSITION = 256
"""Texels a side of position maps."""


class Labeller:
    """Makes the labels that an order asks for.

    Parameters
    ----------
    order : Order
    model : MorphableModel
    head : HeadMesh
    """

    def __init__(self, order: Order, model: MorphableModel, head: HeadMesh) -> None:
        self._order, self._model, self._head = order, model, head
        size = order.size
        self._front, self._own = buffers(size, 1), buffers(size, 1)
        self._flat = unwrapped(model)
        self._bake = Bake.of(self._flat.uv, self._flat.triangles, POSITION)
        self._vertices = self._flat.vertices[self._bake.corners]

    def labels(self, told: Recipe, person: Person, staged: Staged) -> dict[str, Array]:
        """Return the labels of a picture by name; `docs/synthesize.md` says what each is."""
        wanted = set(self._order.labels)
        found: dict[str, Array] = {}
        self._see(staged)
        for name, make in (("points", self._points), ("coefficients", self._coefficients),
                           ("pose", self._pose)):  # fmt: skip
            if name in wanted:
                found |= make(told, person)
        if wanted & {"depth", "normals", "uv"}:
            found |= self._measured(staged, wanted)
        if "position" in wanted:
            found |= self._position(told, staged)
        if "mask" in wanted:
            found["mask"] = kinds(self._front[0], staged.shown.kind)
        return found

    def _see(self, staged: Staged) -> None:
        """Find out what of the head, and what of all, is in front at the middle of each pixel."""
        (own, own_near), (front, near) = self._own, self._front
        shown, count = staged.shown, len(self._head.triangles)
        clear(own, own_near)
        fill(shown.places, shown.near, shown.triangles[:count], 0, self._own)
        front[:], near[:] = own, own_near
        rest = shown.triangles[count : staged.solid]
        fill(shown.places, shown.near, rest, count, self._front)
        for first, last in staged.soft:
            if last <= staged.lashes:
                some = shown.triangles[first:last]
                hair = shown.uv, shown.alpha, _EVEN
                fill_strands(shown.places, shown.near, some, first, hair, self._front)

    def _points(self, told: Recipe, person: Person) -> dict[str, Array]:
        pose, camera = told.camera_from_head, told.camera
        flat = project(camera, pose, person.points)
        return {
            "points_3d": person.points.astype(np.float32),
            "points_2d": flat.astype(np.float32),
            "outline_3d": person.outline.astype(np.float32),
            "outline_2d": project(camera, pose, person.outline).astype(np.float32),
            "points_seen": self._seen(flat, pose, person.points),
        }

    def _seen(self, flat: Float64, pose: Float64, points: Float64) -> Array:
        """Return which points (68,) are in the picture with nothing before them."""
        depth = -(points @ pose[2, :3] + pose[2, 3])
        last = self._order.size - 1
        inside = ((flat >= -0.5) & (flat <= last + 0.5)).all(1)
        corner = np.clip(np.floor(np.nan_to_num(flat)).astype(int), 0, max(last - 1, 0))
        near = np.zeros(len(points), np.bool_)
        for right in (0, 1):
            for down in (0, 1):
                front = self._front[1][corner[:, 1] + down, corner[:, 0] + right]
                near |= (front <= 0.0) | (depth * front <= 1.0 + HIDDEN * front)
        return np.asarray(inside & near)

    def _coefficients(self, told: Recipe, person: Person) -> dict[str, Array]:  # noqa: ARG002
        names = ("identity", "expression", "beyond", "albedo")
        return {name: getattr(told, name).astype(np.float32) for name in names}

    def _pose(self, told: Recipe, person: Person) -> dict[str, Array]:  # noqa: ARG002
        pose, camera = told.camera_from_head, told.camera
        return {
            "camera_from_head": pose,
            "pitch_yaw_roll": np.degrees(np.array(euler_angles(pose[:3, :3]))).astype(np.float32),
            "camera": np.array([camera.focal, *camera.centre], np.float64),
        }

    def _measured(self, staged: Staged, wanted: set[str]) -> dict[str, Array]:
        """Return depth, normals and uv of the head, whatever is before it."""
        shown, flat = staged.shown, self._flat
        surface = shown.normals, self._head.layout.triangles, flat.uv, flat.triangles
        size = self._order.size
        depth = np.zeros((size, size), np.uint16)
        normals = np.zeros((size, size, 3), np.int8)
        uv = np.zeros((size, size, 2), np.uint16)
        measure(shown.places, shown.near, surface, self._own[0], (depth, normals, uv))
        found: dict[str, Array] = {}
        if "depth" in wanted:
            found["depth"] = depth
            found["depth_step"] = np.array(DEPTH_STEP, np.float32)
        if "normals" in wanted:
            found["normals"] = normals
        if "uv" in wanted:
            found["uv"] = uv
        return found

    def _position(self, told: Recipe, staged: Staged) -> dict[str, Array]:
        """Return where in the picture each texel of the head is."""
        step = self._order.size / 16384.0
        camera, seen = told.camera, staged.seen
        depth = -seen[:, 2]
        places = np.empty_like(seen)
        places[:, :2] = seen[:, :2] * (np.float32(camera.focal) / depth)[:, None]
        places[:, 2] = (depth.max() - depth) * np.float32(camera.focal / depth.mean())
        places *= np.array([1.0, -1.0, 1.0], np.float32) / np.float32(step)
        places[:, :2] += (camera.centre / step).astype(np.float32)
        whole = np.zeros((POSITION * POSITION, 3), np.int16)
        lay(places, self._vertices, self._bake.shares, self._bake.texels, whole)
        return {
            "position": whole.reshape(POSITION, POSITION, 3),
            "position_step": np.array(step, np.float32),
        }


@njit(cache=True, nogil=True)
def lay(values, vertices, shares, texels, whole):  # type: ignore[no-untyped-def]
    """Write to `whole` (p, 3) int16, at `texels` (m,), what `shares` (m, 3) make of `values`.

    `values` (n, 3) of the `vertices` (m, 3) about each texel.
    """
    for i in range(texels.shape[0]):
        for k in range(3):
            total = np.float32(0.0)
            for j in range(3):
                total += shares[i, j] * values[vertices[i, j], k]
            total = min(max(total, np.float32(-32767.0)), np.float32(32767.0))
            whole[texels[i], k] = np.int16(np.rint(total))


_EVEN = np.full((1, 1, 2), 127, np.uint8)
"""Hair without gaps, as dense as it is in the middle: for labels, which are not of strands."""
