"""A model of a few points and a fit of it, for sinks that look at fits."""

import numpy as np

from livemask.geometry import rigid, rotation_matrix
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Fit, State

CAMERA = Camera(900.0, np.array([310.5, 233.0]), (640, 480))


def make_model(unknown=()):
    """Return a model of 68 points, two identities and three expressions."""
    random = np.random.default_rng(5)
    landmarks = np.arange(68, dtype=np.int32)
    landmarks[list(unknown)] = -1
    return MorphableModel(
        name="points",
        mean=random.normal(0, 40, (70, 3)).astype(np.float32),
        identity=random.normal(0, 3, (2, 70, 3)).astype(np.float32),
        identity_sigmas=np.ones(2, np.float32),
        expressions=random.normal(0, 5, (3, 70, 3)).astype(np.float32),
        expression_names=("jawOpen", "eyeBlinkLeft", "mouthSmileLeft"),
        expression_bounds=np.array([[0, 1]] * 3, np.float32),
        expression_sigmas=np.ones(3, np.float32),
        albedo=np.full((70, 3), 0.5, np.float32),
        albedo_components=np.zeros((0, 70, 3), np.float32),
        triangles=np.array([[0, 1, 2]], np.int32),
        landmark_vertices=landmarks,
        contour=tuple(np.empty(0, np.int32) for _ in range(17)),
        face_weight=np.ones(70, np.float32),
        parts={"skin": np.arange(70, dtype=np.int32)},
        uv=np.empty((0, 2), np.float32),
        uv_vertices=np.empty(0, np.int32),
        uv_triangles=np.empty((0, 3), np.int32),
    )


def make_fit(rotation=(0.0, 0.0, 0.0), translation=(30.0, -20.0, -600.0), state=State.TRACKED):
    pose = rigid(rotation_matrix(np.array(rotation)), np.array(translation))
    expression = np.array([0.25, 0.0, 0.875])
    return Fit(3, CAMERA, pose, np.array([0.5, -1.0]), expression, 0.4, 0.75, state)
