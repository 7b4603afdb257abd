"""One face from frame to frame: where to look next, and whether it is still a face."""

from typing import Protocol

import numpy as np

from livemask.geometry import euler_angles, project, rotation_vector
from livemask.landmark_model import LandmarkModel
from livemask.records import Face, Fit, Float64, Frame
from livemask.tracking.appearance import Appearance
from livemask.tracking.region import Region, tilted

HOLD = 0.5
"""s: for so long a face that is not seen is held where it was."""

WORST_FIT, DOUBTFUL_FIT = 0.12, 0.07
"""Greatest rms residual of a face, and of one in doubt, in half heights of the face: beyond,
dlib's points are no face."""

LEAST_LIKENESS, SURE_LIKENESS = 0.35, 0.6
"""Of `Appearance`: below, it is not the face that was followed; above, it is beyond doubt.
Frames of one person are alike by 0.64 to 0.99, those of two by 0.24 to 0.55 (clips of three
people, turned by up to 30 degrees)."""

DOUBT, DOUBT_TURNED, VISIBLE_TURN = 0.3, 1.0, np.radians(30.0)
"""s for which a face in doubt is believed: one that the search's detector should see, and one
that is turned too far for it; rad from where on it is blind."""

LEAP = np.radians(30.0)
"""rad: a face that was seen until a moment ago is not turned by so much more. On the points of
a face that turns away the fit can flip over to the other side."""

LEAST_IN_VIEW = 0.55
"""Least share of the face's box within the picture."""

LEAVING = 0.85
"""A face that was last seen with less of its box within the picture has left it."""

SMALLEST, FARTHEST_TURN, FARTHEST_TILT = 20.0, np.radians(80.0), np.radians(75.0)
"""px from brow to chin; rad of yaw, and of pitch and roll: beyond, it is no fit."""

UNPROVEN = 2.5
"""s after which a face that the detector has not seen is doubted however like itself it is:
what is learnt from frame to frame creeps along from a face that leaves to the wall behind."""

LOOK_EVERY = 10
"""Frames between two looks of the search's detector at the face that is followed."""

STRAY = 0.08
"""A face that moved by this share of its box is looked at again where it now is."""

TURNED = np.radians(15.0)
"""rad of yaw: from here on points are looked for from about where they were. From those of a
face that looks ahead dlib's go astray: at 50-60 degrees by 28 % of the eye distance, not 3."""

MOVING, LAST = 0.03, 0.1
"""A face that moves by more than this share of its box a frame is looked for farther on; for so
long, s, what was seen of its movement says where."""


class Detector(Protocol):
    """The part of a detector that finds points."""

    def detect(
        self,
        frame: Frame,
        region: Float64,
        roll: float = 0.0,
        start: Float64 | None = None,
    ) -> Float64 | None:
        """Return 68 points in a region (left, top, right, bottom), px, sought from `start` on."""


class Looker(Protocol):
    """The part of a search that looks at one place."""

    def look(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Return the box of the face in a region, px, if it is seen there."""


class Track:
    """Follows one face. The region of the next frame comes from the last good, raw fit.

    Parameters
    ----------
    id : int
        The face's.
    rows : LandmarkModel
        The model's landmarks.
    detector : Detector
    search : Looker
        Asked now and then whether it sees the face too.

    Attributes
    ----------
    last : Fit or None
        The last good fit, unsmoothed.
    seen : float
        When that was, s.
    frames : int
        In how many frames it has been seen.
    chosen : bool
        Whether it is one of those that are asked for; the others are passers-by.
    is_replaced : bool
        Whether another face, or another scene, is now where it was.
    sought : (4, 2) float64 or None
        The corners of the box in which its points were looked for last, px.
    """

    def __init__(self, id: int, rows: LandmarkModel, detector: Detector, search: Looker) -> None:  # noqa: A002
        self.id, self.seen, self.frames = id, 0.0, 0
        self.last: Fit | None = None
        self.chosen = self.is_replaced = False
        self.sought: Float64 | None = None
        self._detector, self._search = detector, search
        self._rows, self._region = rows, Region(rows.mean[:68])
        self._appearance = Appearance(rows.mean[:68])
        self._proof = 0.0  # when the detector last saw it too
        self._points = np.empty((68, 2))  # of the last good frame
        self._speed = np.zeros(2)  # of their middle then, px/s
        self._view = 0.0  # share of its box within the picture then
        self._sure = 0.0  # when it was last beyond doubt
        self._missed = False  # whether the frame before was none of it
        self._followed = False  # whether its points come from where it was, not from a search
        self._leapt = False  # whether it would have been turned too far from one to the next

    def is_held(self, time: float) -> bool:
        """Whether it is seen, or was until a moment ago."""
        return self.last is not None and time - self.seen <= HOLD

    @property
    def has_left(self) -> bool:
        """Whether it was on its way out of the picture when it was last seen."""
        return self._view < LEAVING

    def region(self) -> Float64:
        """Return where the face was last seen: left, top, right, bottom, px."""
        assert self.last is not None  # noqa: S101 - for mypy
        return self._region.of(self.last)

    def likeness(self, frame: Frame, points: Float64) -> float:
        """Return how like this face the one at `points` (68, 2) px is, -1 to 1."""
        return self._appearance.likeness(frame.image, points)

    def follow(self, frame: Frame) -> Face | None:
        """Look where the face was; once more if it has moved on from there.

        After a leap it is for the search to say where the face is, from its own box.
        """
        assert self.last is not None  # noqa: S101 - for mypy
        leapt, self._leapt = self._leapt, False
        if leapt:
            self._missed = True
            return None
        region = self.region()
        ahead = self._ahead(frame.time, float(region[2] - region[0]))
        points = self._look(frame, region, ahead)
        if points is None or not is_spread(points):
            self._missed = True
            return None
        moved = (points - self._points).mean(axis=0)
        if np.linalg.norm(moved - ahead) > STRAY * (region[2] - region[0]):
            again = self._look(frame, region, moved)
            points = points if again is None else again
        likeness = self.likeness(frame, points)
        self._missed |= likeness <= LEAST_LIKENESS
        self._followed = likeness > LEAST_LIKENESS
        return Face(self.id, points, likeness) if likeness > LEAST_LIKENESS else None

    def _ahead(self, time: float, side: float) -> Float64:
        """Return by how much the face has moved on if it moves as it did, (2,) px."""
        passed = time - self.seen
        moved = self._speed * passed
        return moved if passed < LAST and np.linalg.norm(moved) > MOVING * side else np.zeros(2)

    def _look(self, frame: Frame, region: Float64, ahead: Float64) -> Float64 | None:
        """Return the points of the face if it is `ahead` (2,) px of where it was."""
        assert self.last is not None  # noqa: S101 - for mypy
        last, pose = self.last, self.last.camera_from_head
        _, yaw, roll = euler_angles(pose[:3, :3])
        region = region + np.tile(ahead, 2)
        self.sought = tilted(region, roll)
        if abs(yaw) < TURNED:
            return self._detector.detect(frame, region, roll)
        head = self._rows.landmarks(last.identity, last.expression, pose[:3, :3])
        return self._detector.detect(frame, region, roll, project(last.camera, pose, head) + ahead)

    def miss(self) -> None:
        """Note that it was not seen in this frame."""
        self._missed = True

    def let_go(self) -> None:
        """Hold it no longer, nor wait for it: only a search can bring it back."""
        self.seen -= HOLD + 1e-3
        self._view, self.is_replaced = 0.0, True

    def judge(self, frame: Frame, face: Face, fit: Fit) -> bool:
        """Tell whether `fit` of `face` is a face, and remember it if so."""
        good = can_be(face, fit)
        share = self._share_in_view(frame, fit) if good else 0.0
        good = share > LEAST_IN_VIEW
        if good and not self.is_held(frame.time):
            good = self._meet(frame, face, fit)
        elif good and self._followed and self._leaps(fit):
            good, self._leapt = False, True
        self._followed = False
        good = good and self._is_believed(frame, face, fit)
        self._missed = not good
        if good:
            self._speed, self.is_replaced = self._moved(frame, face), False
            self.last, self._points, self._view = fit, face.landmarks, share
            self.seen = frame.time
            self.frames += 1
        return good

    def _moved(self, frame: Frame, face: Face) -> Float64:
        """Return how fast the face moved since it was last seen, (2,) px/s."""
        passed = frame.time - self.seen
        if self.last is None or not 0.0 < passed < LAST:
            return np.zeros(2)
        return np.asarray((face.landmarks - self._points).mean(axis=0) / passed)

    def _leaps(self, fit: Fit) -> bool:
        """Whether a head would have turned too far since it was last seen."""
        assert self.last is not None  # noqa: S101 - for mypy
        turned = self.last.camera_from_head[:3, :3].T @ fit.camera_from_head[:3, :3]
        return float(np.linalg.norm(rotation_vector(turned))) > LEAP

    def _meet(self, frame: Frame, face: Face, fit: Fit) -> bool:
        """Take a face that the search has found, if a closer look sees it too.

        What is known of its looks stays.
        """
        self._region.forget()
        if not self._glance(frame, fit):
            return False
        if self.last is None:
            self._appearance.learn(frame.image, face.landmarks)
        self._sure, self._missed = frame.time, False
        return True

    def _is_believed(self, frame: Frame, face: Face, fit: Fit) -> bool:
        """Whether it looks like the face that is followed, or the search's detector agrees.

        A face that looks less and less like itself is doubted. The detector may confirm it;
        it may not refute a face that is turned farther than it can see.
        """
        doubted = self.likeness(frame, face.landmarks) < SURE_LIKENESS
        # At once, and then not at all faces in the same frame: hence the id.
        due = self.frames == 0 or (self.frames + 3 * self.id) % LOOK_EVERY == 0
        doubted |= frame.time - self._proof > UNPROVEN
        if (doubted or due) and self._glance(frame, fit):
            doubted = False
        if not doubted:
            self._appearance.learn(frame.image, face.landmarks)
            self._sure = frame.time
        pitch, yaw, _ = euler_angles(fit.camera_from_head[:3, :3])
        patience = DOUBT if max(abs(yaw), abs(pitch)) < VISIBLE_TURN else DOUBT_TURNED
        # Whoever comes back must not be in doubt: a wall looks a little like any face.
        unlike = doubted and (self._missed or fit.residual > DOUBTFUL_FIT * half_height(face))
        return frame.time - self._sure <= patience and not unlike

    def _glance(self, frame: Frame, fit: Fit) -> bool:
        """Let the search's detector say where its box is; return whether it sees the face."""
        roll = euler_angles(fit.camera_from_head[:3, :3])[2]
        box = self._search.look(frame, self._region.of(fit), roll)
        if box is not None:
            self._region.learn(fit, box)
            self._proof = frame.time
        return box is not None

    def _share_in_view(self, frame: Frame, fit: Fit) -> float:
        """Return the share of the face's box that is within the picture."""
        left, top, right, bottom = self._region.of(fit)
        width, height = frame.size
        across = min(right, width) - max(left, 0.0)
        down = min(bottom, height) - max(top, 0.0)
        return float(max(across, 0.0) * max(down, 0.0) / ((right - left) * (bottom - top)))


def half_height(face: Face) -> float:
    """Return a length of the face in the image, px, that no turn shortens: half its height."""
    return float(np.ptp(face.landmarks[:, 1])) / 2


def is_spread(points: Float64) -> bool:
    """Whether points can be fitted at all: finite, and not all in one place or line."""
    return bool(np.isfinite(points).all() and np.ptp(points, axis=0).min() > 4.0)


def can_be(face: Face, fit: Fit) -> bool:
    """Whether the head model can be like these points, in a pose that can be."""
    pitch, yaw, roll = euler_angles(fit.camera_from_head[:3, :3])
    turned = abs(yaw) > FARTHEST_TURN or max(abs(pitch), abs(roll)) > FARTHEST_TILT
    in_front = np.isfinite(fit.camera_from_head).all() and fit.camera_from_head[2, 3] < 0
    height = half_height(face)
    return bool(
        in_front and not turned and height > SMALLEST / 2 and fit.residual < WORST_FIT * height
    )
