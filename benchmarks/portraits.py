"""How well photos are reconstructed: `python -m benchmarks.portraits [--data FOLDER]`.

Performers stand before cameras of random focal lengths, so shape, pose, albedo, light and focal
length are known; their heads are none that the model can make exactly. Stills with 68 known
points, and some with a pose, are read from `FOLDER/stills` if one is named. What is being done is
told on the way, and each table is printed as soon as it is whole: some three minutes in all.
"""

import argparse
import logging
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import thread_time
from typing import Any

import numpy as np

from benchmarks.metrics.points import errors
from benchmarks.table import Table
from benchmarks.tracking.stills import RANGES, Still, aflw_angles, load
from benchmarks.tracking.true_box import hog_box
from livemask import plugins
from livemask.geometry import project, rigid, rotation_matrix
from livemask.harmonics import COSINE, basis
from livemask.light.skin import LUMINANCE
from livemask.models import head
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.performer import Performer
from livemask.performer.room import Room
from livemask.performer.truth import Truth
from livemask.reconstruction.finding import find_faces
from livemask.reconstruction.portrait import Portrayal, portray
from livemask.reconstruction.still import fit_box
from livemask.records import Array, Camera, Fit, Float64, Frame
from livemask.render.context import offscreen

SIZE = (1280, 720)
FACE = 0.5
"""Least face weight of a vertex that counts."""

PEOPLE = 12

TOLD = (
    "mm: mean distance of the face's vertices after the best rigid motion, of the mean head with "
    "the true expression, of the fit to the points and of that to the whole picture. Albedo: after "
    "the best common factor; light: rms over normals to the viewer. s: processor time of a thread."
)

HEADS = (
    "pictures", "mean, mm", "points, mm", "whole, mm", "pose by points, deg", "pose, deg",
    "focal length, % off before", "and after", "albedo, % off", "light, % off",
    "unexplained before, %", "and after, %", "s",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """A picture of a performer with its truth; `light` (9, 3) is what white surfaces show."""

    frame: Frame
    truth: Truth
    albedo: Array
    light: Float64


def takes(looks: int) -> list[Take]:
    """Return `looks` pictures of each of twelve performers: from the front, then turned."""
    random, found = np.random.default_rng(5), []
    with offscreen() as context:
        for seed in range(PEOPLE):
            performer = Performer(SIZE, seed=seed, context=context)
            directions, around = Room.of(seed).surroundings()
            light = COSINE[:, None] / np.pi * (basis(directions).T @ around)
            for look in range(looks):
                angle = np.radians(random.uniform(35.0, 70.0))
                performer.camera = Camera.from_field_of_view(SIZE, angle)
                pose = _pose(random, performer.camera.focal, turned=look > 0)
                expression = performer._script.at(random.uniform(0.0, 20.0)).expression
                truth = performer.pose(pose, expression if look else np.zeros(52), look)
                frame = Frame(performer.picture(truth), 0.0, 0)
                found.append(Take(frame, truth, performer.person.albedo, light))
            performer.close()
    return found


def _pose(random: np.random.Generator, focal: float, *, turned: bool) -> Float64:
    side = random.choice([-1.0, 1.0])
    yaw = side * random.uniform(15.0, 32.0) if turned else random.uniform(-10.0, 10.0)
    turns = np.radians([yaw, random.uniform(-10.0, 10.0), random.uniform(-6.0, 6.0)])
    rotation = rotation_matrix(np.array([0.0, 0.0, turns[2]]))
    rotation = rotation @ rotation_matrix(np.array([0.0, turns[0], 0.0]))
    rotation = rotation @ rotation_matrix(np.array([turns[1], 0.0, 0.0]))
    away = focal * 180.0 / random.uniform(260.0, 420.0)
    place = np.array([random.uniform(-60.0, 60.0), random.uniform(-25.0, 25.0), -away])
    return rigid(rotation, place)


def vertex_error(model: MorphableModel, made: Array, truth: Array) -> float:
    """Return the mean distance of vertices of the face, mm, after the best rigid motion."""
    skin = model.parts["skin"]
    face = skin[model.face_weight[skin] > FACE]
    a, b = (v[face].astype(np.float64) for v in (made, truth))
    a, b = a - a.mean(0), b - b.mean(0)
    u, _, vt = np.linalg.svd(a.T @ b)
    turn = u @ np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))]) @ vt
    return float(np.linalg.norm(a @ turn - b, axis=1).mean())


def judged(model: MorphableModel, detector: Any, take: Take, *, told: bool) -> list[float] | None:
    """Return the numbers of `HEADS` of one take, None if no face is found in it.

    `told`: the focal length is known.
    """
    frame, truth = take.frame, take.truth
    box = next(iter(find_faces(frame, detector)), None)
    if box is None:
        return None
    focal = truth.camera.focal if told else None
    fov = np.degrees(2.0 * np.arctan(0.5 * SIZE[0] / truth.camera.focal)) if told else None
    before = fit_box(frame, model, detector, box, fov)
    start = thread_time()
    portrayal = portray(frame, model, detector, box=box, focal=focal)
    seconds = thread_time() - start
    if before is None or portrayal is None:
        return None
    nobody = model.vertices(np.zeros(len(model.identity)), truth.expression)
    fit, quality = portrayal.fit, portrayal.quality
    return [
        vertex_error(model, nobody, truth.vertices),
        *(vertex_error(model, _vertices(model, f), truth.vertices) for f in (before, fit)),
        *(_turn(f, truth) for f in (before, fit)),
        *(100 * abs(np.log(f.camera.focal / truth.camera.focal)) for f in (before, fit)),
        100 * _albedo_error(model, portrayal, take.albedo),
        100 * _light_error(portrayal, take.light),
        100 * quality["photometric_before"],
        100 * quality["photometric"],
        seconds,
    ]


def _vertices(model: MorphableModel, fit: Fit) -> Array:
    return model.vertices(fit.identity, fit.expression)


def _turn(fit: Fit, truth: Truth) -> float:
    apart = fit.camera_from_head[:3, :3] @ truth.camera_from_head[:3, :3].T
    return float(np.degrees(np.arccos(np.clip(0.5 * (np.trace(apart) - 1.0), -1.0, 1.0))))


def _albedo_error(model: MorphableModel, portrayal: Portrayal, truth: Array) -> float:
    """Return the mean difference of the skin's albedo, a share, after the best common factor."""
    skin = model.parts["skin"]
    face = skin[model.face_weight[skin] > FACE]
    made, wanted = portrayal.albedo[face].astype(np.float64), truth[face].astype(np.float64)
    made = made * np.median(wanted / np.maximum(made, 1e-3))
    return float(np.mean(np.abs(made - wanted)) / wanted.mean())


def _light_error(portrayal: Portrayal, truth: Float64) -> float:
    """Return the rms difference over normals to the viewer, as `benchmarks.light` does."""
    normals = np.random.default_rng(1).normal(size=(2000, 3))
    normals[:, 2] = np.abs(normals[:, 2])
    waves = basis(normals / np.linalg.norm(normals, axis=1, keepdims=True))
    made, wanted = (np.maximum(waves @ h @ LUMINANCE, 0.0)
                    for h in (portrayal.light.harmonics, truth))  # fmt: skip
    made = made * ((made @ wanted) / (made @ made))
    return float(np.sqrt(np.mean((made - wanted) ** 2)) / wanted.mean())


def of_stills(stills: list[Still], model: MorphableModel, detector: Any) -> list[list[Any]]:
    """Return by range of yaw: stills, dlib's, points' and whole inner error, all 68, pose."""
    groups: dict[str, list[list[float]]] = {}
    for number, still in enumerate(stills):
        if number % 10 == 0:
            LOG.info("stills: %d of %d", number, len(stills))
        frame, box = Frame(still.image, 0.0, 0), hog_box(still.points)
        alone = detector.detect(frame, box)
        before = fit_box(frame, model, detector, box)
        start = thread_time()
        portrayal = portray(frame, model, detector, box=box)
        seconds = thread_time() - start
        if alone is None or before is None or portrayal is None:
            continue
        points = [alone, *(_shown(model, fit) for fit in (before, portrayal.fit))]
        off = [errors(p, still.points) for p in points]
        name = "points alone" if still.pose is None else _range(abs(float(still.pose[1])))
        row = [100 * o[2] for o in off] + [100 * o[0] for o in off]
        row += [_pose_error(fit, still) for fit in (before, portrayal.fit)]
        quality = portrayal.quality
        row += [100 * quality["photometric_before"], 100 * quality["photometric"], seconds]
        groups.setdefault(name, []).append(row)
    return [[name, len(rows), *np.mean(rows, axis=0)] for name, rows in _with_sums(groups)]


def _with_sums(groups: dict[str, list[list[float]]]) -> list[tuple[str, list[list[float]]]]:
    """Return the groups by name, then that of which the goals tell."""
    to_30 = [row for name in groups for row in groups[name] if name in GOAL]
    return [*sorted(groups.items()), *([("aflw2000 yaw 0-30", to_30)] if to_30 else [])]


def _range(yaw: float) -> str:
    low, high = next((a, b) for a, b in pairwise(RANGES) if yaw < b)
    return f"aflw2000 yaw {low:.0f}-{high:.0f}"


def _shown(model: MorphableModel, fit: Fit) -> Float64:
    return project(fit.camera, fit.camera_from_head, fit_landmarks(model, fit))


def _pose_error(fit: Fit, still: Still) -> float:
    if still.pose is None:
        return float("nan")
    off = aflw_angles(fit.camera_from_head[:3, :3]) - still.pose
    return float(np.mean(np.abs((off + 180.0) % 360.0 - 180.0)))


STILLS = (
    "set", "stills", "inner: dlib %", "points %", "whole %", "all 68: dlib %", "points %",
    "whole %", "pose by points, deg", "pose, deg", "unexplained before %", "after %", "s",
)  # fmt: skip

NOTE = (
    "Face boxes are the true ones. Errors of points are shares of the box around the true ones; "
    "pose: mean absolute error of pitch, yaw and roll. s: processor time of one thread."
)

GOAL = ("aflw2000 yaw 0-15", "aflw2000 yaw 15-30")
LOG = logging.getLogger(__name__)


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--looks", type=int, default=2)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    model, detector = head.create(), plugins.create("detectors", "dlib68", landmarks=None)
    LOG.info("%d performers pose", PEOPLE)
    shown = takes(options.looks)
    rows = [
        ["told" if told else "found", *_mean(shown, model, detector, told=told)]
        for told in (True, False)
    ]
    print(Table("Portraits", ("focal length", *HEADS), rows, TOLD).markdown(), flush=True)
    if options.data:
        stills = of_stills(load(options.data / "stills"), model, detector)
        print(Table("Stills", STILLS, stills, NOTE).markdown(), flush=True)


def _mean(shown: list[Take], model: MorphableModel, detector: Any, *, told: bool) -> list[float]:
    """Return the means of `HEADS`, over the takes in which a face is found, and their number."""
    numbers = []
    for number, take in enumerate(shown):
        if number % 6 == 0:
            name = "told" if told else "found"
            LOG.info("focal length %s: %d of %d", name, number, len(shown))
        numbers.append(judged(model, detector, take, told=told))
    known = np.array([one for one in numbers if one is not None])
    return [len(known), *np.mean(known, axis=0)]


if __name__ == "__main__":
    main()
