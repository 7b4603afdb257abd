"""What eyes and mouth show while a face is held."""

from dataclasses import replace

import numpy as np
import pytest

from livemask import plugins
from livemask.masks.fruit.window import LIVE, Window
from livemask.records import Scene, State
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny

SECRET = tiny.plain((0, 0, 255))
UV = np.array([[0.3, 0.4], [0.6, 0.7], [0.5, 0.5]], np.float32)


def seen(state=State.TRACKED):
    return replace(tiny.fit(shipped()), state=state)


def drawn(layers, frame):
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (), layers, tiny.LIGHT))
        renderer.close()
    return picture.astype(int)


def test_a_face_that_is_seen_shows_the_frame():
    assert Window().of(tiny.frame(), seen(), UV) == (LIVE, UV)


def test_a_face_that_is_held_shows_what_was_there_when_it_was_last_seen():
    window = Window()
    window.of(tiny.frame(), seen(), UV)

    material, uv = window.of(tiny.frame(SECRET), seen(State.HELD), UV)

    kept = material.texture
    for (u, v), (a, b) in zip(UV, uv, strict=True):
        was = tiny.frame().image[int(v * tiny.SIZE[1]), int(u * tiny.SIZE[0])]
        assert kept[int(b * len(kept)), int(a * kept.shape[1])].tolist() == was.tolist()
    assert kept.size < 0.3 * tiny.frame().image.size


def test_it_is_the_same_picture_for_as_long_as_the_face_is_held():
    window = Window()
    window.of(tiny.frame(), seen(), UV)

    first, again = (window.of(tiny.frame(SECRET), seen(State.HELD), UV) for _ in range(2))

    assert first[0].texture is again[0].texture


def test_nothing_is_shown_of_a_face_that_was_never_seen():
    assert Window().of(tiny.frame(), seen(State.HELD), UV) is None


@pytest.mark.parametrize("name", ["watermelon", "fruit-card"])
def test_a_fruit_looks_as_it_did_when_its_face_was_last_seen_whatever_the_video_shows(name):
    mask, model = plugins.create("masks", name), shipped()
    before = mask.layers(model, seen(), tiny.frame(), tiny.LIGHT, 0.0)
    held = mask.layers(model, seen(State.HELD), tiny.frame(SECRET, 0.3), tiny.LIGHT, 0.3)

    once, now = drawn(before, tiny.frame()), drawn(held, tiny.frame(SECRET))

    solid = np.abs(once - tiny.frame().image).max(-1) > 0
    assert solid.mean() > 0.1
    differs = np.abs(now - once).max(-1) > 6
    shown = (now == SECRET).all(-1)  # where no mask is
    assert (differs & ~shown).mean() < 0.01


def test_a_fruit_that_meets_a_held_face_first_has_no_eyes():
    for name in ("watermelon", "fruit-card"):
        mask = plugins.create("masks", name)
        layers = mask.layers(shipped(), seen(State.HELD), tiny.frame(), tiny.LIGHT, 0.0)
        assert all(
            layer.material.texture != "frame"
            for layer in layers
            if isinstance(layer.material.texture, str)
        )
