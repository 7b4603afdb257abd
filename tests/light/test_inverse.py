"""The colours of skin without its light, on drawn heads whose colours are known."""

import numpy as np
import pytest

from livemask.light.inverse import Albedo
from livemask.light.lamps import chosen_light
from livemask.records import Frame, Material, Mesh, Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.showing import Showing
from tests.masks import tiny

LEFT, RIGHT = (chosen_light(Showing(light=angles)).value for angles in ("-50,20", "50,20"))


def skin(model):
    """Return albedos (n, 3) that change slowly over the face."""
    wave = 0.5 + 0.25 * np.sin(model.mean[:, :1] / 20.0) * [1.0, 0.6, 0.3]
    return (0.8 * wave).astype(np.float32)


@pytest.fixture(scope="module")
def draw():
    """Return a function that draws the face in a light."""
    model, fit = tiny.model(), tiny.fit(tiny.model())
    vertices = model.vertices(fit.identity, fit.expression)
    mesh = Mesh(
        vertices, model.triangles, model.normals(vertices), fit.camera, fit.camera_from_head,
        Material(specular=0.0), colours=skin(model),
    )  # fmt: skip
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        yield lambda light: renderer.render(Scene(tiny.frame(), (fit,), (mesh,), light))
        renderer.close()


def learn(albedo, image, light, start=0.0, times=5):
    fit = tiny.fit(tiny.model())
    for step in range(times):
        albedo.update(Frame(image, start + 0.1 * step, step), fit, light)
    return albedo.value


def well_seen(albedo):
    """Return the vertices that were seen and are not at the rim."""
    return (albedo.seen > 0.0) & (tiny.model().face_weight > 0.6)


@pytest.mark.parametrize("light", [LEFT, RIGHT])
def test_the_albedo_of_a_drawn_face_is_found_whatever_its_light(draw, light):
    albedo = Albedo(tiny.model())

    found = learn(albedo, draw(light), light)

    seen = well_seen(albedo)
    assert seen.sum() > 50
    assert np.median(np.abs(found / skin(tiny.model()) - 1.0)[seen]) < 0.03


def test_a_change_of_light_that_is_known_changes_no_albedo(draw):
    albedo = Albedo(tiny.model())
    before = learn(albedo, draw(LEFT), LEFT)
    after = learn(albedo, draw(RIGHT), RIGHT, start=1.0)

    assert np.median(np.abs(after / before - 1.0)[well_seen(albedo)]) < 0.03


def test_what_comes_before_a_face_for_a_moment_is_hardly_taken_for_skin(draw):
    albedo = Albedo(tiny.model())
    before = learn(albedo, draw(LEFT), LEFT, times=20)

    after = learn(albedo, np.zeros_like(draw(LEFT)), LEFT, start=2.0, times=5)

    assert np.median((after / before)[well_seen(albedo)]) > 0.97


def test_what_was_never_seen_has_the_persons_tone(draw):
    albedo, model = Albedo(tiny.model()), tiny.model()

    found = learn(albedo, draw(LEFT), LEFT)

    hidden = albedo.seen == 0.0
    ratio = found[hidden] / np.maximum(model.albedo[hidden], 1e-3)
    assert hidden.any()
    np.testing.assert_allclose(ratio, np.broadcast_to(ratio[0], ratio.shape), rtol=1e-4)


def test_without_a_face_in_the_picture_the_albedo_is_the_models():
    albedo = Albedo(tiny.model())
    away = tiny.fit(tiny.model(), tiny.pose(place=(5000, 0, -480)))

    assert albedo.update(tiny.frame(), away, LEFT) is tiny.model().albedo


def test_frames_that_follow_quickly_share_an_albedo(draw):
    albedo = Albedo(tiny.model())
    first = learn(albedo, draw(LEFT), LEFT, times=1)

    assert learn(albedo, draw(LEFT), LEFT, start=0.02, times=1) is first
