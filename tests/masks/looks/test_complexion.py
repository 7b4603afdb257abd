"""How a person's skin differs from the model's."""

import numpy as np
import pytest

from livemask.light.skin import LINEAR
from livemask.masks.looks.complexion import Complexion
from livemask.records import Light
from tests.heads import shipped
from tests.masks import tiny

EVEN = Light(np.array([0, 0, 1], np.float32), np.zeros(3, np.float32), np.ones(3, np.float32))
ALBEDO = np.array([0.5, 0.3, 0.2])


def skin(follower):
    """Return the factors where the tiny model has plain skin."""
    return follower.factors[follower._at[follower._regions[follower._at].max(1) < 0.01]]


@pytest.mark.parametrize("colour", [(224, 172, 150), (150, 98, 72), (88, 52, 38)])
def test_the_factors_turn_the_models_albedo_into_what_is_seen(colour):
    follower, fit = Complexion(tiny.model()), tiny.fit(tiny.model())

    follower.update(tiny.frame(tiny.plain(colour)), fit, EVEN)

    expected = np.broadcast_to(LINEAR[list(colour)], skin(follower).shape)
    np.testing.assert_allclose(skin(follower) * ALBEDO, expected, rtol=0.03)


def test_a_chin_that_is_darker_than_the_forehead_stays_so():
    rows = np.linspace(190, 110, tiny.SIZE[1])[:, None, None]
    picture = np.broadcast_to(rows, (tiny.SIZE[1], tiny.SIZE[0], 3)).astype(np.uint8)
    model, follower = tiny.model(), Complexion(tiny.model())

    follower.update(tiny.frame(picture), tiny.fit(model), EVEN)

    forehead, chin = follower.factors[model.landmark_vertices[[27, 8]]]
    assert (forehead > 1.3 * chin).all()


def test_a_hand_before_a_part_of_the_face_hardly_changes_the_rest():
    picture = tiny.plain((150, 98, 72)).copy()
    picture[:, 150:] = (20, 60, 160)
    follower, fit = Complexion(tiny.model()), tiny.fit(tiny.model())

    follower.update(tiny.frame(picture), fit, EVEN)

    nose = follower.factors[tiny.model().landmark_vertices[30]] * ALBEDO
    np.testing.assert_allclose(nose, LINEAR[[150, 98, 72]], rtol=0.2)


def test_dark_brows_are_seen_and_lie_only_on_the_brows():
    model = shipped()
    fit = tiny.fit(model, tiny.pose(place=(0, 0, -300)))
    plain, browed = Complexion(model), Complexion(model)
    picture = tiny.plain((190, 140, 120))
    plain.update(tiny.frame(picture), fit, EVEN)
    dark = picture.copy()
    dark[40:62] = (40, 28, 22)  # a band across both brows
    browed.update(tiny.frame(dark), fit, EVEN)
    brow, nose = model.landmark_vertices[[19, 30]]

    assert browed.factors[brow, 1] < 0.7 * plain.factors[brow, 1]
    np.testing.assert_allclose(browed.factors[nose], plain.factors[nose], rtol=0.25)


def test_the_first_frame_counts_at_once_and_later_ones_by_and_by():
    follower, fit = Complexion(tiny.model()), tiny.fit(tiny.model())
    first = follower.update(tiny.frame(tiny.plain((180, 140, 120))), fit, EVEN)
    soon = follower.update(tiny.frame(tiny.plain((90, 70, 60)), 0.1), fit, EVEN)
    for step in range(2, 40):
        late = follower.update(tiny.frame(tiny.plain((90, 70, 60)), step / 10), fit, EVEN)

    assert first[0, 0] > soon[0, 0] > late[0, 0]


def test_frames_that_follow_quickly_share_their_factors():
    follower, fit = Complexion(tiny.model()), tiny.fit(tiny.model())
    first = follower.update(tiny.frame(), fit, EVEN)

    assert follower.update(tiny.frame(time=0.04), fit, EVEN) is first


def test_a_face_that_is_not_seen_leaves_the_factors_as_they_are():
    follower = Complexion(tiny.model())
    away = tiny.fit(tiny.model(), tiny.pose(place=(5000, 0, -480)))

    assert (follower.update(tiny.frame(), away, EVEN) == 1.0).all()
