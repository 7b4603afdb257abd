"""The toned face."""

import numpy as np
import pytest

from livemask.light.skin import LINEAR, SkinProbe
from livemask.masks import textured
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny

SKINS = [(224, 172, 150), (150, 98, 72), (88, 52, 38)]


@pytest.mark.parametrize("skin", SKINS)
def test_the_mask_is_as_light_and_as_red_as_the_skin_that_it_covers(skin):
    """Medians of linear light within 12 %: the highlight adds a little."""
    model, frame = tiny.model(), tiny.frame(tiny.plain(skin))
    fit = tiny.fit(model)
    layers = textured.create().layers(model, fit, frame, tiny.LIGHT, 0.0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        image = renderer.render(Scene(frame, (fit,), layers, tiny.LIGHT))
        renderer.close()

    drawn = SkinProbe(model).look(tiny.frame(image), fit).colours

    np.testing.assert_allclose(np.median(drawn, axis=0), LINEAR[list(skin)], rtol=0.12)
    assert drawn.std(axis=0).max() > 0.008  # it is not a plain patch: it has light and shade


def test_eyes_and_teeth_keep_their_colour_whatever_the_skin():
    model = shipped()
    light, dark = (
        textured.create(eyes="model", mouth="model").layers(
            model, tiny.fit(model), tiny.frame(tiny.plain(skin)), tiny.LIGHT, 0.0
        )[0]
        for skin in SKINS[:2]
    )

    same = (light.colours == dark.colours).all(1)

    assert same.sum() == len(model.parts["eyes"]) + len(model.parts["teeth"])
    assert (light.colours[~same] > dark.colours[~same]).all()


def test_colours_are_uploaded_only_when_the_tone_is_another():
    mask, model = textured.create(), tiny.model()
    fit = tiny.fit(model)

    colours = [
        mask.layers(model, fit, tiny.frame(time=t), tiny.LIGHT, t)[0].colours
        for t in (0.0, 0.04, 0.2)
    ]

    assert colours[0] is colours[1]
    assert colours[0] is not colours[2]


def test_skin_has_pores_and_what_is_no_skin_has_none():
    model = shipped()
    look = textured.create(eyes="model", mouth="model")
    (mesh,) = look.layers(model, tiny.fit(model), tiny.frame(), tiny.LIGHT, 0.0)
    picture = mesh.material.texture
    at = np.clip(mesh.uv * picture.shape[0], 0, picture.shape[0] - 1).astype(int)
    kept = look._wear.mesh.model

    shown = picture[at[:, 1], at[:, 0]].astype(float)
    assert shown[kept.parts["skin"]].std() > 3.0
    eyes = shown[np.r_[kept.parts["eyes"], kept.parts["teeth"]]]
    np.testing.assert_allclose(eyes, 188.0, atol=6.0)  # half of full light, sRGB-coded
