"""A photo is explained whole; a detector that knows the points stands for one that finds them."""

import numpy as np

from livemask.geometry import project
from livemask.light.skin import LUMINANCE
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction.portrait import portray, portray_together
from livemask.reconstruction.shot import Shot
from livemask.records import Frame
from tests.heads import shipped
from tests.reconstruction.people import fitted, person


class Knows:
    """Finds the face of a fit, wherever it is looked for."""

    def __init__(self, fit):
        self.points = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))

    def find(self, image, scale=1.0, upsample=0):
        return [(*self.points[17:].min(0), *self.points[17:].max(0), 1.0)]

    def detect(self, frame, region, roll=0.0):
        return self.points


class Blind:
    """Finds nothing."""

    def find(self, image, scale=1.0, upsample=0):
        return []


def test_a_photo_gives_pose_shape_albedo_and_light():
    truth, frame = fitted(), person().portrayal.frame
    found = portray(frame, shipped(), Knows(truth), focal=truth.camera.focal)
    turn = found.fit.camera_from_head[:3, :3] @ truth.camera_from_head[:3, :3].T
    assert np.degrees(np.arccos(np.clip(0.5 * (np.trace(turn) - 1.0), -1.0, 1.0))) < 4.0
    assert found.fit.camera.focal == truth.camera.focal
    assert found.albedo.shape == shipped().mean.shape
    assert found.light.harmonics[0] @ LUMINANCE > 0.0
    assert found.quality["photometric"] < found.quality["photometric_before"]


def test_of_an_unknown_camera_the_focal_length_is_found_too():
    found = portray(person().portrayal.frame, shipped(), Knows(fitted()))
    assert found.fit.camera.focal != fitted().camera.focal


def test_photos_of_one_person_give_one_identity_and_those_without_a_face_none():
    frame = person().portrayal.frame
    detector = Knows(fitted())
    shots = [Shot(frame), Shot(frame, fov=60.0)]
    one, other = portray_together(shots, shipped(), detector)
    assert one.fit.identity is other.fit.identity
    empty = Frame(np.zeros((90, 120, 3), np.uint8), 0.0, 0)
    assert portray_together([Shot(empty)], shipped(), Blind()) == [None]
