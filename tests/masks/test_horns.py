"""Horns."""

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.masks import horns
from livemask.masks.props.antlers import STYLES
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.solids import volume


def horn(style, **options):
    model = shipped()
    mask = horns.create(style, **options)
    return mask.layers(model, tiny.fit(model), tiny.frame(), tiny.LIGHT, 0.0)[1]


@pytest.mark.parametrize("style", STYLES)
def test_the_outside_of_a_horn_is_outside(style):
    mesh = horn(style)
    assert volume(mesh.vertices, mesh.triangles) > 0


@pytest.mark.parametrize("style", STYLES)
def test_a_horn_grows_from_the_head_and_ends_beyond_it(style):
    mesh = horn(style)
    skin = shipped().mean
    foot = mesh.vertices[:20].mean(0)
    assert np.linalg.norm(skin - foot, axis=1).min() < 25
    apart = [np.linalg.norm(skin - tip, axis=1).min() for tip in mesh.vertices[::37]]
    assert max(apart) > 20


def test_a_unicorn_has_one_horn_in_the_middle():
    mesh = horn("unicorn")
    assert np.abs(mesh.vertices[:, 0]).max() < 20
    assert mesh.vertices[-20:, 1].mean() > mesh.vertices[:20, 1].mean() + 60


def test_a_horn_fades_in_where_hair_may_be():
    mesh = horn("devil")
    assert mesh.alpha[:20].max() == 0.0
    assert mesh.alpha.max() == 1.0


def test_twice_the_size_is_twice_as_long():
    one, two = (np.ptp(horn("unicorn", size=s).vertices[:, 1]) for s in (0.5, 1.0))
    assert two == pytest.approx(2 * one, rel=0.05)


def test_an_impossible_size_is_refused():
    with pytest.raises(UsageError, match="size=7 must be"):
        horns.create(size=7)
