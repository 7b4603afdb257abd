"""The face of the shipped head with few vertices, to be written in other models' layouts."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from livemask.fitting.fitter import Fitter
from livemask.geometry import project, rotation_vector
from livemask.records import Face
from tests.heads import CAMERA, drawn_pose, seen_landmarks, shipped

MOVES = (
    "jawOpen",
    "mouthSmileLeft",
    "mouthSmileRight",
    "eyeBlinkLeft",
    "eyeBlinkRight",
    "browInnerUp",
)


@dataclass(frozen=True)
class SmallFace:
    """Head frame, mm: mean (n, 3), identity (3, n, 3), moves by name, triangles, landmarks (68,).

    `uv` (r, 2) counts from the top left corner; `uv_triangles` are the triangles in its rows.
    """

    mean: np.ndarray
    identity: np.ndarray
    moves: dict[str, np.ndarray]
    triangles: np.ndarray
    landmarks: np.ndarray
    uv: np.ndarray
    uv_triangles: np.ndarray


@lru_cache(maxsize=4)
def small_face(count):
    """Return the face with `count` vertices, those around the 68 points among them.

    From 2000 on it has the jaw's outline too.
    """
    model = shipped()
    marks = model.landmark_vertices
    around = np.unique(model.triangles[np.isin(model.triangles, marks).any(1)])
    outline = np.concatenate(model.contour) if count > 2000 else around
    first = np.union1d(around, outline)
    from_nose = np.linalg.norm(model.mean - model.mean[marks[30]], axis=1)
    order = np.argsort(np.where(model.face_weight > 0.0, from_nose, np.inf), kind="stable")
    kept = np.sort(np.r_[first, order[~np.isin(order, first)]][:count])
    number = np.full(len(model.mean), -1)
    number[kept] = np.arange(count)
    inside = (number[model.triangles] >= 0).all(1)
    corners = model.uv_triangles[inside]
    used, rows = np.unique(corners, return_inverse=True)
    names = model.expression_names
    return SmallFace(
        model.mean[kept].astype(float),
        model.identity[:3, kept].astype(float),
        {name: model.expressions[names.index(name), kept].astype(float) for name in MOVES},
        number[model.triangles[inside]],
        number[marks],
        model.uv[used].astype(float),
        rows.reshape(-1, 3),
    )


def misfit(model, coefficients):
    """Return by how many px, mm and degrees a fit to the points of a known person is off.

    The points are exact, so that only the fit can err.
    """
    rng = np.random.default_rng(8)
    identity = np.zeros(len(model.identity))
    identity[:3] = 0.8, -0.8, 0.5
    known = model.landmark_vertices >= 0
    fitter = Fitter(model, CAMERA)
    for _ in range(6):
        pose = drawn_pose(rng)
        pixels = seen_landmarks(model, CAMERA, pose, identity, coefficients)
        fit = fitter.fit(Face(0, pixels, 1.0))
    points = model.landmark_model.landmarks(
        fit.identity, fit.expression, fit.camera_from_head[:3, :3]
    )
    again = project(CAMERA, fit.camera_from_head, points)
    shape = model.vertices(fit.identity, fit.expression) - model.vertices(identity, coefficients)
    shape -= shape.mean(0)
    turned = rotation_vector(pose[:3, :3].T @ fit.camera_from_head[:3, :3])
    return (
        float(np.sqrt(((again - pixels)[known] ** 2).sum(1).mean())),
        float(np.linalg.norm(shape, axis=1).mean()),
        float(np.degrees(np.linalg.norm(turned))),
    )
