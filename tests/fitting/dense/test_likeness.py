"""The fit to all of a picture, of faces whose truth is known."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from livemask.fitting.dense import likeness
from livemask.fitting.dense.likeness import View, explain
from livemask.fitting.dense.picture import Picture
from livemask.fitting.dense.rows import POSE, harmonics, look, picture_rows, slopes
from livemask.fitting.dense.surface import Surface
from livemask.fitting.dense.unexplained import unexplained
from livemask.geometry import project, rigid, rotation_matrix
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction import views
from livemask.reconstruction.shape import Shape
from livemask.records import Camera, Fit, Frame, Light, State
from tests.heads import shipped

SIZE = (480, 360)


@lru_cache(maxsize=1)
def surface():
    return Surface.of(shipped())


def a_fit(identity, turn=(3.0, 12.0, -4.0)):
    camera = Camera.from_field_of_view(SIZE)
    pose = rigid(rotation_matrix(np.radians(turn)), np.array([5.0, -8.0, -360.0]))
    return Fit(0, camera, pose, identity, np.zeros(52), 1.0, 1.0, State.TRACKED)


def painted(fit):
    """Return the picture of a fit as the model itself shows it."""
    shape = Shape.of(shipped(), fit)
    shown = views.look(shape, fit.camera, shipped().albedo, Light.default().harmonics)
    grey = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    whole = (0, 0, *SIZE)
    image = views.pasted(grey, views.rgba(shown.albedo * shown.light, shown.alpha), whole)
    return Frame(image, 0.0, 0)


def points_of(fit):
    return project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))


@lru_cache(maxsize=1)
def someone():
    return 1.2 * np.random.default_rng(3).standard_normal(80) * (np.arange(80) < 20)


@lru_cache(maxsize=2)
def explained(turns):
    """Return the truth, where it began and what came out, of photos of one person."""
    truths = [a_fit(someone(), turn) for turn in turns]
    starts = [replace(fit, identity=np.zeros(80)) for fit in truths]
    seen = [
        View(painted(truth), points_of(truth), start, zooms=False)
        for truth, start in zip(truths, starts, strict=True)
    ]
    return truths, starts, seen, explain(shipped(), surface(), seen)


ONE = ((3.0, 12.0, -4.0),)
TWO = (*ONE, (0.0, -25.0, 3.0))


def distance(fit, truth):
    """Return the mean distance of vertices of the face, both in the camera frame but for depth."""
    rows = surface().vertices
    made, wanted = (shipped().vertices(f.identity, f.expression)[rows] for f in (fit, truth))
    made, wanted = made - made.mean(0), wanted - wanted.mean(0)
    u, _, vt = np.linalg.svd(made.T @ wanted)
    return float(np.linalg.norm(made @ u @ vt - wanted, axis=1).mean())


def test_the_picture_brings_a_face_nearer_to_the_truth_than_the_mean():
    (truth,), (start,), _, (fit,) = explained(ONE)
    assert distance(fit, truth) < 0.6 * distance(start, truth)


def test_photos_of_one_person_share_an_identity():
    _, _, _, (one, other) = explained(TWO)
    assert one.identity is other.identity


def test_less_of_the_picture_stays_unexplained():
    _, (start,), (view,), (fit,) = explained(ONE)
    before, after = (unexplained(shipped(), surface(), view.frame, f) for f in (start, fit))
    assert after < before


def test_a_face_too_small_to_show_form_keeps_its_fit():
    fit = a_fit(np.zeros(80))
    far = replace(fit, camera_from_head=rigid(np.eye(3), np.array([0.0, 0.0, -9000.0])))
    kept = explain(shipped(), surface(), [View(painted(fit), points_of(far), far, zooms=False)])
    np.testing.assert_array_equal(kept[0].camera_from_head, far.camera_from_head)


def test_what_is_no_face_is_not_believed(monkeypatch):
    monkeypatch.setattr(likeness, "MOST_UNUSUAL", 1e-6)
    _, (start,), (view,), _ = explained(ONE)
    assert explain(shipped(), surface(), [view])[0] is start


def test_slopes_of_the_harmonics_are_those_of_differences():
    normals = np.random.default_rng(1).normal(size=(3, 5))
    for axis in range(3):
        step = 1e-6 * np.eye(3)[axis][:, None]
        twin = (harmonics(normals + step) - harmonics(normals - step)) / 2e-6
        np.testing.assert_allclose(slopes(normals)[:, axis], twin, atol=1e-8)


@pytest.mark.parametrize("unknown", [0, 1, 2, 3, 4, 5, POSE, POSE + 3])
def test_rows_are_how_the_picture_and_the_light_change(unknown):
    fit, part = a_fit(np.zeros(80)), surface()
    picture = Picture.of(painted(fit), fit)
    planes = picture.blurred(4.0)
    colour = np.concatenate([[0.1, 0.2, 0.3, 0.1], np.zeros(9 + len(part.shades))])

    def seen_after(amount):
        rotation, translation = fit.camera_from_head[:3, :3], fit.camera_from_head[:3, 3]
        vertices, normals = part.mean.astype(np.float64), shipped().normals(shipped().mean)
        normals = normals[part.vertices].T.astype(np.float64)
        if unknown < 3:
            rotation = rotation_matrix(amount * np.eye(3)[unknown]) @ rotation
        elif unknown < 6:
            translation = translation + amount * np.eye(3)[unknown - 3]
        else:
            vertices = vertices + amount * part.moves[unknown - POSE]
            normals = normals + amount * part.bends[unknown - POSE]
        places = rotation @ vertices + translation[:, None]
        seen = look(places, rotation @ normals, fit.camera, picture, planes)
        return picture_rows(part, seen, rotation, translation, colour), seen

    step = 1e-3 if unknown < 3 else 0.05
    (rows, seen), (more, _), (less, _) = (seen_after(a) for a in (0.0, step, -step))
    shown = np.tile(seen.facing > 0.4, 2)
    twin = -(more[-1] - less[-1])[shown] / (2 * step)
    assert np.corrcoef(rows[unknown][shown], twin)[0, 1] > 0.97
    assert np.linalg.norm(rows[unknown][shown]) == pytest.approx(np.linalg.norm(twin), rel=0.1)
