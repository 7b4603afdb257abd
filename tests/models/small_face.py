"""The face of the shipped head with few vertices, to be written in other models' layouts."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from livemask.fitting.fitter import Fitter
from livemask.geometry import project, rotation_vector
from livemask.models.fields import Fields
from livemask.models.subdivision import triangulate
from livemask.records import Face
from livemask.resources import resource
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
    """Return the face with the `count` vertices of the coarse skin that are nearest to the nose."""
    head, marks = Fields.of_npz(resource("assets/head.npz")).arrays, shipped().landmark_vertices
    skin = np.flatnonzero(head["parts"] == 0)
    near = cKDTree(head["mean"][skin]).query(shipped().mean[marks])[1]
    from_nose = np.linalg.norm(head["mean"][skin] - shipped().mean[marks[30]], axis=1)
    order = np.argsort(np.where(np.isin(skin, skin[near]), -1.0, from_nose), kind="stable")
    kept = np.sort(skin[order[:count]])
    number = np.full(len(head["mean"]), -1)
    number[kept] = np.arange(count)
    inside = (number[head["quads"]] >= 0).all(1)
    used, rows = np.unique(triangulate(head["uv_quads"][inside]), return_inverse=True)
    moves = [float(head["step"]) * head["expressions"][i, kept] for i in places(head)]
    return SmallFace(
        head["mean"][kept].astype(float),
        float(head["step"]) * head["identity"][:3, kept],
        dict(zip(MOVES, moves, strict=True)),
        number[triangulate(head["quads"][inside])],
        number[skin[near]],
        head["uv"][used].astype(float),
        rows.reshape(-1, 3),
    )


def places(head):
    """Return where `MOVES` are among the expressions of the file."""
    return [head["expression_names"].tolist().index(name) for name in MOVES]


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
