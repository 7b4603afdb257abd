"""Hats."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.geometry import project
from livemask.masks import hat
from livemask.masks.props.headgear import STYLES
from livemask.morphable_model import fit_landmarks
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny


def worn(mask, model=None, identity=None):
    model = model or shipped()
    fit = tiny.fit(model)
    fit = fit if identity is None else replace(fit, identity=identity)
    return mask.layers(model, fit, tiny.frame(), tiny.LIGHT, 0.0)


def points_of(layers):
    return np.concatenate([mesh.vertices for mesh in layers[1:]])


@pytest.mark.parametrize("style", STYLES)
def test_a_hat_covers_the_crown_with_room_for_hair(style):
    hull = points_of(worn(hat.create(style)))
    crown = shipped().mean[shipped().mean[:, 1] > 95]
    assert hull[:, 1].max() > crown[:, 1].max() + 10
    for axis in (0, 2):
        near = hull[np.abs(hull[:, 1] - 95) < 12]
        assert near[:, axis].min() < crown[:, axis].min() - 5
        assert near[:, axis].max() > crown[:, axis].max() + 1


@pytest.mark.parametrize("style", STYLES)
def test_a_hat_leaves_eyes_and_brows_free(style):
    hull = points_of(worn(hat.create(style)))
    before = hull[(np.abs(hull[:, 0]) < 40) & (hull[:, 2] > 60)]
    brows = shipped().mean[shipped().landmark_vertices[17:27], 1].max()
    assert before[:, 1].min() > brows + 2


def test_a_larger_head_wears_a_larger_hat():
    mask, zero = hat.create(), np.zeros(len(shipped().identity))
    wider = zero.copy()
    wider[0] = 2.0
    widths = [np.ptp(points_of(worn(mask, identity=one))[:, 0]) for one in (zero, wider)]
    assert abs(widths[1] - widths[0]) > 1.0


def test_more_room_makes_it_larger():
    small, large = (np.ptp(points_of(worn(hat.create(room=r)))[:, 0]) for r in (0.5, 2.0))
    assert large > small + 20


def test_the_forehead_under_the_rim_is_in_shadow_and_the_chin_is_not():
    shadow = worn(hat.create("cowboy"))[0]
    chin = shadow.vertices[:, 1] < 20
    assert shadow.alpha.max() > 0.3
    assert shadow.alpha[chin].max() < 0.1


def test_a_head_without_a_back_wears_one_too():
    hull = points_of(worn(hat.create(), tiny.model()))
    assert np.isfinite(hull).all()
    assert np.ptp(hull[:, 2]) > 1.1 * np.ptp(hull[:, 0]) * 0.9


def test_what_is_no_hat_is_refused():
    with pytest.raises(UsageError, match="style='crown' must be top or cowboy"):
        hat.create("crown")
    with pytest.raises(UsageError, match="room=9 must be 0 to 4"):
        hat.create(room=9)


@pytest.mark.parametrize("style", STYLES)
def test_seen_from_below_nothing_of_it_shows_through_the_face(style):
    fit = tiny.fit(shipped(), tiny.pose((-0.5, 0, 0)))
    frame = tiny.frame(tiny.plain((250, 20, 240)))
    layers = hat.create(style, colour="green").layers(shipped(), fit, frame, tiny.LIGHT, 0.0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (fit,), layers, tiny.LIGHT))
        renderer.close()
    points = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))
    face = np.zeros(tiny.SIZE[::-1], np.uint8)
    cv2.fillPoly(face, [cv2.convexHull(np.rint(points[27:68]).astype(np.int32))], 1)
    red, green, _ = picture[face > 0].T
    assert (green >= red).sum() < 5  # a speck beside an eye is left
