"""The projected head."""

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.masks import hologram
from livemask.records import Effect, Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny


def layers(mask, time=0.0):
    return mask.layers(shipped(), tiny.fit(shipped()), tiny.frame(), tiny.LIGHT, time)


def test_what_lies_behind_the_head_cannot_be_told():
    """Stripes as fine as a face's features, and the same the other way round, look alike."""
    rows = np.arange(tiny.SIZE[1]) // 4 % 2 * 200
    model, pictures = shipped(), []
    fit = tiny.fit(model)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        for stripes in (rows, 200 - rows):
            image = np.broadcast_to(stripes[:, None, None], (*tiny.SIZE[::-1], 3)).astype(np.uint8)
            both = hologram.create().layers(model, fit, tiny.frame(image), tiny.LIGHT, 0.0)
            picture = renderer.render(Scene(tiny.frame(image), (fit,), both, tiny.LIGHT))
            pictures.append(picture.astype(int))
        renderer.close()
    apart = np.abs(pictures[0] - pictures[1])

    assert apart[5, 5].min() == 200  # beside the head
    assert apart[60:120, 100:140].max() < 12


def test_the_blur_lies_under_the_head_and_the_persons_own_eyes_are_never_shown():
    effect, head = layers(hologram.create())

    assert isinstance(effect, Effect)
    middle = shipped().mean[shipped().parts["eyes"]]
    for side in (middle[middle[:, 0] < 0.0], middle[middle[:, 0] > 0.0]):
        front = side[side[:, 2].argmax()]
        assert np.linalg.norm(head.vertices - front, axis=1).min() < 4.0


def test_the_lines_rise_and_the_beam_flickers_unless_told_not_to():
    mask, steady = hologram.create(), hologram.create(flicker=0)
    first, later = (layers(mask, t)[1].material for t in (0.0, 0.5))

    assert later.exponent > first.exponent
    assert later.translucency != first.translucency
    assert {layers(steady, t)[1].material.translucency for t in (0.0, 0.5)} == {1.0}


def test_lips_and_lids_are_no_bright_wires():
    """What their sharp edges add to the beam is a small share of what a cheek's rim adds."""
    head = layers(hologram.create())[1]
    rim = head.colours[:, 1]

    marks = shipped().mean[shipped().landmark_vertices[36:]]
    near = np.linalg.norm(head.vertices[:, None] - marks, axis=2).min(1)
    assert rim[near < 4.0].max() < 0.3
    assert np.median(rim[near > 20.0]) > 0.8


def test_an_impossible_flicker_is_refused():
    with pytest.raises(UsageError, match="flicker=2"):
        hologram.create(flicker=2)
