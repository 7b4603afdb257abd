"""One face and a detector that tells the tracker whatever the test wants."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.geometry import rigid, rotation_matrix
from livemask.records import Face, Fit, Frame, State
from livemask.tracking.region import tilted
from livemask.tracking.track import DOUBT, HOLD, LOOK_EVERY, UNPROVEN
from livemask.tracking.tracker import FORGET, Tracker
from tests.heads import CAMERA, seen_landmarks, shipped
from tests.tracking.test_appearance import drawn

POSE = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
STEP = 1.0 / 30.0


ROOM = np.ascontiguousarray(np.pad(drawn(9), ((120, 120), (320, 320), (0, 0)), "reflect"))


def picture(seed=0):
    """Return the room (720, 1280, 3) with a face in its middle."""
    image = ROOM.copy()
    image[120:600, 320:960] = drawn(seed)
    return image


FACE, WALL, OTHER = picture(0), picture(1), picture(3)


def fit_at(pose=POSE, residual=1.0, id=0):  # noqa: A002
    return Fit(id, CAMERA, pose, np.zeros(80), np.zeros(52), residual, 1.0, State.TRACKED)


def points_at(pose=POSE):
    return seen_landmarks(shipped(), CAMERA, pose, np.zeros(80), np.zeros(52))


class Detector:
    """Sees the face at `points`, wherever it is told to look."""

    def __init__(self):
        self.points, self.regions, self.rolls, self.starts = points_at(), [], [], []

    def detect(self, frame, region, roll=0.0, start=None):
        self.regions.append(region)
        self.rolls.append(roll)
        self.starts.append(start)
        return self.points


class Search:
    def __init__(self):
        self.box, self.asked, self.looked, self.seen = None, 0, 0, None

    def find(self, frame, known=0):
        self.asked += 1
        return [] if self.box is None else [self.box]

    def look(self, frame, region, roll=0.0):
        self.looked += 1
        return self.box if self.seen is None else self.seen


class Show:
    """Lets frames come, one after the other."""

    def __init__(self):
        self.detector, self.search = Detector(), Search()
        self.tracker = Tracker(shipped(), self.detector, self.search)
        self.index = 0

    def frame(self, image=FACE):
        self.index += 1
        return Frame(image, self.index * STEP, self.index)

    def step(self, image=FACE, fit=None):
        """Return the face that was located and whether its fit was taken for one."""
        frame = self.frame(image)
        faces = self.tracker.locate(frame)
        if not faces:
            return None, False
        (face,) = faces
        return face, self.tracker.judge(frame, face, replace(fit or fit_at(), id=face.id))

    @property
    def following(self):
        return bool(self.tracker.held(self.index * STEP))


@pytest.fixture
def show():
    return Show()


@pytest.fixture
def following(show):
    show.search.box = np.array([500.0, 200.0, 780.0, 480.0])
    assert show.step()[1]
    show.search.box = None
    return show


def test_without_a_face_there_is_nothing(show):
    assert show.step() == (None, False)
    assert not show.following


def test_a_face_that_was_found_is_followed_without_searching_again(following):
    asked = following.search.asked
    for _ in range(60):
        assert following.step()[1]
    assert following.search.asked == asked
    assert following.following


def test_the_next_region_comes_from_the_last_fit(following):
    moved = rigid(rotation_matrix(np.array([0.0, 0.0, 0.3])), np.array([60.0, 20.0, -600.0]))
    following.step(fit=fit_at(moved))
    following.detector.regions.clear()
    following.detector.rolls.clear()
    following.step()
    left, _, right, _ = following.detector.regions[0]
    assert left < CAMERA.centre[0] + 60 / 500 * CAMERA.focal < right
    assert following.detector.rolls[0] == pytest.approx(0.3)
    (track,) = following.tracker.tracks
    np.testing.assert_allclose(track.sought, tilted(following.detector.regions[-1], 0.3))


def test_a_face_that_jumped_is_looked_at_where_it_went(following):
    following.detector.regions.clear()
    following.detector.points = points_at() + np.array([80.0, 0.0])
    following.step()
    first, second = following.detector.regions
    np.testing.assert_allclose(second - first, [80.0, 0.0, 80.0, 0.0])


def test_the_detector_is_asked_now_and_then_where_its_box_would_be(following):
    looked = following.search.looked
    for _ in range(30):
        following.step()
    assert following.search.looked - looked == 3


def test_a_wall_is_no_face_although_it_has_points_and_fits(following):
    face, good = following.step(WALL)
    assert (face, good) == (None, False)
    assert following.following  # held


def test_a_held_face_that_comes_back_is_the_same_one(following):
    for _ in range(5):
        following.step(WALL)
    face, good = following.step(FACE)
    assert good
    assert face.id == 0


def test_a_face_is_lost_when_it_was_held_long_enough(following):
    for _ in range(int(HOLD / STEP) + 2):
        following.step(WALL)
    assert not following.following


def looking(yaw):
    return fit_at(rigid(rotation_matrix(np.array([0.0, yaw, 0.0])), POSE[:3, 3]))


def test_a_head_that_turns_step_by_step_is_followed_and_one_that_leaps_is_not(following):
    for yaw in (0.2, 0.4, 0.6):
        assert following.step(fit=looking(yaw))[1]
    assert not following.step(fit=looking(-0.3))[1]
    assert following.following  # held


def test_the_points_of_a_turned_head_are_looked_for_from_where_they_were(following):
    following.step()
    assert following.detector.starts[-1] is None
    turned = looking(0.5)
    following.step(fit=turned)
    following.step()
    were = points_at(turned.camera_from_head)
    np.testing.assert_allclose(following.detector.starts[-1][17:], were[17:], atol=1e-6)


def test_a_face_that_moves_is_looked_for_farther_on(following):
    across = 30.0 * 600.0 / CAMERA.focal  # mm that are 30 px
    for frame in range(1, 4):
        following.detector.points = points_at() + np.array([30.0 * frame, 0.0])
        pose = rigid(np.eye(3), POSE[:3, 3] + np.array([frame * across, 0.0, 0.0]))
        following.step(fit=fit_at(pose))
    following.detector.regions.clear()
    following.step()
    middle = 0.5 * (following.detector.regions[0][0] + following.detector.regions[0][2])
    assert abs(middle - CAMERA.centre[0] - 120.0) < 15.0  # 90 would be where it was


def test_after_a_leap_it_is_the_search_that_says_where_the_face_is(following):
    asked = following.search.asked
    following.step(fit=looking(0.8))
    following.search.box = np.array([500.0, 200.0, 780.0, 480.0])
    face, good = following.step(fit=looking(0.8))
    assert following.search.asked > asked
    assert good
    assert face.id == 0


def lose(show, seconds):
    for _ in range(int(seconds / STEP) + 2):
        show.step(WALL)
    show.search.box = np.array([500.0, 200.0, 780.0, 480.0])


def test_a_face_that_is_found_again_after_a_loss_is_the_same_one(following):
    lose(following, 2.0 * HOLD)
    face, good = following.step(FACE)
    assert good
    assert face.id == 0


def test_another_face_that_is_found_after_a_loss_is_another_one(following):
    lose(following, 2.0 * HOLD)
    face, good = following.step(OTHER)
    assert good
    assert face.id == 1


def test_a_number_is_given_anew_when_its_face_has_been_gone_for_long(following):
    lose(following, FORGET)
    face, good = following.step(OTHER)
    assert good
    assert face.id == 0


def test_after_a_cut_to_another_person_the_id_changes_at_once(following):
    following.search.box = np.array([500.0, 200.0, 780.0, 480.0])
    face, good = following.step(OTHER)
    assert good
    assert face.id == 1
    assert following.step(OTHER)[0].id == 1


@pytest.mark.parametrize(
    "fit",
    [
        fit_at(residual=0.1 * np.ptp(points_at()[:, 1])),
        fit_at(rigid(rotation_matrix(np.array([0.0, 1.5, 0.0])), POSE[:3, 3])),
        fit_at(rigid(rotation_matrix(np.array([1.4, 0.0, 0.0])), POSE[:3, 3])),
        fit_at(rigid(np.eye(3), np.array([0.0, 0.0, 500.0]))),
        fit_at(rigid(np.eye(3), np.array([np.nan, 0.0, -500.0]))),
        fit_at(rigid(np.eye(3), np.array([-420.0, 0.0, -600.0]))),
    ],
    ids=["unlike", "turned away", "upside down", "behind", "nan", "out of the picture"],
)
def test_an_absurd_fit_is_not_taken_for_a_face(following, fit):
    face, good = following.step(fit=fit)
    assert face is not None
    assert not good


def blend(share):
    """Return a picture that is `share` another one."""
    return ((1.0 - share) * FACE + share * WALL).astype(np.uint8)


def fade(show, seconds, fit=None):
    """Let the face fade to where it is in doubt, and return whether each frame was believed."""
    doubtful = next(
        blend(share)
        for share in np.arange(0.3, 1.0, 0.02)
        if 0.4 < show.tracker.tracks[0].likeness(Frame(blend(share), 0.0, 0), points_at()) < 0.55
    )
    return [show.step(doubtful, fit)[1] for _ in range(int(seconds / STEP))]


def test_a_face_in_doubt_is_believed_for_a_moment_only(following):
    believed = fade(following, 0.8)
    assert believed[:8] == [True] * 8
    assert not any(believed[11:])


def test_a_face_that_comes_back_must_be_beyond_doubt(following):
    following.step(WALL)
    assert not any(fade(following, 0.2))
    assert following.step(FACE)[1]


def test_the_detector_can_take_the_doubt_away(following):
    following.search.seen = np.array([500.0, 200.0, 780.0, 480.0])
    assert all(fade(following, 0.8))


def test_a_face_that_is_turned_is_doubted_more_slowly(following):
    following.step(fit=looking(0.4))
    assert sum(fade(following, 0.8, looking(0.8))) > 20


def test_a_face_in_doubt_that_fits_badly_is_not_believed(following):
    bad = fit_at(residual=0.05 * np.ptp(points_at()[:, 1]))
    assert not any(fade(following, 0.2, bad))
    assert following.step(FACE, bad)[1]  # beyond doubt it may


@pytest.mark.parametrize("bad", [None, np.full((68, 2), np.nan), np.full((68, 2), 100.0)])
def test_absurd_points_are_no_face(following, bad):
    following.detector.points = bad
    assert following.step() == (None, False)


def test_a_face_of_a_few_pixels_is_not_taken(following):
    far = rigid(np.eye(3), np.array([0.0, 0.0, -15000.0]))
    face = Face(0, points_at(far), 1.0)
    assert not following.tracker.judge(following.frame(), face, fit_at(far))


def test_a_face_that_a_closer_look_does_not_see_is_not_taken(show):
    show.search.box = np.array([500.0, 200.0, 780.0, 480.0])
    show.search.look = lambda *_: None
    assert not any(show.step()[1] for _ in range(5))
    assert show.tracker.tracks == []


def test_a_face_that_the_detector_never_sees_again_is_believed_for_a_while_only(following):
    """Neither its looks nor its shape speak against it: so may a wall's, after a while."""
    believed = [following.step()[1] for _ in range(int((UNPROVEN + 2.0 * DOUBT) / STEP))]
    assert all(believed[: int(UNPROVEN / STEP) - 2])
    assert not believed[-1]


def test_a_face_that_the_detector_sees_now_and_then_is_believed_on(following):
    following.search.seen = np.array([500.0, 200.0, 780.0, 480.0])
    assert all(following.step()[1] for _ in range(int(2.0 * UNPROVEN / STEP)))


def test_a_look_knows_how_the_head_is_tilted(following):
    tilted = rigid(rotation_matrix(np.array([0.0, 0.0, 0.5])), POSE[:3, 3])
    rolls = []
    following.search.look = lambda *asked: rolls.append(asked[2])
    for _ in range(LOOK_EVERY):
        following.step(fit=fit_at(tilted))
    assert rolls
    np.testing.assert_allclose(rolls, 0.5)
