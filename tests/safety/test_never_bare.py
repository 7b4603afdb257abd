"""Frame by frame: where the performer's face truly is, the output never shows it.

Films of one and two performers with known truth are masked as a run masks them. In each frame the
pixels of the face between brows, cheeks and mouth are compared with those that were taken.
"""

from functools import cache

import cv2
import numpy as np
import pytest

from livemask.detectors import dlib68
from livemask.geometry import project, rigid, rotation_matrix
from livemask.landmarks import JAW
from livemask.models import head
from livemask.people import People
from livemask.performer import Performer
from livemask.records import Camera, Frame
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.safety.hindsight import Hindsight
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.wardrobe import Wardrobe

SIZE, STEP = (480, 360), 1.0 / 25.0
EQUAL, BARE = 4, 0.25
"""Steps of 8 bits by which an unchanged pixel may differ; share of such that shows a face."""


@pytest.fixture(scope="module")
def shot():
    """Return a function: the picture of a performer somewhere, and the polygon of the bare face."""
    performer = Performer(size=SIZE)

    @cache
    def take(x=0.0, yaw=0.0, z=-620.0):
        turn = rotation_matrix(np.array([0.0, np.radians(yaw), 0.0]))
        truth = performer.pose(rigid(turn, np.array([x, 10.0, z])), np.zeros(52))
        inner = truth.landmarks[JAW.stop :]
        points = project(truth.camera, truth.camera_from_head, inner).astype(np.float32)
        return performer.picture(truth), cv2.convexHull(points)[:, 0]

    yield take
    performer.close()


def beside(left, right):
    """Return the picture of two, side by side, and both polygons."""
    offset = np.array([SIZE[0], 0], np.float32)
    return np.hstack([left[0], right[0]]), left[1], right[1] + offset


class Film:
    """What is shown of a film, and how much of each true face is bare."""

    def __init__(self, step=STEP, **people):
        self.step, self.people = step, People(**people)
        self.scenes, self.shares = [], []
        self.faces, self.pictures = [], []

    def take(self, image, *faces):
        self.faces.append(faces)
        self.pictures.append(np.ascontiguousarray(image))

    def put(self, scene):
        after = self.renderer.render(scene)
        at = scene.frame.index
        self.shares.append([bare(self.pictures[at], after, face) for face in self.faces[at]])
        self.scenes.append(scene)
        return True

    def close(self):
        self.renderer.close()

    def masked(self, mask="shaded,eyes=model,mouth=model"):
        """Mask it, and return how much was bare of each face of each frame."""
        size = self.pictures[0].shape[1::-1]
        self.renderer = Renderer(offscreen())
        stage = TrackStage(
            head.create(), dlib68.create(), Camera.from_field_of_view(size),
            Wardrobe.of([mask], self.people.most), Statistics(), people=self.people,
        )  # fmt: skip
        hindsight = Hindsight(self)
        for at, picture in enumerate(self.pictures):
            hindsight.put(stage(Frame(picture, at * self.step, at)))
        hindsight.close()
        stage.close()
        return np.array([share for shares in self.shares for share in shares])


def bare(before, after, polygon):
    """Return the share of a face that is the same before and after; 0 out of the picture."""
    inside = np.zeros(before.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, np.rint(polygon).astype(np.int32), 1)
    if inside.sum() < 100:
        return 0.0
    apart = np.abs(before[inside > 0].astype(int) - after[inside > 0]).max(axis=1)
    return float((apart <= EQUAL).mean())


def ramp(first, last, frames):
    return np.linspace(first, last, frames).tolist()


def test_the_measure_sees_a_bare_face(shot):
    film = Film(when_lost="real")
    film.take(*shot())
    assert film.masked("none").min() > 0.9


def test_who_turns_away_and_comes_back_is_never_bare(shot):
    film = Film()
    for yaw in [0.0] * 3 + ramp(0.0, 88.0, 6) + [88.0] * 15 + ramp(88.0, 0.0, 6):
        film.take(*shot(yaw=yaw))
    assert film.masked().max() < BARE
    assert film.scenes[-1].fits


@pytest.mark.parametrize("when_lost", ["mask", "freeze"])
def test_nor_with_another_way_to_hide_who_is_lost(shot, when_lost):
    film = Film(when_lost=when_lost)
    for yaw in [0.0] * 11 + ramp(0.0, 88.0, 5) + [88.0] * 14:
        film.take(*shot(yaw=yaw))
    assert film.masked().max() < BARE


def test_who_leaves_and_comes_in_again_is_never_bare(shot):
    film = Film()
    for x in [0.0] * 3 + ramp(0.0, 480.0, 14) + [480.0] * 3 + ramp(480.0, 0.0, 14):
        film.take(*shot(x=x))
    assert film.masked().max() < BARE
    assert film.scenes[-1].fits


def test_a_hand_before_the_face_bares_nothing(shot):
    film = Film()
    for at in range(30):
        picture, faces = shot(x=3.0 * at)
        if 5 <= at < 25:
            picture = picture.copy()
            x, y = faces.mean(0).astype(int).tolist()
            cv2.ellipse(picture, (x, y + 20), (45, 60), 10.0, 0.0, 360.0, (196, 148, 120), -1)
        film.take(picture, faces)
    shares = film.masked()
    assert np.delete(shares, range(5, 25)).max() < BARE
    assert shares[5:25].max() < 0.9  # of the hand itself, which may stay


def test_across_cuts_nobody_is_bare(shot):
    film = Film()
    there, elsewhere, face = shot(), *shot(x=120.0, z=-800.0)
    other = (255 - elsewhere[:, ::-1], np.float32([SIZE[0] - 1, 0]) + face * np.float32([-1, 1]))
    takes = [there, other, there]
    for at in range(24):
        film.take(*takes[at // 8])
    assert film.masked().max() < BARE


def test_of_two_neither_is_bare_when_one_turns_away(shot):
    film = Film(step=0.1, most=2)
    ways = [0.0] * 11 + ramp(0.0, 88.0, 6) + [88.0] * 26 + ramp(88.0, 0.0, 5)
    other = shot(x=20.0, z=-700.0)
    for yaw in ways:
        film.take(*beside(shot(yaw=yaw), other))
    assert film.masked().max() < BARE
    assert len(film.scenes[-1].fits) == 2


def test_who_comes_in_while_another_is_seen_is_never_bare(shot):
    film = Film(most=2)
    other = shot(x=20.0, z=-700.0)
    for x in [-480.0] * 6 + ramp(-480.0, 0.0, 14) + [0.0] * 8:
        film.take(*beside(shot(x=x), other))
    assert film.masked().max() < BARE
    assert len(film.scenes[-1].fits) == 2


def test_two_who_cross_are_never_bare(shot):
    """The one who goes behind is hidden by the other for some frames."""
    film = Film(most=2)
    for x in ramp(-230.0, 230.0, 20):
        near, far = shot(x=x, z=-560.0), shot(x=-1.2 * x, z=-760.0)
        picture = far[0].copy()
        outline = cv2.convexHull(np.float32(1.9 * (near[1] - near[1].mean(0)) + near[1].mean(0)))
        inside = np.zeros(picture.shape[:2], np.uint8)
        cv2.fillConvexPoly(inside, np.rint(outline[:, 0]).astype(np.int32), 1)
        picture[inside > 0] = near[0][inside > 0]
        hidden = cv2.pointPolygonTest(outline, far[1].mean(0).tolist(), False) > 0
        film.take(picture, near[1], *(() if hidden else (far[1],)))
    assert film.masked().max() < BARE
