"""Which face is which: where to look next, whether it is still a face, lost and found."""

from typing import Protocol

import numpy as np

from livemask.appearance import Appearance
from livemask.geometry import euler_angles
from livemask.morphable_model import MorphableModel
from livemask.records import Face, Fit, Float64, Frame
from livemask.region import Region

HOLD = 0.5
"""s: for so long a face that is not seen is held where it was."""

WORST_FIT, DOUBTFUL_FIT = 0.12, 0.07
"""Greatest rms residual of a face, and of one in doubt, in half heights of the face: beyond,
dlib's points are no face."""

LEAST_LIKENESS, SURE_LIKENESS = 0.35, 0.6
"""Of `Appearance`: below, it is not the face that was followed; above, it is beyond doubt."""

DOUBT, DOUBT_TURNED, VISIBLE_TURN = 0.3, 1.0, np.radians(30.0)
"""s for which a face in doubt is believed: one that the search's detector should see, and one
that is turned too far for it; rad from where on it is blind."""

LEAST_IN_VIEW = 0.55
"""Least share of the face's box within the picture."""

SMALLEST, FARTHEST_TURN, FARTHEST_TILT = 20.0, np.radians(80.0), np.radians(75.0)
"""px from brow to chin; rad of yaw, and of pitch and roll: beyond, it is no fit."""

LOOK_EVERY = 10
"""Frames between two looks of the search's detector at the face that is followed."""

STRAY = 0.08
"""A face that moved by this share of its box is looked at again where it now is."""


class Detector(Protocol):
    """The part of a detector that finds points."""

    def detect(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Return 68 points in a region (left, top, right, bottom), px."""


class Searcher(Protocol):
    """What finds a face: `Search` or `ThreadedSearch`."""

    def find(self, frame: Frame) -> Float64 | None:
        """Return the box (left, top, right, bottom) px of a face in the picture."""

    def look(self, frame: Frame, region: Float64) -> Float64 | None:
        """Return the box of the face in a region, px, if it is seen there."""


class Tracker:
    """Follows one face from frame to frame.

    `locate` finds the points of a frame; the caller fits them; `judge` says whether it is
    the face still. The region of the next frame comes from the last good, unsmoothed fit.

    Parameters
    ----------
    model : MorphableModel
    detector : Detector
    search : Searcher
        Asked where a face is while none is followed, and now and then where the one is.
    """

    def __init__(
        self,
        model: MorphableModel,
        detector: Detector,
        search: Searcher,
    ) -> None:
        frontal = model.landmark_model.mean[:68]
        self._region = Region(frontal)
        self._detector, self._search = detector, search
        self._appearance = Appearance(frontal)
        self._last: tuple[Fit, Float64] | None = None  # the last good fit and its landmarks
        self._seen = 0.0  # when that was
        self._id = 0
        self._frames = 0  # of the face that is followed
        self._sure = 0.0  # when it was last beyond doubt
        self._missed = False  # whether the frame before was none of it

    @property
    def following(self) -> bool:
        """Whether a face is followed, seen in this frame or held."""
        return self._last is not None

    def locate(self, frame: Frame) -> Face | None:
        """Return the face of this frame as detected, or None where there is none to see."""
        if self.following and frame.time - self._seen > HOLD:
            self._lose()
        face = self._follow(frame, *self._last) if self._last is not None else None
        face = face or self._acquire(frame)
        self._missed |= face is None
        return face

    def judge(self, frame: Frame, face: Face, fit: Fit) -> bool:
        """Tell whether `fit` of `face` is a face, and remember it if so."""
        new = face.id != self._id or not self.following
        good = self._fits(face, fit) and self._is_in_view(frame, fit)
        if good and new:
            self._meet(frame, face)
        good = good and self._is_believed(frame, face, fit)
        self._missed = not good
        if good:
            self._last = fit, face.landmarks
            self._seen = frame.time
        return good

    def _meet(self, frame: Frame, face: Face) -> None:
        """Remember a face that the search has found, and nothing of the one before."""
        self._appearance.forget()
        self._appearance.learn(frame.image, face.landmarks)
        self._region.forget()
        self._id, self._frames, self._sure, self._missed = face.id, 0, frame.time, False

    def _is_believed(self, frame: Frame, face: Face, fit: Fit) -> bool:
        """Whether it looks like the face that is followed, or the search's detector agrees.

        A face that looks less and less like itself is doubted. The detector may confirm it;
        it may not refute a face that is turned farther than it can see.
        """
        alike = self._appearance.likeness(frame.image, face.landmarks)
        doubted = alike < SURE_LIKENESS
        if (doubted or self._frames % LOOK_EVERY == 0) and self._glance(frame, fit):
            doubted = False
        self._frames += 1
        if not doubted:
            self._appearance.learn(frame.image, face.landmarks)
            self._sure = frame.time
        pitch, yaw, _ = euler_angles(fit.camera_from_head[:3, :3])
        patience = DOUBT if max(abs(yaw), abs(pitch)) < VISIBLE_TURN else DOUBT_TURNED
        # Whoever comes back must not be in doubt: a wall looks a little like any face.
        unlike = doubted and (self._missed or fit.residual > DOUBTFUL_FIT * self._height(face))
        return frame.time - self._sure <= patience and not unlike

    def _glance(self, frame: Frame, fit: Fit) -> bool:
        """Let the search's detector say where its box is; return whether it sees the face."""
        box = self._search.look(frame, self._region.of(fit))
        if box is not None:
            self._region.learn(fit, box)
        return box is not None

    @staticmethod
    def _height(face: Face) -> float:
        """Return a length of the face in the image, px, that no turn shortens: half its height."""
        return float(np.ptp(face.landmarks[:, 1])) / 2

    def _lose(self) -> None:
        self._last = None
        self._appearance.forget()
        self._id += 1

    def _follow(self, frame: Frame, fit: Fit, landmarks: Float64) -> Face | None:
        """Look where the face was; once more if it has moved on from there."""
        region, roll = self._region.of(fit), euler_angles(fit.camera_from_head[:3, :3])[2]
        points = self._detector.detect(frame, region, roll)
        if points is None or not _is_spread(points):
            return None
        moved = (points - landmarks).mean(axis=0)
        if np.linalg.norm(moved) > STRAY * (region[2] - region[0]):
            again = self._detector.detect(frame, region + np.tile(moved, 2), roll)
            points = points if again is None else again
        likeness = self._appearance.likeness(frame.image, points)
        return Face(self._id, points, likeness) if likeness > LEAST_LIKENESS else None

    def _acquire(self, frame: Frame) -> Face | None:
        """Search the picture. A face unlike the one that was followed is another one."""
        box = self._search.find(frame)
        points = None if box is None else self._detector.detect(frame, box)
        if points is None or not _is_spread(points):
            return None
        likeness = self._appearance.likeness(frame.image, points)
        same = not self.following or likeness > LEAST_LIKENESS
        return Face(self._id if same else self._id + 1, points, max(likeness, 0.5))

    def _fits(self, face: Face, fit: Fit) -> bool:
        """Whether the head model can be like these points, in a pose that can be."""
        pitch, yaw, roll = euler_angles(fit.camera_from_head[:3, :3])
        turned = abs(yaw) > FARTHEST_TURN or max(abs(pitch), abs(roll)) > FARTHEST_TILT
        in_front = np.isfinite(fit.camera_from_head).all() and fit.camera_from_head[2, 3] < 0
        height = self._height(face)
        return bool(
            in_front and not turned and height > SMALLEST / 2 and fit.residual < WORST_FIT * height
        )

    def _is_in_view(self, frame: Frame, fit: Fit) -> bool:
        """Whether enough of the face is within the picture."""
        left, top, right, bottom = self._region.of(fit)
        width, height = frame.size
        across = min(right, width) - max(left, 0.0)
        down = min(bottom, height) - max(top, 0.0)
        share = max(across, 0.0) * max(down, 0.0) / ((right - left) * (bottom - top))
        return bool(share > LEAST_IN_VIEW)


def _is_spread(points: Float64) -> bool:
    """Whether points can be fitted at all: finite, and not all in one place or line."""
    return bool(np.isfinite(points).all() and np.ptp(points, axis=0).min() > 4.0)
