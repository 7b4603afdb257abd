"""What is known of a face."""

import numpy as np
import pytest

from livemask.occlusion.familiar import FIRST, Familiar
from tests.occlusion.flat import ALL, LOW, colours, flat, hand


@pytest.fixture
def familiar():
    """One that has learnt a face."""
    made = Familiar()
    for seed in range(30):
        made.strangeness(flat(colours(seed)), ALL)
        made.learn(ALL)
    return made


def test_a_face_that_was_learnt_is_not_strange(familiar):
    assert familiar.strangeness(flat(colours(99)), ALL).max() < 0.1


def test_something_of_another_colour_is_strange_and_the_rest_is_not(familiar):
    strange = familiar.strangeness(flat(hand(99)), ALL)

    assert strange[LOW].min() > 0.5
    assert strange[:40][ALL[:40]].max() < 0.2


def test_a_light_that_comes_on_makes_no_face_strange(familiar):
    ramp = np.linspace(0.9, 1.25, 64)[:, None]

    assert familiar.strangeness(flat(colours(99, ramp[..., None])), ALL)[ALL].max() < 0.3


def test_of_what_was_hardly_seen_nothing_is_said():
    made = Familiar()
    for seed in range(FIRST - 1):
        made.strangeness(flat(colours(seed)), ALL)
        made.learn(ALL)

    assert not made.strangeness(flat(hand(99)), ALL).any()


def test_what_is_not_learnt_is_not_remembered(familiar):
    before = familiar.strangeness(flat(hand(99)), ALL)
    for seed in range(60):
        familiar.strangeness(flat(hand(seed)), ALL)
        familiar.learn(np.zeros_like(ALL))

    after = familiar.strangeness(flat(hand(99)), ALL)
    np.testing.assert_allclose(after[LOW], before[LOW], rtol=0.1)


def test_a_place_that_an_expression_moves_is_less_strange(familiar):
    calm = familiar.strangeness(flat(hand(99)), ALL)
    laughing = familiar.strangeness(flat(hand(99), moved=4.0), ALL)

    assert (laughing[LOW] < 0.6 * calm[LOW]).all()
