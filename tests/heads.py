"""Heads for tests: a small model of known numbers, and faces drawn from the shipped one."""

from functools import lru_cache

import numpy as np

from livemask.geometry import project, rigid, rotation_matrix
from livemask.models import head
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Float64

CAMERA = Camera.from_field_of_view((1280, 720))


@lru_cache(maxsize=1)
def shipped() -> MorphableModel:
    """Return the shipped head model, loaded once."""
    return head.create()


def drawn_expression(model: MorphableModel, rng: np.random.Generator, count: int = 6) -> Float64:
    """Return (m,) coefficients: a few expressions that 68 points show, up to 0.7."""
    shown = [
        i
        for i, name in enumerate(model.expression_names)
        if not name.startswith(("eyeLook", "tongue"))
    ]
    expression = np.zeros(len(model.expression_names))
    expression[rng.choice(shown, count, replace=False)] = rng.uniform(0.1, 0.7, count)
    return expression


def drawn_pose(rng: np.random.Generator, distance: float = 650.0, turn: float = 15.0) -> Float64:
    """Return a (4, 4) camera_from_head near the middle of the picture."""
    vector = np.radians(rng.normal(0.0, [0.5 * turn, turn, 0.4 * turn]))
    place = np.array([rng.uniform(-0.12, 0.12), rng.uniform(-0.08, 0.08), -1.0]) * distance
    return rigid(rotation_matrix(vector), place)


def seen_landmarks(
    model: MorphableModel,
    camera: Camera,
    pose: Float64,
    identity: Float64,
    expression: Float64,
) -> Float64:
    """Return the (68, 2) px at which `camera` sees the 68 points, the jaw on the outline."""
    points = model.landmark_model.landmarks(identity, expression, pose[:3, :3])
    return project(camera, pose, points)
