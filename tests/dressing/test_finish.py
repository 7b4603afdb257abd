"""What is done to masks whichever they are."""

from dataclasses import replace

import numpy as np
import pytest

from livemask import plugins
from livemask.dressing.finish import Finish, Worn, covered
from livemask.geometry import project
from livemask.records import Effect, Mesh, Scene, State
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.showing import Showing
from tests.masks import tiny

GREEN = (10, 200, 30)


def worn(name="shaded", hides=True):
    model, fit = tiny.model(), tiny.fit(tiny.model())
    layers = plugins.create("masks", name).layers(model, fit, tiny.frame(), tiny.LIGHT, 0.0)
    return Worn(fit, hides, tuple(layers))


def finish(background="video", **showing):
    named = "#000000" if isinstance(background, np.ndarray) else background
    return Finish(tiny.model(), Showing(background=named, **showing), background)


@pytest.fixture(scope="module")
def picture():
    """Return a function that draws what faces wear, and returns RGBA."""

    def draw(made, dressed, frame=None):
        layers = tuple(made.layers(dressed))
        frame = frame or tiny.frame()
        return renderer.render(Scene(frame, (), layers, tiny.LIGHT, made.background), alpha=True)

    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        yield draw
        renderer.close()


def middle(image):
    return image[tiny.SIZE[1] // 2, tiny.SIZE[0] // 2].astype(int)


def test_over_the_video_opaque_masks_are_drawn_as_they_are():
    one = worn()

    assert finish().layers([one]) == list(one.layers)


def test_behind_a_mask_that_is_only_held_the_head_is_blurred():
    """By now the face may be anywhere beside it, and anything in its openings."""
    one = worn()
    cover = np.array([[0, 0], [9, 0], [9, 9]], np.float32)
    held = replace(one, fit=replace(one.fit, state=State.HELD), cover=cover)

    blur, *rest = finish().layers([held])

    assert (blur.look, blur.region is cover, rest) == ("blur", True, list(one.layers))
    assert finish().layers([replace(held, fills=True)]) == list(one.layers)


def test_of_those_that_fill_the_picture_only_the_first_is_drawn():
    plain, first, second = worn("toon"), worn("fruit-card"), worn("fruit-card")
    first, second = replace(first, fills=True), replace(second, fills=True)

    assert finish().layers([plain, first, second]) == [*plain.layers, *first.layers]
    assert finish().layers([second]) == list(second.layers)


def test_half_a_mask_that_covers_nothing_secret_is_half_mask_and_half_face(picture):
    one = worn(hides=False)
    bare, whole = (picture(finish(), faces) for faces in ([], [one]))

    half = picture(finish(opacity=0.5), [one])

    assert np.abs(half - (bare.astype(int) + whole) / 2).max() <= 1.0


def test_behind_half_a_mask_that_hides_the_face_is_blurred(picture):
    """Nothing of a chequered face is left, at whatever opacity."""
    y, x = np.mgrid[: tiny.SIZE[1], : tiny.SIZE[0]]
    squares = np.where((x // 8 + y // 8) % 2, 250, 5).astype(np.uint8)
    frame = tiny.frame(np.repeat(squares[..., None], 3, 2))
    one = worn()
    row = slice(tiny.SIZE[0] // 2 - 16, tiny.SIZE[0] // 2 + 16)

    for opacity in (0.0, 0.5):
        seen = picture(finish(opacity=opacity), [one], frame)[tiny.SIZE[1] // 2, row]
        assert np.ptp(seen.astype(int), axis=0).max() < 30


def test_what_is_blurred_holds_all_that_the_mask_covers():
    one = worn()
    (mesh,) = one.layers
    pixels = project(mesh.camera, mesh.camera_from_mesh, mesh.vertices[mesh.alpha > 0])

    polygon = covered(one)

    low, high = polygon.min(0), polygon.max(0)
    assert (pixels >= low - 1e-2).all()
    assert (pixels <= high + 1e-2).all()


def test_of_a_mask_that_is_no_mesh_the_whole_head_is_blurred():
    one = worn()
    squares = Worn(one.fit, True, (Effect("mosaic"),))

    assert np.ptp(covered(squares), axis=0).prod() > np.ptp(covered(one), axis=0).prod()


def test_on_a_plain_background_only_the_head_is_kept(picture):
    plain = np.full((tiny.SIZE[1], tiny.SIZE[0], 3), GREEN, np.uint8)
    frame = tiny.frame(tiny.plain((200, 20, 20)))

    image = picture(finish(plain), [worn("none", hides=False)], frame)

    assert middle(image)[:3] == pytest.approx([200, 20, 20], abs=1)
    assert (image[:4, :, :3] == GREEN).all()
    assert (image[..., 3] == 255).all()


def test_on_a_transparent_background_only_the_head_is_opaque(picture):
    image = picture(finish("transparent"), [worn("none", hides=False)])

    assert middle(image)[3] == 255
    assert not image[:4, :, 3].any()


def test_on_a_blurred_background_nothing_of_the_frame_is_sharp_but_the_head(picture):
    y, x = np.mgrid[: tiny.SIZE[1], : tiny.SIZE[0]]
    squares = np.where((x // 8 + y // 8) % 2, 250, 5).astype(np.uint8)
    frame = tiny.frame(np.repeat(squares[..., None], 3, 2))

    image = picture(finish("blur"), [worn("none", hides=False)], frame).astype(int)

    assert np.ptp(image[4, 20:60, 0]) < 40
    assert (
        np.ptp(image[tiny.SIZE[1] // 2, tiny.SIZE[0] // 2 - 12 : tiny.SIZE[0] // 2 + 12, 0]) > 200
    )


def test_where_the_background_is_replaced_nobody_is_seen_who_is_not_tracked(picture):
    plain = np.full((tiny.SIZE[1], tiny.SIZE[0], 3), GREEN, np.uint8)

    assert (picture(finish(plain), [])[..., :3] == GREEN).all()
    assert finish(plain).replaces
    assert not finish("video").replaces


def test_the_kept_head_is_the_video_where_it_is():
    kept = finish("transparent").layers([worn("none", hides=False)])[0]

    assert isinstance(kept, Mesh)
    pixels = project(kept.camera, kept.camera_from_mesh, kept.vertices)
    np.testing.assert_allclose(kept.uv * tiny.SIZE - 0.5, pixels, atol=1e-2)
