"""What is shown when, frame by frame, with a detector that the test directs."""

import numpy as np
import pytest

from livemask.records import Effect, Frame, Light, Mesh, State
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.tracking import HOLD
from tests.heads import CAMERA, shipped
from tests.test_tracking import FACE, STEP, WALL, Detector


class Directed(Detector):
    """Finds a face by search while `here`."""

    def __init__(self):
        super().__init__()
        self.here = False

    def find(self, image, scale=1.0, upsample=0):
        return [(500.0, 200.0, 780.0, 480.0, 1.0)] if self.here else []


class Mask:
    def __init__(self, hides):
        self.hides, self.dressed = hides, []

    def layers(self, model, fit, frame, light, time):
        assert isinstance(light, Light)
        self.dressed.append(fit)
        return (
            Mesh(
                np.zeros((3, 3), np.float32),
                np.zeros((1, 3), np.int32),
                np.zeros((3, 3), np.float32),
                fit.camera,
                fit.camera_from_head,
            ),
        )


class Show:
    def __init__(self, hides=True):
        self.detector, self.statistics, self.mask = Directed(), Statistics(), Mask(hides)
        self.stage = TrackStage(shipped(), self.detector, CAMERA, self.mask, self.statistics)
        self.index = 0

    def step(self, image=FACE):
        self.index += 1
        return self.stage(Frame(image, self.index * STEP, self.index))

    def lose(self):
        """Let the face be gone for as long as it is held, and return all scenes."""
        self.detector.here = False
        return [self.step(WALL) for _ in range(int(HOLD / STEP))]


@pytest.fixture
def show():
    return Show()


def is_blurred(scene):
    return [layer.look for layer in scene.layers if isinstance(layer, Effect)] == ["blur"]


def test_before_the_first_fit_a_mask_that_hides_has_everything_blurred(show):
    scene = show.step(WALL)
    assert is_blurred(scene)
    assert scene.fits == ()
    assert scene.layers[0].region is None


def test_before_the_first_fit_another_mask_shows_the_video():
    assert Show(hides=False).step(WALL).layers == ()


def test_the_first_frame_in_which_a_face_is_found_wears_the_mask(show):
    show.detector.here = True
    scene = show.step()
    assert scene.fits[0].state is State.TRACKED
    assert isinstance(scene.layers[0], Mesh)


def test_a_lost_face_is_held_half_a_second_and_then_blurred(show):
    show.detector.here = True
    for _ in range(3):
        last = show.step()
    held = show.lose()
    assert all(scene.fits[0].state is State.HELD for scene in held)
    assert all(isinstance(scene.layers[0], Mesh) for scene in held)
    np.testing.assert_array_equal(held[-1].fits[0].camera_from_head, last.fits[0].camera_from_head)
    assert is_blurred([show.step(WALL), show.step(WALL)][-1])


def test_no_scene_of_a_mask_that_hides_is_ever_bare(show):
    scenes = [show.step(WALL) for _ in range(3)]
    show.detector.here = True
    scenes += [show.step() for _ in range(3)] + show.lose()
    scenes += [show.step(WALL) for _ in range(5)]
    show.detector.here = True
    scenes += [show.step() for _ in range(2)]
    assert all(scene.layers for scene in scenes)


def test_a_mask_that_is_put_on_meanwhile_is_worn_from_the_next_frame(show):
    show.detector.here = True
    show.step()
    show.stage.mask = other = Mask(False)
    show.step()
    assert len(other.dressed) == 1
    assert len(show.mask.dressed) == 1


def test_switching_while_no_face_is_there_hides_as_the_new_mask_does(show):
    show.stage.mask = Mask(False)
    assert show.step(WALL).layers == ()
    show.stage.mask = Mask(True)
    assert is_blurred(show.step(WALL))


def test_a_scene_carries_the_frame_that_it_was_fitted_to(show):
    show.detector.here = True
    scene = show.step()
    assert scene.frame.index == show.index


def test_an_error_of_the_mask_is_not_hidden(show):
    def broken(*_):
        raise ZeroDivisionError

    show.detector.here = True
    show.mask.layers = broken
    with pytest.raises(ZeroDivisionError):
        show.step()


def test_the_times_of_its_parts_are_counted(show):
    show.detector.here = True
    for _ in range(3):
        show.step()
    stages = show.statistics.summary()["stages"]
    assert set(stages) >= {"detect", "landmarks", "fit", "smooth", "mesh"}
    assert stages["fit"]["count"] == 3


def test_live_it_searches_in_a_thread_and_ends_it():
    detector = Directed()
    stage = TrackStage(shipped(), detector, CAMERA, Mask(True), Statistics(), live=True)
    assert is_blurred(stage(Frame(WALL, 0.0, 0)))
    stage.close()
    stage.close()
