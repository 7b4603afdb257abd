"""livemask as a contender: the whole track stage, and the bare chain within it."""

import time
from dataclasses import replace

import numpy as np

from benchmarks.speed.clock import SETTLING, Stopwatch, Times
from benchmarks.speed.film import RATE, camera_of
from livemask.detectors import dlib68
from livemask.fitting.fitter import Fitter
from livemask.geometry import euler_angles
from livemask.morphable_model import MorphableModel
from livemask.people import People
from livemask.records import Camera, Face, Fit, Frame
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.tracking.manner import Manner
from livemask.tracking.region import Region
from livemask.tracking.smoothing import Smoother
from livemask.wardrobe import Wardrobe


def stage_of(
    model: MorphableModel,
    camera: Camera,
    statistics: Statistics,
    mask: str = "textured",
    faces: int = 1,
    live: bool = False,
    manner: Manner | None = None,
) -> TrackStage:
    """Return a track stage that has been warmed up."""
    stage = TrackStage(
        model,
        dlib68.create(),
        camera,
        Wardrobe.of([mask], faces),
        statistics,
        people=People(most=faces),
        manner=manner,
        live=live,
    )
    stage.warm_up()
    return stage


class Chain:
    """Landmarks, fit, smoothing, mesh and normals of one face, and nothing else.

    Nobody asks whether it is still a face; the picture is searched only for the first frame.
    `mesh` is the part of `model` that is made into a mesh.
    """

    def __init__(self, model: MorphableModel, camera: Camera, mesh: MorphableModel) -> None:
        self._mesh, self._detector = mesh, dlib68.create()
        self._region = Region(model.landmark_model.mean[:68])
        self._fitter, self._smoother = Fitter(model, camera), Smoother()
        self._fitter.warm_up()
        mesh.warm_up()
        self._last: Fit | None = None

    def __call__(self, frame: Frame) -> None:
        """Do one frame."""
        if self._last is None:
            region, roll = np.array(self._detector.find(frame.image)[0][:4]), 0.0
        else:
            region = self._region.of(self._last)
            roll = euler_angles(self._last.camera_from_head[:3, :3])[2]
        points = self._detector.detect(frame, region, roll)
        assert points is not None
        self._last = self._fitter.fit(Face(0, points, 1.0))
        smooth = self._smoother.smooth(self._last, frame.time)
        self._mesh.normals(self._mesh.vertices(smooth.identity, smooth.expression))


def watch(
    frames: list[Frame], model: MorphableModel, mask: str = "textured", faces: int = 1
) -> tuple[dict[str, Times], float]:
    """Track `frames` as from a camera: the times of the stages, and how many faces were seen.

    Frames come as fast as they are done, but as from a camera while nobody is found. The times
    are of the thread that tracks.
    """
    stopwatch = Stopwatch()
    stage = stage_of(model, camera_of(frames), stopwatch, mask, faces, live=True)
    started, seen, counted = time.perf_counter(), 0, 0
    for number, frame in enumerate(frames):
        if number == int(SETTLING * len(frames)):
            stopwatch.times.clear()
            seen = counted = 0
        with stopwatch.timed("track, in all"):
            scene = stage(replace(frame, time=time.perf_counter() - started))
        if not scene.fits:
            time.sleep(1.0 / RATE)
        seen, counted = seen + len(scene.fits), counted + 1
    stage.close()
    return stopwatch.times, seen / counted
