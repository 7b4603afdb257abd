"""Effects that need one another, and backgrounds."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import GraphicsError
from livemask.records import Effect
from tests.render import shapes

SIZE = (64, 48)


def test_an_effect_that_there_is_not_is_refused_with_those_that_there_are(plain_renderer):
    with pytest.raises(GraphicsError, match="Known: blur, mosaic, mark, fade"):
        plain_renderer.render(shapes.scene(shapes.plain(*SIZE), Effect("sparkle")))


def test_a_fade_without_a_mark_is_refused(plain_renderer):
    with pytest.raises(GraphicsError, match="mark"):
        plain_renderer.render(shapes.scene(shapes.plain(*SIZE), Effect("fade")))


@pytest.mark.parametrize("opacity", [0.0, 0.25, 1.0])
def test_a_fade_mixes_what_lies_over_the_mark_with_what_lies_under_it(plain_renderer, opacity):
    image = shapes.waves(*SIZE)
    whole = plain_renderer.render(shapes.scene(image, Effect("blur")))

    faded = plain_renderer.render(
        shapes.scene(image, Effect("mark"), Effect("blur"), Effect("fade", amount=opacity))
    )

    expected = opacity * whole.astype(float) + (1.0 - opacity) * image
    assert np.abs(faded - expected).max() <= 1.0


def test_a_background_of_another_size_is_refused(plain_renderer):
    scene = replace(shapes.scene(shapes.plain(*SIZE)), background=shapes.plain(8, 8))

    with pytest.raises(ValueError, match=r"Scene.background has shape \(8, 8, 3\)"):
        plain_renderer.render(scene)


def test_a_background_is_drawn_to_the_pixel(plain_renderer):
    behind = shapes.noise(*SIZE)

    picture = plain_renderer.render(replace(shapes.scene(shapes.plain(*SIZE)), background=behind))

    np.testing.assert_array_equal(picture, behind)
