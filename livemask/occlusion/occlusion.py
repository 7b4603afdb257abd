"""Occlusion: keeps hands and cups in front of masks, by what each person's face looks like."""

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.occlusion.front import Front
from livemask.occlusion.unwrapping import SIDE, Unwrapping
from livemask.records import Array, Camera, Fit, Float32, Frame, Material, Mesh, State

VIDEO = Material(texture="frame", lit=False)

NEAR = 25.0
"""mm before the camera: what is in front is drawn before every mask."""

_INDEX = np.arange(SIDE * SIDE, dtype=np.int32).reshape(SIDE, SIDE)
_A, _B, _C, _D = (
    part.ravel() for part in (_INDEX[:-1, :-1], _INDEX[1:, :-1], _INDEX[:-1, 1:], _INDEX[1:, 1:])
)
TRIANGLES = np.concatenate([np.stack([_A, _B, _C], 1), np.stack([_C, _B, _D], 1)])
NORMALS = np.tile(np.array([0.0, 0.0, 1.0], np.float32), (SIDE * SIDE, 1))


class Occlusion:
    """Watches the faces, each by itself.

    Parameters
    ----------
    model : MorphableModel

    Raises
    ------
    ModelError
        If the model lacks one of the points that tell where its face is.
    """

    def __init__(self, model: MorphableModel) -> None:
        self._unwrapping = Unwrapping(model)
        self._fronts: dict[int, Front] = {}

    def layers(self, frame: Frame, fit: Fit, hides: bool) -> tuple[Mesh, ...]:
        """Return what is in front of a face in `frame`, to be drawn over its mask.

        `hides` says whether the mask is worn to cover the face. Nothing is in front of a face
        that is held, not tracked.
        """
        if fit.state is not State.TRACKED:
            return ()
        front = self._fronts.setdefault(fit.id, Front(self._unwrapping.face))
        flat = self._unwrapping.unwrap(frame, fit)
        front.look(flat, frame.time)
        opacity = front.opacity(hides)
        return () if opacity is None else (sheet(fit.camera, flat.pixels, opacity),)

    def keep(self, faces: set[int]) -> None:
        """Forget all faces but these."""
        for face in self._fronts.keys() - faces:
            del self._fronts[face]


def sheet(camera: Camera, pixels: Float32, opacity: Float32) -> Mesh:
    """Return the video at `pixels` (SIDE, SIDE, 2) as a mesh before all others."""
    flat = pixels.reshape(-1, 2).astype(np.float64)
    rays: Array = (flat - camera.centre) * np.array([1.0, -1.0]) / camera.focal
    vertices = np.column_stack([rays, np.full(len(rays), -1.0)]) * NEAR
    return Mesh(
        vertices=vertices.astype(np.float32),
        triangles=TRIANGLES,
        normals=NORMALS,
        camera=camera,
        camera_from_mesh=np.eye(4),
        material=VIDEO,
        uv=((flat + 0.5) / camera.size).astype(np.float32),
        alpha=opacity.ravel(),
    )
