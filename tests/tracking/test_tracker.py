"""Several faces in a drawn room, seen by a detector that knows where each of them is."""

from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from livemask.geometry import rigid
from livemask.people import People
from livemask.records import Fit, Frame, State
from livemask.tracking.track import HOLD
from livemask.tracking.tracker import FORGET, WAIT, Tracker
from tests.heads import CAMERA, seen_landmarks, shipped
from tests.tracking.test_appearance import drawn

STEP = 1.0 / 30.0
SIDE = 200  # of what is drawn of a face, px
DISTANCE = -1500.0  # mm; a face is then some 120 px wide


@dataclass
class Actor:
    """Somebody at `x`, `y` px from the middle of the picture."""

    looks: int
    x: float
    y: float = 0.0
    here: bool = True
    frontal: bool = True  # whether the search's detector sees the face

    @property
    def pose(self):
        scale = -DISTANCE / CAMERA.focal
        return rigid(np.eye(3), np.array([self.x * scale, -self.y * scale, DISTANCE]))

    @property
    def points(self):
        return seen_landmarks(shipped(), CAMERA, self.pose, np.zeros(80), np.zeros(52))

    @property
    def centre(self):
        return self.points[17:].mean(axis=0)


def patch(looks):
    """Return a picture (SIDE, SIDE, 3) that is like no other one's."""
    rng = np.random.default_rng(100 + looks)
    coarse = rng.integers(0, 255, (8, 8)).astype(np.uint8)
    return np.repeat(cv2.resize(coarse, (SIDE, SIDE))[..., None], 3, axis=2)


ROOM = np.ascontiguousarray(np.pad(drawn(40), ((120, 120), (320, 320), (0, 0)), "reflect"))
PATCHES = {looks: patch(looks) for looks in range(5)}


class Stage:
    """The room, its actors (later ones in front), and the tracker that watches them."""

    def __init__(self, *actors, people=None):
        self.actors, self.index, self.searches = list(actors), 0, 0
        self.room = ROOM
        self.tracker = Tracker(shipped(), self, self, people)

    # What the tracker asks

    def find(self, frame, known=0):
        self.searches += 1
        seen = [a for a in self.actors if a.here and a.frontal and not self._is_covered(a)]
        return [np.concatenate([a.centre - 60, a.centre + 60]) for a in seen]

    def look(self, frame, region, roll=0.0):
        middle = 0.5 * (region[:2] + region[2:])
        near = [a for a in self.actors if a.here and np.linalg.norm(a.centre - middle) < 70]
        return region if near and near[-1].frontal else None

    def detect(self, frame, region, roll=0.0, start=None):
        """See the front-most face near the region."""
        middle = 0.5 * (region[:2] + region[2:])
        near = [a for a in self.actors if a.here and np.linalg.norm(a.centre - middle) < 70]
        return near[-1].points if near else None

    def _is_covered(self, actor):
        later = self.actors[self.actors.index(actor) + 1 :]
        return any(a.here and np.linalg.norm(a.centre - actor.centre) < SIDE for a in later)

    # What the test asks

    def picture(self):
        image = self.room.copy()
        for actor in self.actors:
            if actor.here:
                image = paste(image, PATCHES[actor.looks], actor.centre)
        return image

    def step(self, frames=1):
        """Return the actor at each number that is tracked in the last of some frames."""
        for _ in range(frames):
            self.index += 1
            frame = Frame(self.picture(), self.index * STEP, self.index)
            seen = {}
            for face in self.tracker.locate(frame):
                at = face.landmarks[17:].mean(axis=0)
                actor = min(
                    self.actors[::-1],  # the front one first
                    key=lambda a: (not a.here, round(float(np.linalg.norm(a.centre - at)))),
                )
                pose = actor.pose
                fit = Fit(face.id, CAMERA, pose, np.zeros(80), np.zeros(52), 1.0, 1.0,
                          State.TRACKED)  # fmt: skip
                if self.tracker.judge(frame, face, fit):
                    seen[face.id] = self.actors.index(actor)
        return seen

    @property
    def time(self):
        return self.index * STEP

    @property
    def chosen(self):
        return [t.id for t in self.tracker.held(self.time) if t.chosen]

    def missed(self):
        return [t.id for t in self.tracker.missed(self.time)]


def paste(image, part, centre):
    """Lay `part` into `image` about `centre` (x, y), as far as it is inside."""
    height, width = part.shape[:2]
    left, top = (round(float(v)) for v in centre - (width / 2, height / 2))
    rows, columns = slice(max(top, 0), top + height), slice(max(left, 0), left + width)
    if rows.stop <= 0 or columns.stop <= 0:
        return image
    part = part[rows.start - top :, columns.start - left :]
    room = image[rows, columns]
    image[rows, columns] = part[: room.shape[0], : room.shape[1]]
    return image


def two(**people):
    return Stage(Actor(1, -220), Actor(2, 220), people=People(most=2, **people))


def move(stage, actor, x, frames):
    """Let an actor walk to `x`; return what is tracked in each frame."""
    seen = []
    for place in np.linspace(actor.x, x, frames + 1)[1:]:
        actor.x = place
        seen.append(stage.step())
    return seen


def test_only_as_many_faces_as_asked_for_are_followed():
    stage = Stage(Actor(1, -220), Actor(2, 220))
    assert stage.step(30) == {0: 0}


def test_two_faces_get_two_numbers():
    stage = two()
    assert stage.step(30) == {0: 0, 1: 1}


def test_a_face_that_comes_later_is_found_though_another_is_followed():
    stage = two()
    stage.actors[1].here = False
    assert stage.step(10) == {0: 0}
    stage.actors[1].here = True
    assert stage.step(30) == {0: 0, 1: 1}


def test_while_all_wanted_faces_are_seen_nothing_is_searched():
    stage = two()
    stage.step(2)
    searches = stage.searches
    stage.step(90)
    assert stage.searches == searches


def test_while_there_is_room_a_search_comes_twice_a_second():
    stage = two()
    stage.actors[1].here = False
    stage.step(2)
    searches = stage.searches
    stage.step(90)
    assert 5 <= stage.searches - searches <= 7


def test_numbers_stay_with_their_faces_when_one_passes_behind_the_other():
    stage = two()
    behind, front = stage.actors
    stage.step(20)
    for seen in move(stage, behind, 500, 60):
        assert all(stage.actors[who] is stage.actors[number] for number, who in seen.items())
    assert stage.step(15) == {0: 0, 1: 1}
    assert behind.x > front.x


def test_numbers_stay_when_the_front_one_walks_before_the_other_and_back():
    stage = two()
    _, front = stage.actors
    stage.step(20)
    for goal in (-420, 300):
        for seen in move(stage, front, goal, 40):
            assert all(who == number for number, who in seen.items())
    assert stage.step(15) == {0: 0, 1: 1}


def test_two_tracks_never_sit_on_one_face():
    stage = two()
    behind, _ = stage.actors
    stage.step(20)
    for seen in move(stage, behind, 220, 30):
        assert len(set(seen.values())) == len(seen)
    assert stage.step() == {1: 1}


@pytest.mark.parametrize("seconds", [0.3, 1.5, 4.0])
def test_who_is_found_again_after_a_loss_has_the_same_number(seconds):
    stage = two()
    stage.step(20)
    stage.actors[0].here = False
    assert stage.step(int(seconds / STEP)) == {1: 1}
    stage.actors[0].here = True
    assert stage.step(20) == {0: 0, 1: 1}


def test_both_lost_and_back_in_each_others_places_keep_their_numbers():
    stage = two()
    stage.step(20)
    for actor in stage.actors:
        actor.here = False
    stage.step(45)
    for actor in stage.actors:
        actor.here, actor.x = True, -actor.x
    assert stage.step(20) == {0: 0, 1: 1}


def test_after_a_while_a_lost_face_is_forgotten():
    stage = two()
    stage.step(20)
    stage.actors[0].here = False
    stage.step(int((FORGET + 0.5) / STEP))
    assert [track.id for track in stage.tracker.tracks] == [1]


def test_somebody_new_gets_the_number_of_nobody_who_is_remembered():
    stage = two()
    stage.step(20)
    stage.actors[0].here = False
    stage.step(int((WAIT + 0.5) / STEP))
    stage.actors.append(Actor(3, 0))
    assert stage.step(30) == {1: 1, 2: 2}


def test_a_face_that_is_lost_is_waited_for():
    stage = two()
    stage.step(20)
    stage.actors[0].here = False
    stage.step(int(HOLD / STEP) - 2)
    assert stage.missed() == []  # held
    stage.step(4)
    assert stage.missed() == [0]
    stage.step(int(WAIT / STEP))
    assert stage.missed() == []


def test_the_place_of_a_face_that_is_waited_for_is_not_given_away():
    stage = Stage(Actor(1, -220), Actor(2, 220))
    stage.step(20)
    stage.actors[0].here = False
    assert stage.step(int(WAIT / STEP) - 4) == {}
    stage.actors[0].here = True
    assert stage.step(2) == {0: 0}


def test_when_nobody_waits_any_more_another_face_takes_the_place():
    stage = Stage(Actor(1, -220), Actor(2, 220))
    stage.step(20)
    stage.actors[0].here = False
    assert stage.step(int((WAIT + 0.2) / STEP)) == {1: 1}
    assert stage.chosen == [1]


def test_who_left_by_the_border_is_not_waited_for():
    stage = two()
    stage.step(20)
    move(stage, stage.actors[0], -700, 60)
    stage.step(int(HOLD / STEP) + 2)
    assert stage.chosen == [1]
    assert stage.missed() == []


def test_after_a_cut_nobody_is_held_or_waited_for():
    stage = two()
    stage.step(20)
    stage.room = np.ascontiguousarray(ROOM[:, ::-1][::-1])
    for actor in stage.actors:
        actor.here = False
    assert stage.step() == {}
    assert stage.tracker.held(stage.time) == []
    assert stage.missed() == []


def test_after_a_cut_another_person_is_masked_in_the_same_frame():
    stage = Stage(Actor(1, -220), Actor(2, 220, here=False))
    stage.step(20)
    stage.room = np.ascontiguousarray(ROOM[:, ::-1][::-1])
    stage.actors[0].here, stage.actors[1].here = False, True
    assert stage.step() == {1: 1}


def test_who_takes_the_very_place_of_another_is_somebody_new_at_once():
    stage = Stage(Actor(1, 0), Actor(2, 0, here=False))
    stage.step(20)
    stage.actors[0].here, stage.actors[1].here = False, True
    assert stage.step() == {1: 1}


def test_the_largest_face_is_chosen_first():
    stage = Stage(Actor(1, -220), Actor(2, 220))
    boxes = stage.find

    def find(frame, known):
        first, second = boxes(frame, known)
        return [first, second + np.array([-20, -20, 20, 20])]

    stage.find = find
    assert stage.step(5) == {0: 1}


def test_the_most_central_face_is_chosen_on_request():
    stage = Stage(Actor(1, -320), Actor(2, 120), people=People(choice="central"))
    assert stage.step(5) == {0: 1}


def test_a_locked_choice_takes_nobody_else_ever():
    stage = Stage(Actor(1, -220), Actor(2, 220), people=People(choice="locked"))
    stage.step(20)
    stage.actors[0].here = False
    assert stage.step(int(3.0 * FORGET / STEP)) == {}
    stage.actors[0].here = True
    assert stage.step(10) == {0: 0}


def test_passers_by_are_followed_but_not_chosen():
    stage = Stage(Actor(1, -220), Actor(2, 220), people=People(others="blur"))
    assert stage.step(20) == {0: 0, 1: 1}
    assert stage.chosen == [0]


def test_a_passer_by_is_chosen_when_the_chosen_one_has_gone():
    stage = Stage(Actor(1, -220), Actor(2, 220), people=People(others="blur"))
    stage.step(20)
    stage.actors[0].here = False
    stage.step(int(WAIT / STEP))
    assert stage.chosen == []
    stage.step(int(HOLD / STEP))
    assert stage.chosen == [1]


def test_with_a_locked_choice_a_passer_by_is_never_chosen():
    people = People(others="mask", choice="locked")
    stage = Stage(Actor(1, -220), Actor(2, 220), people=people)
    stage.step(20)
    stage.actors[0].here = False
    assert stage.step(int(2.0 * FORGET / STEP)) == {1: 1}
    assert stage.chosen == []


def test_a_face_of_a_moment_is_not_waited_for():
    stage = two()
    stage.step(4)
    stage.actors[0].here = False
    stage.step(int(HOLD / STEP) + 4)
    assert stage.missed() == []


def test_four_faces_are_kept_apart():
    actors = [
        Actor(looks, x) for looks, x in zip((1, 2, 3, 4), (-450, -150, 150, 450), strict=True)
    ]
    stage = Stage(*actors, people=People(most=4))
    first = stage.step(5)
    assert sorted(first) == sorted(first.values()) == [0, 1, 2, 3]
    assert stage.step(60) == first
