"""Clay, gold and chrome: `shaded` with another look."""

import numpy as np
import pytest

from livemask import plugins
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny


def only(name):
    (mesh,) = plugins.create("masks", name).layers(
        shipped(), tiny.fit(shipped()), tiny.frame(), tiny.LIGHT, 0.0
    )
    return mesh


@pytest.mark.parametrize("name", ["clay", "gold", "chrome"])
def test_creases_are_darker_than_the_rest(name):
    colours = only(name).colours

    assert colours.max() <= 1.0
    assert colours.min() < 0.6
    assert np.median(colours) > 0.9


@pytest.mark.parametrize(("name", "warm"), [("gold", 2.0), ("chrome", 1.0)])
def test_gold_is_yellow_and_chrome_is_not(name, warm):
    mesh, frame = only(name), tiny.frame(tiny.plain((0, 255, 0)))
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (), (mesh,), tiny.LIGHT)).astype(float)
        renderer.close()
    red, _, blue = picture[picture[..., 1] < 250].mean(0)

    assert red / blue == pytest.approx(warm, rel=0.3)


def test_gloss_can_be_told():
    assert only("gold,gloss=0").material.exponent < only("gold").material.exponent
