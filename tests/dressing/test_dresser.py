"""What a dresser remembers while it is told to show things otherwise."""

import numpy as np
import pytest

from livemask.dressing.dresser import Dresser
from livemask.geometry import project
from livemask.people import People
from livemask.records import Frame, Light, Seen
from livemask.showing import Showing
from livemask.wardrobe import Wardrobe
from tests.heads import CAMERA, shipped
from tests.occlusion.test_unwrapping import fitted


class Nothing:
    """A mask that draws nothing."""

    hides = False

    def layers(self, *_):
        return ()


class Dressed:
    """A dresser, and a face that stays where it is."""

    def __init__(self):
        self.fit, self.frames = fitted(), 0
        self.dresser = Dresser(shipped(), Wardrobe([(Nothing, None)]), People())
        self.bare = np.full((CAMERA.size[1], CAMERA.size[0], 3), 128, np.uint8)
        nose = shipped().mean[shipped().landmark_vertices[33:34]]
        self.covered = self.bare.copy()
        self.covered[int(project(CAMERA, self.fit.camera_from_head, nose)[0, 1]) :] = (30, 90, 200)

    def before(self, image):
        """Return how much is drawn before the face in the next frame."""
        frame = Frame(image, self.frames / 30.0, self.frames)
        self.frames += 1
        seen = Seen((self.fit,), (), frozenset({self.fit.id}), Light.default())
        return len(self.dresser.scene(frame, seen).layers)


@pytest.fixture
def dressed():
    dressed = Dressed()
    dressed.dresser.show(Showing(occlusion="auto"))
    assert [dressed.before(dressed.bare) for _ in range(25)] == [0] * 25
    return dressed


def test_what_was_learnt_of_a_face_outlasts_changes_of_all_else(dressed):
    for opacity in (0.9, 0.8, 0.7):
        dressed.dresser.show(Showing(occlusion="auto", opacity=opacity))
    assert max(dressed.before(dressed.covered) for _ in range(9)) == 1


def test_it_is_forgotten_when_nothing_is_to_be_in_front(dressed):
    dressed.dresser.show(Showing(occlusion="off"))
    dressed.dresser.show(Showing(occlusion="auto"))
    assert max(dressed.before(dressed.covered) for _ in range(9)) == 0
