"""Glimpses: who is seen when in a film, and how well, so that good pictures can be chosen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from livemask.fitting.fitter import Fitter
from livemask.geometry import euler_angles
from livemask.morphable_model import MorphableModel
from livemask.people import FOLLOWED, People
from livemask.records import Camera, Face, Fit, Float64, Frame
from livemask.tracking.searching import Search
from livemask.tracking.track import half_height
from livemask.tracking.tracker import FORGET, Tracker

EVERY = 0.1
"""s between two frames that are looked at: those between show hardly anything else."""

SIDE = 128
"""px: faces are brought to this size, so that their sharpness can be compared."""

LEAST = 5
"""Looks in which a person must be seen; fewer are nobody, unless there is nobody else."""


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """A person in a frame of a film.

    Attributes
    ----------
    index : int
        Of the frame.
    time : float
        s.
    box : (4,) float64
        Of the face, px, as the detector gives them.
    angles : (2,) float64
        Pitch and yaw, rad.
    off : float
        How badly the points were fitted: rms residual in half heights of the face.
    sharpness : float
        Contrast of the face's fine detail, a share of all its contrast.
    likeness : float
        To how the person has looked so far, see `Appearance`: less behind a hand.
    """

    index: int
    time: float
    box: Float64
    angles: Float64
    off: float
    sharpness: float
    likeness: float


Watch = Callable[[int], object]
"""Told how many frames have been read."""


def glimpses(
    frames: Iterator[Frame],
    camera: Camera,
    model: MorphableModel,
    detector: Any,
    watch: Watch = lambda _: None,
) -> list[list[Glimpse]]:
    """Follow everybody through a film; return what was seen of each, who was seen longest first.

    Somebody who is gone for longer than the tracker remembers them is somebody else.
    """
    following = _Following(camera, model, detector)
    for frame in frames:
        following.see(frame)
        watch(frame.index + 1)
    people = sorted(following.people, key=len, reverse=True)
    return [seen for seen in people if len(seen) >= LEAST] or people[:1]


class _Following:
    """The tracking of a film, and what it has seen of whom."""

    def __init__(self, camera: Camera, model: MorphableModel, detector: Any) -> None:
        self.people: list[list[Glimpse]] = []
        people = People(most=FOLLOWED)
        self._tracker = Tracker(model, detector, Search(detector), people)
        self._fitter = Fitter(model, camera)
        self._now: dict[int, list[Glimpse]] = {}
        self._looked = -np.inf

    def see(self, frame: Frame) -> None:
        """Look at the next frame, if it is time to."""
        if 0.0 <= frame.time - self._looked < EVERY - 1e-3:
            return
        self._looked = frame.time
        for face in self._tracker.locate(frame):
            if self._is_new(face.id, frame.time):
                self._fitter.forget(face.id)
                self._now[face.id] = []
            fit = self._fitter.fit(face, frame.time)
            if self._tracker.judge(frame, face, fit):
                self._note(frame, face, fit)

    def _is_new(self, face: int, time: float) -> bool:
        seen = self._now.get(face)
        return not seen or time - seen[-1].time > FORGET

    def _note(self, frame: Frame, face: Face, fit: Fit) -> None:
        track = next(track for track in self._tracker.tracks if track.id == face.id)
        seen, box = self._now[face.id], track.region()
        if not seen:
            self.people.append(seen)
        pitch, yaw, _ = euler_angles(fit.camera_from_head[:3, :3])
        off, sharp = fit.residual / half_height(face), sharpness(frame, face.landmarks)
        angles, like = np.array([pitch, yaw]), face.confidence
        seen.append(Glimpse(frame.index, frame.time, box, angles, off, sharp, like))


def sharpness(frame: Frame, points: Float64) -> float:
    """Return how much fine detail the face at `points` (68, 2) px has, 0 if it is not there.

    The variance of the Laplacian (Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield
    microscopy") of the face at a common size, a share of its grey values' variance.
    """
    low = np.maximum(np.floor(points[17:].min(axis=0)), 0).astype(int)
    high = np.maximum(np.ceil(points[17:].max(axis=0)) + 1, 0).astype(int)
    part = frame.image[low[1] : high[1], low[0] : high[0]]
    if min(part.shape[:2]) < 2:
        return 0.0
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2GRAY)
    way = cv2.INTER_AREA if max(grey.shape) > SIDE else cv2.INTER_LINEAR
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=way).astype(np.float32)
    return float(cv2.Laplacian(small, cv2.CV_32F).var() / max(float(small.var()), 1.0))
