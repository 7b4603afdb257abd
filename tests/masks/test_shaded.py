"""The clay face."""

import pytest

from livemask import plugins
from livemask.errors import UsageError
from livemask.masks import shaded
from tests.heads import shipped
from tests.masks import tiny


def only(mask, model=None):
    model = model or tiny.model()
    (mesh,) = mask.layers(model, tiny.fit(model), tiny.frame(), tiny.LIGHT, 0.0)
    return mesh


def test_it_has_the_colour_and_gloss_that_are_asked_for():
    material = only(shaded.create(colour="#ff0000", gloss=0.7)).material

    assert material.colour == (1.0, 0.0, 0.0)
    assert material.specular == 0.7
    assert material.lit


def test_it_is_the_face_only_unless_the_head_is_asked_for():
    face, head = only(shaded.create(), shipped()), only(shaded.create(extent="head"), shipped())

    assert len(face.vertices) < 0.7 * len(head.vertices)


def test_its_options_can_be_written_on_the_command_line():
    mask = plugins.create("masks", "shaded,extent=head,eyes=model,colour=#00ff00")

    assert only(mask).material.colour == (0.0, 1.0, 0.0)


def test_a_colour_that_is_none_is_refused():
    with pytest.raises(UsageError, match="colour='blue'"):
        plugins.create("masks", "shaded,colour=blue")
