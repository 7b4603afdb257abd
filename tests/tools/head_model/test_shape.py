import numpy as np
import pytest
from head_model.alignment import align, similarity, symmetric
from head_model.components import components
from head_model.frame import EYE_DISTANCE, Frame, looking_ahead
from head_model.people import AGES, _hats, _macros, draw
from head_model.sliders import Slider

from livemask.geometry import rotation_matrix

MIRROR = np.array([1, 0, 3, 2, 4, 5])
SIDES = np.array([-1.0, 1.0, 1.0])


def head(seed=0):
    """Return six points, symmetric about x = 0."""
    rng = np.random.default_rng(seed)
    right = rng.normal(0.0, 10.0, (2, 3))
    middle = rng.normal(0.0, 10.0, (2, 3)) * [0.0, 1.0, 1.0]
    return np.vstack([right[0], right[0] * SIDES, right[1], right[1] * SIDES, middle])


def placed(points, seed):
    """Return points turned, scaled and moved away."""
    rng = np.random.default_rng(seed)
    turn = rotation_matrix(rng.normal(0.0, 0.3, 3))
    return rng.uniform(0.5, 2.0) * points @ turn.T + rng.normal(0.0, 90.0, 3)


def test_a_similarity_is_undone():
    heads = np.stack([placed(head(), seed) for seed in range(5)])
    undone = similarity(heads, head(), np.ones(6))
    np.testing.assert_allclose(undone, np.broadcast_to(head(), heads.shape), atol=1e-9)


def test_points_without_weight_do_not_pull():
    heads = np.stack([placed(head(), 1)])
    bent = heads.copy()
    bent[0, 5] += 50.0
    weights = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0])
    np.testing.assert_allclose(similarity(bent, head(), weights)[0, :5], head()[:5], atol=1e-9)


def test_a_mirror_image_is_not_taken_for_a_rotation():
    image = head()[None] * SIDES + [3.0, 0.0, 0.0]
    flipped = similarity(image, head() + np.array([1.0, 2.0, 3.0]), np.ones(6))
    a, b, c = flipped[0, [0, 2, 4]] - flipped[0, 5]
    d, e, f = (head() * SIDES)[[0, 2, 4]] - (head() * SIDES)[5]
    assert np.sign(np.cross(a, b) @ c) == np.sign(np.cross(d, e) @ f)


def test_the_common_mean_is_symmetric():
    rng = np.random.default_rng(2)
    heads = np.stack([placed(head() + rng.normal(0.0, 1.0, (6, 3)), s) for s in range(8)])
    aligned, mean = align(heads, np.ones(6), MIRROR)
    np.testing.assert_allclose(mean[MIRROR] * SIDES, mean, atol=1e-9)
    assert np.abs(aligned - mean).std() < 0.2 * np.abs(mean).std()


def population(count=400):
    """Return people who differ along one symmetric and one antisymmetric direction."""
    rng = np.random.default_rng(5)
    wide, askew = np.zeros((6, 3)), np.zeros((6, 3))
    wide[0, 0], wide[1, 0], wide[4, 1] = 1.0, -1.0, 0.5
    askew[2, 1], askew[3, 1] = 1.0, -1.0
    amounts = rng.normal(size=(count, 2)) * [3.0, 1.0]
    heads = head() + amounts[:, :1, None] * wide + amounts[:, 1:, None] * askew
    return heads, wide, askew


def test_components_find_what_people_differ_in():
    heads, wide, askew = population()
    shapes, sigmas, variances = components(heads, head(), np.full(6, 1 / 6), MIRROR, 2)
    for shape, known, sigma in zip(shapes, (wide, askew), (3.0, 1.0), strict=True):
        cosine = (shape * known).sum() / np.linalg.norm(shape) / np.linalg.norm(known)
        assert abs(cosine) == pytest.approx(1.0, abs=1e-6)
        assert np.linalg.norm(shape) == pytest.approx(sigma * np.linalg.norm(known), rel=0.1)
    assert variances[:2] == pytest.approx(sigmas**2)
    assert variances[2] < 1e-9


def test_each_component_is_symmetric_or_antisymmetric():
    rng = np.random.default_rng(6)
    heads = head() + rng.normal(0.0, 1.0, (50, 6, 3))
    shapes, _, _ = components(heads, head(), np.full(6, 1 / 6), MIRROR, 6)
    for shape in shapes:
        parts = [symmetric(shape, MIRROR, sign) for sign in (1.0, -1.0)]
        assert min(np.abs(part).max() for part in parts) < 1e-9


def test_signs_of_components_do_not_depend_on_chance():
    heads, *_ = population()
    first = components(heads, head(), np.full(6, 1 / 6), MIRROR, 2)[0]
    again = components(heads[::-1], head(), np.full(6, 1 / 6), MIRROR, 2)[0]
    np.testing.assert_allclose(again, first, atol=1e-6)


def test_the_frame_puts_pupils_63_mm_apart_and_the_origin_between_the_ears():
    mean = head()
    ears = np.array([0.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    pupil = np.array([0 if mean[0, 0] > 0 else 1])
    frame = Frame.of(mean, pupil, ears)
    moved = frame.points(mean)
    assert 2.0 * moved[pupil, 0].mean() == pytest.approx(EYE_DISTANCE)
    np.testing.assert_allclose(moved[2:4].mean(0), 0.0, atol=1e-9)
    np.testing.assert_allclose(frame.moves(mean), moved + frame.scale * frame.origin)


def test_looking_ahead_raises_the_nose():
    raised = looking_ahead(np.array([[0.0, 0.0, 100.0], [10.0, 0.0, 0.0]]))
    assert raised[0, 1] > 5.0
    np.testing.assert_allclose(raised[1], [10.0, 0.0, 0.0])


def test_the_weights_of_race_gender_and_age_sum_to_one():
    names, weights = _macros(draw(np.random.default_rng(1), 20))
    universal = np.array(["universal" in name for name in names])
    np.testing.assert_allclose(weights[:, ~universal].sum(1), 1.0)
    np.testing.assert_allclose(weights[:, universal].sum(1), 1.0)
    assert len(names) == 18 + 54
    assert (weights >= 0.0).all()


def test_an_age_between_two_nodes_is_a_mixture_of_both():
    weights = _hats(np.array([10.0, 25.0, 57.5]), tuple(AGES.values()))
    np.testing.assert_allclose(weights, [[1, 0, 0], [0, 1, 0], [0, 0.5, 0.5]])


def test_sliders_of_one_feature_have_the_spread_of_the_most_special_rule():
    assert Slider("head/head-round+", "", None).spread == pytest.approx(0.12)
    assert Slider("head/head-fat-incr", "", "").spread == pytest.approx(0.16)
    assert Slider("asym/asym-ear-1-l+", "", None).spread == pytest.approx(0.08)
    assert Slider("nose/nose-hump-incr", "", "").spread == pytest.approx(0.22)
    assert Slider("eyes/eye-trans-out", "", "").mean == pytest.approx(0.5)
