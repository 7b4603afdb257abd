"""Who is chosen, and what becomes of the others, changed while it runs."""

import pytest

from livemask.controls.company import Company
from livemask.people import People
from livemask.records import Effect, Mesh
from tests.test_track_stage import Pair


class Watched(Pair):
    """The pair, and who of them may be seen bare in none of the frames."""

    def __init__(self, people):
        super().__init__(people=people)
        stage = self.stage
        self.company = Company(people, stage.mind, stage.choose)

    def covered(self):
        """Return how many faces are covered in the next frame: masked, or blurred."""
        return len(self.step().layers)


def kinds(scene):
    return [type(layer) for layer in scene.layers]


def test_the_mask_goes_to_the_face_that_is_chosen_and_the_former_is_blurred_from_that_frame_on():
    pair = Watched(People(counted=True))
    assert [fit.id for fit in pair.step(20).fits] == [0]
    pair.company.choose(1)
    for _ in range(20):
        scene = pair.step()
        assert [fit.id for fit in scene.fits] == [1]
        assert kinds(scene) == [Effect, Mesh]


def test_a_chosen_face_stays_the_only_one_when_it_is_lost():
    pair = Watched(People(counted=True))
    pair.step(20)
    pair.company.choose(1)
    pair.step(2)
    pair.here[1] = False
    pair.step(60)
    assert pair.step().fits == ()


def test_choosing_a_face_that_is_gone_leaves_who_was_chosen():
    pair = Watched(People(counted=True))
    pair.step(20)
    pair.company.choose(7)
    assert [fit.id for fit in pair.step(5).fits] == [0]


def test_fewer_faces_leave_nobody_bare():
    pair = Watched(People(most=2))
    assert kinds(pair.step(20)) == [Mesh, Mesh]
    pair.company.change(most=1)
    for _ in range(10):
        assert kinds(pair.step()) == [Effect, Mesh]


def test_more_faces_are_masked_and_covered_until_then():
    pair = Watched(People(others="blur"))
    assert pair.step(20)
    pair.company.change(most=2)
    for _ in range(10):
        assert pair.covered() == 2
    assert kinds(pair.step()) == [Mesh, Mesh]


@pytest.mark.parametrize("way", [("blur", "mask"), ("mask", "blur")])
def test_what_becomes_of_others_is_changed_between_two_frames(way):
    pair = Watched(People(others=way[0]))
    pair.step(20)
    pair.company.change(others=way[1])
    for _ in range(10):
        assert pair.covered() == 2


def test_others_are_bare_only_if_that_is_asked_for_by_name():
    pair = Watched(People(others="blur"))
    pair.step(20)
    pair.company.change(others="real")
    assert kinds(pair.step()) == [Mesh]


def test_passers_by_are_followed_only_while_they_are_counted():
    pair = Watched(People())
    assert pair.step(20).seen.strangers == ()
    pair.company.count(True)
    scene = pair.step(20)
    assert [fit.id for fit in scene.seen.strangers] == [1]
    assert kinds(scene) == [Mesh]
    pair.company.count(False)
    assert pair.step(20).seen.strangers == ()


def test_a_frozen_picture_from_before_the_change_is_not_shown_again():
    pair = Watched(People(counted=True, when_lost="freeze"))
    pair.step(20)
    pair.company.change(others="blur")
    pair.here[:] = [False, False]
    scene = pair.step()
    assert scene.layers[0].region is None


def test_after_a_rest_everybody_is_covered_from_the_first_picture_on():
    pair = Watched(People(most=2))
    pair.step(20)
    pair.index += 3000  # frames of the camera that nobody looked at
    for _ in range(10):
        assert pair.covered() >= 1
        layers = pair.step().layers
        assert len(layers) == 2 or layers[0].region is None


def test_who_moved_away_during_a_rest_is_not_seen_bare():
    pair = Watched(People(most=2))
    pair.step(20)
    pair.index += 3000
    pair.here[:] = [False, False]
    (blur,) = pair.step().layers
    assert blur.region is None
