"""Pieces of the video for eyes and mouth."""

import numpy as np
import pytest

from livemask.geometry import project
from livemask.masks.fruit.features import (
    AROUND,
    INSIDE,
    RINGS,
    SKIN_RINGS,
    Features,
    Layout,
    frame_uv,
)
from livemask.morphable_model import fit_landmarks
from tests.heads import shipped
from tests.masks import tiny

LIFE = Layout(eyes=1.0, mouth=1.0, spread=1.0)


def points(**moved):
    return fit_landmarks(shipped(), tiny.fit(shipped(), **moved))


def pieces(array):
    """Return what belongs to the right eye, the left eye and the mouth."""
    return np.split(array, 3)


def inside(polygon, place):
    """Return whether a place (2,) is within a polygon, by its winding."""
    away = polygon - place
    angles = np.arctan2(away[:, 1], away[:, 0])
    turns = np.diff(np.append(angles, angles[0]))
    turns = (turns + np.pi) % (2 * np.pi) - np.pi
    return bool(abs(turns.sum()) > 3.0)


@pytest.mark.parametrize("brows", [True, False])
def test_eyes_and_lips_are_within_the_part_that_is_opaque(brows):
    features = Features(Layout(brows=brows))
    seen = points(jawOpen=0.3)
    groups = seen[36:42], seen[42:48], seen[48:68]
    cut, _ = features.cut(seen)

    for grid, alpha, group in zip(pieces(cut), pieces(features.alpha), groups, strict=True):
        rings, solid = grid.reshape(-1, AROUND, 3), alpha.reshape(-1, AROUND)[:, 0]
        outmost = rings[np.flatnonzero(solid > 0.99)[-1]][:, :2]
        assert all(inside(outmost, place) for place in group[:, :2])


def test_brows_are_shown_only_if_asked_for():
    seen = points()
    for brows in (True, False):
        cut, _ = Features(Layout(brows=brows)).cut(seen)
        rim = pieces(cut)[0].reshape(-1, AROUND, 3)[-1][:, :2]
        assert all(inside(rim, place) is brows for place in seen[18:21, :2])


def test_pieces_fade_to_nothing_at_their_rims():
    features = Features(Layout())
    for alpha in pieces(features.alpha):
        rings = alpha.reshape(-1, AROUND)[:, 0]
        assert rings[-1] == 0.0
        assert (np.diff(rings) <= 0).all()
        assert rings[0] == 1.0


def test_the_eye_and_the_lips_keep_their_own_colour_and_the_skin_does_not():
    features = Features(Layout())
    for foreign, alpha in zip(pieces(features.foreign), pieces(features.alpha), strict=True):
        assert foreign.reshape(-1, AROUND)[:4].max() == 0.0
        assert foreign[(alpha < 0.5)].min() == 1.0


def test_in_life_size_pieces_are_laid_where_they_were_cut():
    cut, laid = Features(LIFE).cut(points())

    np.testing.assert_allclose(laid, cut[:, :2], atol=1e-9)


def test_enlarged_pieces_grow_around_their_middles():
    seen = points()
    _, small = Features(LIFE).cut(seen)
    _, large = Features(Layout(eyes=1.5, mouth=2.0, spread=1.0)).cut(seen)

    for before, after, size in zip(pieces(small), pieces(large), (1.5, 1.5, 2.0), strict=True):
        shown = slice(len(INSIDE) * AROUND)
        grown, usual = (np.ptp(piece[shown], axis=0) for piece in (after, before))
        np.testing.assert_allclose(grown, size * usual)
        np.testing.assert_allclose(after[0], before[0], atol=1e-9)  # the innermost ring


def test_spread_moves_eyes_apart_and_the_mouth_down():
    seen = points()
    near, far = (
        [piece.mean(0) for piece in pieces(Features(Layout(1, 1, spread)).cut(seen)[1])]
        for spread in (1.0, 1.2)
    )

    assert far[0][0] < near[0][0]
    assert far[1][0] > near[1][0]
    assert far[2][1] < near[2][1]


def test_triangles_look_ahead():
    features = Features(Layout())
    _, laid = features.cut(points())
    a, b, c = (laid[features.triangles[:, i]] for i in range(3))
    areas = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]

    assert (areas > -1e-6).all()
    assert (areas > 0.01).mean() > 0.8


def test_a_closed_eye_has_the_same_rim_as_an_open_one():
    """The piece must not shrink to nothing when the person blinks."""
    rims = []
    for closed in (0.0, 1.0):
        cut, _ = Features(Layout(brows=False)).cut(points(eyeBlinkRight=closed))
        rims.append(pieces(cut)[0].reshape(-1, AROUND, 3)[-1])

    np.testing.assert_allclose(rims[0], rims[1], atol=3.0)


def test_the_mouths_piece_opens_with_the_mouth():
    shut, wide = (
        np.ptp(pieces(Features(LIFE).cut(points(jawOpen=o))[1])[2][:, 1]) for o in (0, 0.7)
    )

    assert wide > shut + 8


def test_skin_is_looked_at_around_the_features_only():
    features = Features(Layout())
    rings = features.foreign.reshape(3, RINGS, AROUND)[:, SKIN_RINGS]

    assert (rings > 0.9).all()


def test_the_crease_lies_between_a_feature_and_its_rim():
    features = Features(Layout())
    rings = features.crease.reshape(3, RINGS, AROUND)[0, :, 0]

    assert 4 < rings.argmax() < RINGS - 2
    assert rings[0] < 0.01
    assert rings[-1] < 0.1


@pytest.mark.parametrize("size", [1.0, 1.45, 1.8])
def test_large_eyes_do_not_overlap(size):
    features = Features(Layout(eyes=size))
    _, laid = features.cut(points())
    right, left, _ = pieces(laid)

    solid = features.alpha[: len(right)] > 0.5
    assert right[solid, 0].max() < left[solid, 0].min()


def test_uv_says_where_a_point_is_in_the_frame():
    fit = tiny.fit(shipped(), tiny.pose((0.1, 0.3, 0), (10, 0, -500)))
    seen = points()

    uv, sure = frame_uv(fit, seen)

    pixels = project(fit.camera, fit.camera_from_head, seen)
    np.testing.assert_allclose(uv * tiny.SIZE - 0.5, pixels, atol=0.01)
    assert (sure == 1.0).all()


def test_what_lies_outside_the_picture_is_not_shown():
    fit = tiny.fit(shipped(), tiny.pose(place=(900, 0, -500)))

    uv, sure = frame_uv(fit, points())

    assert (sure == 0.0).all()
    assert np.isfinite(uv).all()


def test_points_behind_the_camera_are_not_shown_either():
    uv, sure = frame_uv(tiny.fit(shipped(), tiny.pose(place=(0, 0, 400))), points())

    assert (sure == 0.0).all()
    assert np.isfinite(uv).all()
