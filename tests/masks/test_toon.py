"""The drawn face."""

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.masks import toon
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.masks import tiny


def drawn(mask, distance=-300):
    model, frame = tiny.model(), tiny.frame(tiny.plain((0, 255, 0)))
    fit = tiny.fit(model, tiny.pose(place=(0, 0, distance)))
    layers = mask.layers(model, fit, frame, tiny.LIGHT, 0.0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (fit,), layers, tiny.LIGHT))
        renderer.close()
    return picture


def test_the_skin_has_few_tones():
    picture = drawn(toon.create(gloss=0, ink=0))
    skin = picture[picture[..., 1] < 250].reshape(-1, 3) // 8
    _, counts = np.unique(skin, axis=0, return_counts=True)

    assert np.sort(counts)[-6:].sum() > 0.6 * len(skin)


def colour_on(skin, **options):
    frame = tiny.frame(tiny.plain(skin))
    (mesh,) = toon.create(**options).layers(
        tiny.model(), tiny.fit(tiny.model()), frame, tiny.LIGHT, 0.0
    )
    return np.array(mesh.material.colour)


def test_it_is_drawn_in_the_tone_of_the_persons_skin():
    pale, brown = colour_on((230, 180, 160)), colour_on((90, 55, 40))

    assert pale.sum() > 2.0 * brown.sum()
    assert brown[0] > brown[1] > brown[2]


def test_a_colour_that_is_told_is_the_same_on_all():
    told = [colour_on(skin, colour="#40d0a0") for skin in ((230, 180, 160), (90, 55, 40))]

    assert (told[0] == told[1]).all()
    assert told[0][1] > told[0][2] > told[0][0]


def test_ink_surrounds_it():
    inked, bare = drawn(toon.create(ink=12)), drawn(toon.create(ink=0))

    assert (inked.max(2) < 60).sum() > (bare.max(2) < 60).sum() + 100


def test_ink_is_thinner_on_a_face_far_away():
    mask, model = toon.create(), tiny.model()
    near, far = (
        mask.layers(
            model, tiny.fit(model, tiny.pose(place=(0, 0, -z))), tiny.frame(), tiny.LIGHT, 0.0
        )[0].material.exponent
        for z in (200, 3000)
    )

    assert far < 0.2 * near


def test_an_impossible_width_is_refused():
    with pytest.raises(UsageError, match="ink=-1"):
        toon.create(ink=-1)
