"""Figure: a character that one face wears, moved anew in each frame."""

import numpy as np

from livemask.geometry import euler_angles, rotation_matrix
from livemask.gltf.character import Character
from livemask.masks.character.moods import rows_of, values_of
from livemask.masks.character.parts import parts
from livemask.masks.character.placing import (
    character_measure,
    facing,
    head_from_character,
    person_measure,
)
from livemask.masks.character.shape import Shape
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float32, Float64, Int32, Mesh

BODY = (0.15, 0.45, 0.25)
"""How much of pitch, yaw and roll of the head the body goes along with."""

EYES, ANIME_EYES = np.radians(25.0), np.radians(11.0)
"""How far eyes turn at most; those of VRM are flat and large."""

JAW = np.radians(18.0)


class Figure:
    """Follows one face.

    Parameters
    ----------
    character : Character
    turn : float
        deg by which it must be turned to look ahead, beside what its kind of file says.
    size : float
        Times as large as it must be to cover a head.
    body : bool
        Whether what is below the neck is drawn.
    """

    def __init__(self, character: Character, turn: float, size: float, *, body: bool) -> None:
        self._parts, self._size = parts(character), size
        self._ahead = facing(character, turn)
        self._measure = character_measure(character, self._parts, self._ahead)
        self._eyes = EYES if character.vrm.version < 0 else ANIME_EYES
        self._triangles = [self._shown(s, body=body) for s in self._parts.shapes]
        self._model: MorphableModel | None = None
        self._identity: Float64 | None = None

    def meshes(self, model: MorphableModel, fit: Fit) -> tuple[Mesh, ...]:
        """Return it as the face of `fit` moves it."""
        self._follow(model, fit)
        values = values_of(self._rows, fit.gesture)
        weights = self._parts.moods.weights(values)
        at = self._parts.posture
        moved = at.moved(self._turn(fit), self._free(values))
        leading = moved[at.spine] if at.spine else np.eye(4)
        camera_from_body = fit.camera_from_head @ self._placed @ np.linalg.inv(leading)
        return tuple(
            self._mesh(i, fit, weights, moved, camera_from_body)
            for i in range(len(self._triangles))
            if len(self._triangles[i])
        )

    def _follow(self, model: MorphableModel, fit: Fit) -> None:
        """Take on the size of the head."""
        if self._model is not model:
            self._model, self._rows, self._identity = model, rows_of(model), None
        if self._identity is not fit.identity:
            self._identity = fit.identity
            person = person_measure(model, fit.identity)
            self._placed = head_from_character(self._measure, person, self._ahead, self._size)

    def _turn(self, fit: Fit) -> Float64:
        """Return the rotation of the head against the body, which stands nearly upright."""
        head = fit.camera_from_head[:3, :3]
        pitch, yaw, roll = (
            share * angle for share, angle in zip(BODY, euler_angles(head), strict=True)
        )
        body = _turned(2, roll) @ _turned(1, yaw) @ _turned(0, pitch)
        return np.asarray(self._ahead.T @ body.T @ head @ self._ahead)

    def _free(self, values: dict[str, float]) -> dict[str, Float64]:
        """Return the rotations of eyes and jaw against the head, of those that bones move."""
        bound = self._parts.moods.channels
        turns = {}
        if "eyelookoutleft" not in bound and "lookleft" not in bound:
            for name, sign in (("left", 1.0), ("right", -1.0)):
                out, into, down, up = (
                    values.get(f"eyelook{way}{name}", 0.0) for way in ("out", "in", "down", "up")
                )
                aside, fall = sign * self._eyes * (out - into), self._eyes * (down - up)
                turns[f"{name}Eye"] = _turned(1, aside) @ _turned(0, fall)
        if "jawopen" not in bound and "aa" not in bound:
            turns["jaw"] = _turned(0, JAW * values.get("jawopen", 0.0))
        return {name: self._ahead.T @ turn @ self._ahead for name, turn in turns.items()}

    def _mesh(
        self, i: int, fit: Fit, weights: Float32, moved: Float64, camera_from_body: Float64
    ) -> Mesh:
        of = self._parts
        shape = of.shapes[i]
        drawn = shape.morphed(weights)
        if shape.only < 0:
            drawn = shape.skinned(drawn, moved.astype(np.float32))
        group = moved[shape.only] if shape.only >= 0 else np.eye(4)
        return Mesh(
            vertices=drawn[0],
            triangles=self._triangles[i],
            normals=drawn[1],
            camera=fit.camera,
            camera_from_mesh=camera_from_body @ group,
            material=of.clothes[i],
            uv=of.uv[i],
            alpha=of.alphas[i],
            colours=of.colours[i],
        )

    def _shown(self, shape: Shape, *, body: bool) -> Int32:
        """Return the triangles that are drawn: all, or those of head and neck."""
        at = self._parts.posture
        if body or not at.spine:
            return shape.piece.triangles
        led = np.zeros(len(shape.piece.vertices))
        parts_of = np.repeat(np.arange(len(led)), np.diff(shape.starts))
        above = shape.groups >= max(at.spine - 1, 1)
        np.add.at(led, parts_of[above], shape.shares[above])
        kept = (led > 0.5)[shape.piece.triangles].all(1)
        return np.ascontiguousarray(shape.piece.triangles[kept])


def _turned(axis: int, angle: float) -> Float64:
    """Return the rotation about x, y or z."""
    return rotation_matrix(angle * np.eye(3)[axis])
