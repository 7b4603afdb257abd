"""A photo is explained whole; a detector that knows the points stands for one that finds them."""

import numpy as np

from livemask.geometry import project
from livemask.light.skin import LUMINANCE
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction.portrait import portray, portray_together
from livemask.reconstruction.shot import Shot
from livemask.records import Frame
from tests.heads import shipped
from tests.reconstruction.people import fitted, known, person


class Knows:
    """Finds the face of a fit, wherever it is looked for."""

    def __init__(self, fit):
        self.points = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))

    def find(self, image, scale=1.0, upsample=0):
        return [(*self.points[17:].min(0), *self.points[17:].max(0), 1.0)]

    def detect(self, frame, region, roll=0.0):
        return self.points


class KnowsRoughly:
    """Tells the points of photos, each off by a pixel or so."""

    def __init__(self, truths, frames):
        rng = np.random.default_rng(0)
        self.points = {
            id(frame): Knows(truth).points + rng.standard_normal((68, 2))
            for truth, frame in zip(truths, frames, strict=True)
        }

    def find(self, image, scale=1.0, upsample=0):
        return []

    def detect(self, frame, region, roll=0.0):
        return self.points[id(frame)]


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


def off(identity, truth):
    """Return by how much a head at rest is off on its face, mm."""
    model, face = shipped(), shipped().face_weight > 0.5
    heads = [model.vertices(who, np.zeros(52))[face] for who in (identity, truth)]
    made, real = (head - head.mean(axis=0) for head in heads)
    return float(np.linalg.norm(made - real, axis=1).mean())


def test_several_photos_tell_better_who_it_is_than_one():
    truths = [fitted(turn=turn) for turn in ((4, 18, -6), (-3, -20, 4), (6, 2, 0))]
    frames = [known(truth).portrayal.frame for truth in truths]
    detector, box = KnowsRoughly(truths, frames), np.array([100.0, 60.0, 220.0, 180.0])
    focal, truth = truths[0].camera.focal, truths[0].identity
    shots = [Shot(frame, box, focal=focal) for frame in frames]
    alone = [portray_together([shot], shipped(), detector)[0].fit.identity for shot in shots]
    together = portray_together(shots, shipped(), detector)[0].fit.identity
    errors = [off(identity, truth) for identity in alone]
    assert off(together, truth) < 0.95 * np.mean(errors)


def test_photos_of_one_person_give_one_identity_and_those_without_a_face_none():
    frame = person().portrayal.frame
    detector = Knows(fitted())
    shots = [Shot(frame), Shot(frame, fov=60.0)]
    one, other = portray_together(shots, shipped(), detector)
    assert one.fit.identity is other.fit.identity
    empty = Frame(np.zeros((90, 120, 3), np.uint8), 0.0, 0)
    assert portray_together([Shot(empty)], shipped(), Blind()) == [None]
