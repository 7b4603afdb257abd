"""The head that a prop is made for."""

import numpy as np

from livemask.masks.props.wearer import Wearer
from livemask.wardrobe import will_hide
from tests.heads import shipped
from tests.masks import tiny


def wearer():
    made = Wearer(shipped(), lambda points: points[:, 1] > 0.0)
    made.follow(tiny.fit(shipped()))
    return made


def test_it_is_another_head_only_when_it_has_changed_by_more_than_a_little():
    made, size = wearer(), len(shipped().identity)
    changed = []
    for amount in (0.0, 1e-4, 1.0, 1.0001, 0.0):
        fit = tiny.fit(shipped())
        object.__setattr__(fit, "identity", np.full(size, amount))
        changed.append(made.follow(fit))
    assert changed == [False, False, True, False, True]


def test_a_shadow_lies_where_it_is_cast():
    made = wearer()
    made.cast(lambda points: points[:, 1] > 60.0)
    mesh = made.occluder(tiny.fit(shipped()))
    np.testing.assert_array_equal(mesh.alpha == 1.0, mesh.vertices[:, 1] > 60.0)


def test_moved_points_are_told_from_rest():
    made = wearer()
    assert np.abs(made.moved(tiny.fit(shipped()))).max() < 1e-6
    assert made.moved(tiny.fit(shipped(), jawOpen=1.0))[8, 1] < -10.0


def test_it_is_known_that_props_do_not_hide_before_they_are_loaded():
    for name in ("glasses", "hat", "moustache", "horns"):
        assert not will_hide([name])
