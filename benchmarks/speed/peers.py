"""Others who find, follow or fit faces, as far as they are installed. None is a dependency."""

import importlib.util
from collections.abc import Callable
from typing import Any

import cv2
import dlib
import numpy as np

from benchmarks.student import Finder, Student
from livemask.detectors.dlib68 import default_landmarks
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Float64, Frame

Fits = Callable[[Float64], Any]
Follows = Callable[[Frame], Any]


def student(model: MorphableModel) -> Follows:
    """Return the whole published pipeline: search, points, fit, mesh, normals."""
    finder, person = Finder(), Student(model)

    def follow(frame: Frame) -> None:
        points = finder.landmarks(frame.image)
        if points is not None:
            person.fit(points)
            person.normals(person.vertices())

    return follow


def dlibs(frames: list[Frame]) -> dict[str, Follows]:
    """Return dlib's search alone and its predictor alone, both on the grey picture."""
    search = dlib.get_frontal_face_detector()
    predictor = dlib.shape_predictor(str(default_landmarks()))
    greys = {id(f): cv2.cvtColor(f.image, cv2.COLOR_RGB2GRAY) for f in frames}
    boxes: dict[int, Any] = {}
    for frame in frames:
        found = search(greys[id(frame)], 0)
        boxes[id(frame)] = found[0] if found else next(reversed(boxes.values()))
    return {
        "dlib's HOG search alone": lambda f: search(greys[id(f)], 0),
        "dlib's predictor alone": lambda f: predictor(greys[id(f)], boxes[id(f)]),
    }


def eos_fits(model: MorphableModel, camera: Camera) -> dict[str, Fits]:
    """Return eos-py's fits of the same 68 points with the same bases; none without eos-py.

    It is given the rows of the 68 points alone, so that no mesh is in its times; the outline
    is not searched, which takes it twenty times longer.
    """
    if importlib.util.find_spec("eos") is None:
        return {}
    import eos

    rows, width_height = model.landmark_model, camera.size
    columns = rows.identity[:, :68].reshape(len(rows.identity), -1).T
    lengths = np.linalg.norm(columns, axis=0)
    shape = eos.morphablemodel.PcaModel(
        rows.mean[:68].reshape(-1, 1).astype(np.float32),
        (columns / lengths).astype(np.float32),
        (lengths**2).reshape(-1, 1).astype(np.float32),
        [],
    )
    moves = [
        eos.morphablemodel.Blendshape(name, move[:68].reshape(-1, 1).astype(np.float32))
        for name, move in zip(model.expression_names, rows.expressions, strict=True)
    ]
    head = eos.morphablemodel.MorphableModel(shape, moves, eos.morphablemodel.PcaModel())
    mapper, last = eos.core.LandmarkMapper(), ([], [])

    def fit(points: Float64, turns: int, known: tuple[list[float], list[float]]) -> Any:
        seen = [eos.core.Landmark(str(i), [float(x), float(y)]) for i, (x, y) in enumerate(points)]
        return eos.fitting.fit_shape_and_pose(
            head, seen, mapper, *width_height, turns, None, 30.0, None, 30.0, *known
        )

    def warm(points: Float64) -> None:
        nonlocal last
        found = fit(points, 1, last)
        last = list(found[2]), list(found[3])

    return {
        "eos-py, 5 turns": lambda points: fit(points, 5, ([], [])),
        "eos-py, 1 turn from the last frame": warm,
    }


def mediapipe() -> dict[str, Follows]:
    """Return MediaPipe's face mesh; none where it is not installed or has no model in it."""
    if importlib.util.find_spec("mediapipe") is None:
        return {}
    import mediapipe as mp

    if not hasattr(mp, "solutions"):
        return {}
    mesh = mp.solutions.face_mesh.FaceMesh(max_num_faces=1)
    irises = mp.solutions.face_mesh.FaceMesh(max_num_faces=1, refine_landmarks=True)
    return {
        "MediaPipe FaceMesh, 468 points": lambda f: mesh.process(f.image),
        "MediaPipe FaceMesh, 478 points": lambda f: irises.process(f.image),
    }


def students_fit(model: MorphableModel, turns: int) -> Fits:
    """Return the published fit of given points."""
    return Student(model, turns).fit
