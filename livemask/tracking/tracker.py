"""Which face is which: found, followed, kept apart where they cross, lost, and found again."""

from collections.abc import Iterable
from typing import Protocol

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.people import People
from livemask.records import Face, Fit, Float64, Frame
from livemask.tracking.apart import SAME, are_one, kept_apart
from livemask.tracking.scene_cut import SceneCut
from livemask.tracking.suspects import Suspects
from livemask.tracking.track import SURE_LIKENESS, Detector, Track, can_be, is_spread

WAIT, WAIT_CAREFULLY = 2.0, 30.0
"""s for which the place of a lost face is kept, in case it is still there unseen: usually, and
if it must not be seen bare."""

FORGET = 5.0
"""s after which a lost face is forgotten, and its number is given anew."""

LEAST_SEEN = 10
"""Frames: what has been seen less often was no face, or nobody to wait for."""

ROOM_EVERY, ROOM_CAREFULLY, MISSED_EVERY = 0.5, 0.2, 0.12
"""s between two searches while a face is followed: for more faces, usually and if they must not
be seen bare, and for one that is missed. While none is followed, every frame is searched."""

PLACE = 0.7
"""Whoever is found nearer than this share of a face to where a lost one was has taken its place."""


class Searcher(Protocol):
    """What finds faces: `Search` or `ThreadedSearch`.

    Attributes
    ----------
    careful : bool
        Whether tilted heads are looked for as well.
    """

    careful: bool

    def find(self, frame: Frame, known: int = 0) -> list[Float64] | None:
        """Return boxes (left, top, right, bottom) px, and roll; None: no answer yet."""

    def look(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Return the box of the face in a region, px, if it is seen there."""


class Tracker:
    """Follows faces from frame to frame, each under a number of its own.

    `locate` finds the points of a frame; the caller fits them; `judge` says of each whether
    it is that face. A number is the lowest that nobody has; it stays with the person while
    they cross another, and when they are found again within `FORGET`.

    Parameters
    ----------
    model : MorphableModel
    detector : Detector
    search : Searcher
    people : People

    Attributes
    ----------
    tracks : list of Track
        The faces that are held, and those that are lost but not forgotten.
    careful : bool
        Whether chosen faces must not be seen bare: they are waited for longer, and looked for
        more often. May be changed.
    suspects : Suspects
        Where somebody may be who is not followed; only kept if `careful` about several.
    """

    def __init__(
        self,
        model: MorphableModel,
        detector: Detector,
        search: Searcher,
        people: People | None = None,
    ) -> None:
        self._rows = model.landmark_model
        self._detector, self._search = detector, search
        self._people = people or People()
        self._cut = SceneCut()
        self._searched = -np.inf  # when the last search was answered, s
        self.careful, self.suspects = False, Suspects()
        self.tracks: list[Track] = []

    def locate(self, frame: Frame) -> tuple[Face, ...]:
        """Return the faces of this frame as detected."""
        self._forget(frame.time)
        if self._cut.between(frame.image):  # whatever is where a face was, it is not that face
            self.suspects = Suspects()
            for track in self.tracks:
                track.let_go()
        held = self.held(frame.time)
        faces = kept_apart([face for track in held if (face := track.follow(frame)) is not None])
        for track in _others(held, faces):
            track.miss()
        return (*faces, *self._found(frame, faces))

    def judge(self, frame: Frame, face: Face, fit: Fit) -> bool:
        """Tell whether `fit` of `face` is that face, and remember it if so."""
        track = next(track for track in self.tracks if track.id == face.id)
        is_new = track.last is None
        good = track.judge(frame, face, fit)
        if good and is_new:
            # Only now: what a search takes for a face may be the profile of who was there before.
            for other in self._replaced(face.landmarks, frame.time):
                other.let_go()
        if track.last is None:
            self.tracks.remove(track)
            if self._is_wary and can_be(face, fit):
                self.suspects.add(fit, frame.time)
        elif good and not track.chosen:
            track.chosen = len(self._sitting(frame.time)) < self._people.most
        return good

    def mind(self, people: People) -> None:
        """Follow other people from now on; between two frames."""
        self._people = people
        self._leave_seats(people.most)
        if not people.follows_rest:
            newest = max((track.seen for track in self.tracks), default=0.0)
            self.tracks = [t for t in self.tracks if t.chosen or t.seen < newest]

    def choose(self, face: int) -> None:
        """Make this face a chosen one; who was followed the shortest makes room. Between frames."""
        wanted = [track for track in self.tracks if track.id == face and not track.chosen]
        if wanted:
            self._leave_seats(self._people.most - 1)
            wanted[0].chosen = True

    def _leave_seats(self, seats: int) -> None:
        """Let no more than so many faces stay chosen: those that are there, and for longest."""
        chosen = sorted((t for t in self.tracks if t.chosen), key=lambda t: (-t.seen, -t.frames))
        for track in chosen[seats:]:
            track.chosen = False

    def held(self, time: float) -> list[Track]:
        """Return the faces that are there, seen now or until a moment ago."""
        return [track for track in self.tracks if track.is_held(time)]

    def missed(self, time: float) -> list[Track]:
        """Return the lost faces that may still be in the picture, where nobody sees them.

        Who left by its border is not waited for, nor one whose place another has taken.
        """
        return [
            track
            for track in self.tracks
            if not track.is_held(time)
            and time - track.seen <= self._patience(track)
            and track.frames >= LEAST_SEEN
            and not track.has_left
        ]

    def gone(self, time: float) -> list[Track]:
        """Return the faces that are not waited for but were there a moment ago.

        They left by the border, or were hardly seen, or are passers-by who are lost for longer.
        """
        waited = {track.id for track in self.held(time) + self.missed(time)}
        return [t for t in self.tracks if t.id not in waited and t.last and not t.is_replaced]

    @property
    def _is_wary(self) -> bool:
        """Whether somebody may be there besides those who are followed, and not be seen bare."""
        return self.careful and self._people.followed > 1

    def _patience(self, track: Track) -> float:
        return WAIT_CAREFULLY if self.careful and track.chosen else WAIT

    def _sitting(self, time: float) -> list[Track]:
        """Return the chosen faces whose places are not to be given to others."""
        locked = self._people.choice == "locked"
        waited = {track.id for track in self.held(time) + self.missed(time)}
        return [t for t in self.tracks if t.chosen and (locked or t.id in waited)]

    def _forget(self, time: float) -> None:
        """Drop the faces that have been lost for long."""
        sitting = {track.id for track in self._sitting(time)}
        for track in self.tracks:
            track.chosen = track.id in sitting
        self.tracks = [t for t in self.tracks if t.chosen or time - t.seen <= FORGET]

    def _found(self, frame: Frame, faces: list[Face]) -> list[Face]:
        """Search the picture if it is time to, and return the faces that were not known."""
        if not self._is_time_to_search(frame.time, faces):
            return []
        self._search.careful = self._is_wary
        boxes = self._search.find(frame, len(faces))
        if boxes is None:
            return []
        self._searched = frame.time
        found = self._new_points(frame, faces, boxes)
        again = self._recognised(frame, faces, found)
        return again + self._strangers(frame, faces + again, found)

    def _is_time_to_search(self, time: float, faces: list[Face]) -> bool:
        """Tell whether somebody may be there who is not followed."""
        passed = time - self._searched
        if not faces or passed < 0.0:
            return True
        room = self._room(time) > 0
        missing = self._expected(time, faces)
        every = ROOM_CAREFULLY if self.careful else ROOM_EVERY
        return (bool(missing) and passed >= MISSED_EVERY) or (room and passed >= every)

    def _room(self, time: float) -> int:
        """Return how many more faces can be followed; nobody is who could not be chosen."""
        taken = {track.id for track in self.held(time) + self._sitting(time)}
        return self._people.followed - len(taken)

    def _new_points(self, frame: Frame, faces: list[Face], boxes: list[Float64]) -> list[Float64]:
        """Return the points in boxes that hold none of `faces`, by the order of choice."""
        known = [face.landmarks for face in faces]
        found: list[Float64] = []
        for box in sorted(boxes, key=lambda box: self._rank(box, frame)):
            roll = float(box[4]) if len(box) > 4 else 0.0
            points = self._detector.detect(frame, box[:4], roll)
            if points is None or not is_spread(points):
                continue
            if not any(are_one(points, other) for other in known + found):
                found.append(points)
        return found

    def _rank(self, box: Float64, frame: Frame) -> float:
        """Return how far down the order of choice a box stands."""
        if self._people.choice == "central":
            middle = 0.5 * np.array(frame.size)
            return float(np.linalg.norm(0.5 * (box[:2] + box[2:4]) - middle))
        return float(box[0] - box[2])

    def _recognised(self, frame: Frame, faces: list[Face], found: list[Float64]) -> list[Face]:
        """Return the known faces among `found`, which they leave; the likest pair first."""
        pairs = [
            (track.likeness(frame, points), track, at)
            for track in self._expected(frame.time, faces)
            for at, points in enumerate(found)
        ]
        named: dict[int, Face] = {}
        for likeness, track, at in sorted(pairs, key=lambda pair: -pair[0]):
            known = at in named or track.id in {face.id for face in named.values()}
            if not known and likeness > SURE_LIKENESS:  # two people may be alike by 0.55
                named[at] = Face(track.id, found[at], likeness)
        found[:] = [points for at, points in enumerate(found) if at not in named]
        return list(named.values())

    def _expected(self, time: float, faces: list[Face]) -> list[Track]:
        """Return the tracks that a face which was found may belong to."""
        missing = _others(self.tracks, faces)
        if self._room(time) > 0:
            return missing
        sitting = {track.id for track in self._sitting(time)}
        return [track for track in missing if track.is_held(time) or track.id in sitting]

    def _strangers(self, frame: Frame, faces: list[Face], found: list[Float64]) -> list[Face]:
        """Return the points in `found` as new faces, as far as there is room."""
        new: list[Face] = []
        for points in found:
            freed = _others(self._replaced(points, frame.time), faces)
            if self._room(frame.time) + len(freed) > len(new):
                new.append(self._welcome(points))
        return new

    def _replaced(self, points: Float64, time: float) -> list[Track]:
        """Return the faces that were, until a moment ago, where points of another one are now."""
        held = [t for t in self.held(time) if t.seen != time and _is_at(points, t, SAME)]
        return held + [t for t in self.missed(time) if _is_at(points, t, PLACE)]

    def _welcome(self, points: Float64) -> Face:
        taken = {track.id for track in self.tracks}
        number = next(i for i in range(len(taken) + 1) if i not in taken)
        self.tracks.append(Track(number, self._rows, self._detector, self._search))
        return Face(number, points, 1.0)


def _others(tracks: Iterable[Track], faces: Iterable[Face]) -> list[Track]:
    """Return the tracks whose face is not among `faces`."""
    seen = {face.id for face in faces}
    return [track for track in tracks if track.id not in seen]


def _is_at(points: Float64, track: Track, near: float) -> bool:
    """Whether points lie where a face was last seen, within the share `near` of it."""
    region = track.region()
    middle = 0.5 * (region[:2] + region[2:])
    apart = float(np.linalg.norm(points[17:].mean(axis=0) - middle))
    return apart < near * float(region[2] - region[0])
