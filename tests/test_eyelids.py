from dataclasses import replace

import numpy as np
import pytest

from livemask.eyelids import OVERLAP
from tests.heads import shipped

SEEDS = range(20)


def named(name):
    return shipped().expression_names.index(name)


def lids_of(side):
    return next(lid for lid in shipped().eyelids if lid.row == named(f"eyeBlink{side}"))


def person(seed):
    rng = np.random.default_rng(seed)
    return rng.normal(0.0, 1.0, len(shipped().identity))


def gaps(vertices, lid):
    """Return how far the rim of the upper lid is above the lower one, mm, but at the corners."""
    upper, lower = vertices[lid.upper], vertices[lid.lower]
    order = np.argsort(lower[:, 0])
    below = np.interp(upper[:, 0], lower[order, 0], lower[order, 1])
    inside = slice(2, -2)
    return (upper[np.argsort(upper[:, 0]), 1] - below[np.argsort(upper[:, 0])])[inside]


def closed(identity, side="Left", share=1.0):
    expression = np.zeros(len(shipped().expressions))
    expression[named(f"eyeBlink{side}")] = share
    return shipped().vertices(identity, expression)


@pytest.mark.parametrize("side", ["Left", "Right"])
def test_closed_lids_of_anybody_meet_and_hardly_pass_one_another(side):
    for seed in SEEDS:
        gap = gaps(closed(person(seed), side), lids_of(side))
        assert gap.max() < 0.25
        assert gap.min() > -OVERLAP - 0.25


def test_without_it_they_would_not():
    model, lid = shipped(), lids_of("Left")
    plain = [
        model.vertices(person(seed), np.zeros(len(model.expressions))) + model.expressions[lid.row]
        for seed in SEEDS
    ]
    assert max(gaps(vertices, lid).max() for vertices in plain) > 0.6
    assert min(gaps(vertices, lid).min() for vertices in plain) < -1.2


def test_half_a_blink_moves_half_as_far():
    identity = person(3)
    still = shipped().vertices(identity, np.zeros(len(shipped().expressions)))
    half, whole = closed(identity, share=0.5), closed(identity)
    assert np.allclose(half - still, 0.5 * (whole - still), atol=1e-4)


def test_the_other_eye_and_what_no_blink_moves_stay():
    identity = person(5)
    still = shipped().vertices(identity, np.zeros(len(shipped().expressions)))
    moved = (closed(identity, "Left") != still).any(axis=1)
    assert set(np.flatnonzero(moved)) <= set(lids_of("Left").moved)


def test_a_model_without_seams_about_its_eyes_blinks_as_its_expression_says():
    model = shipped()
    corners = np.where(np.arange(68) < 36, model.landmark_vertices, -1).astype(np.int32)
    blind, identity = replace(model, landmark_vertices=corners), person(1)
    expression = np.zeros(len(model.expressions))
    expression[named("eyeBlinkLeft")] = 1.0
    still = blind.vertices(identity, np.zeros(len(model.expressions)))
    moved = blind.vertices(identity, expression) - still
    assert np.allclose(moved, model.expressions[named("eyeBlinkLeft")], atol=1e-4)
