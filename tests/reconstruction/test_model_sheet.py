from dataclasses import replace

import numpy as np
import pytest

from livemask.reconstruction.model_sheet import COLUMNS, LABEL, PAPER, TILE, sheet
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped


class Noting:
    """Draws nothing and keeps what it was asked to draw."""

    def __init__(self):
        self.scenes = []

    def render(self, scene, *, video=True):
        self.scenes.append(scene)
        return scene.frame.image.copy()


def small(expressions):
    """Return the shipped model with a few of its expressions and one component."""
    model = shipped()
    return replace(
        model,
        identity=model.identity[:1],
        identity_sigmas=model.identity_sigmas[:1],
        expressions=model.expressions[:expressions],
        expression_names=model.expression_names[:expressions],
        expression_bounds=model.expression_bounds[:expressions],
        expression_sigmas=model.expression_sigmas[:expressions],
    )


@pytest.fixture(scope="module")
def drawn():
    """The sheet of the shipped head, as the renderer draws it."""
    context = offscreen()
    renderer = Renderer(context, samples=0)
    picture = sheet(shipped(), renderer)
    renderer.close()
    context.close()
    return picture


def tiles(picture, first_row, count):
    """Return `count` tiles without their labels from the first row of a section on."""
    found = []
    for i in range(count):
        row, column = divmod(i, COLUMNS)
        y = first_row + row * (TILE + LABEL) + LABEL
        found.append(picture[y : y + TILE, column * TILE : (column + 1) * TILE].astype(int))
    return found


def expressions_of(picture):
    """Return the 52 tiles of the expressions, the last section of the sheet."""
    return tiles(picture, picture.shape[0] - 7 * (TILE + LABEL), 52)


def test_every_expression_can_be_seen(drawn):
    pictures = expressions_of(drawn)
    still = np.median(pictures, axis=0)
    for name, picture in zip(shipped().expression_names, pictures, strict=True):
        changed = (np.abs(picture - still).max(2) > 12).sum()
        assert changed > 25, name


def test_no_two_expressions_look_alike(drawn):
    pictures = np.array(expressions_of(drawn), np.int16)[:, ::2, ::2].reshape(52, -1)
    apart = [np.abs(pictures[i + 1 :] - pictures[i]).max(1).min() for i in range(51)]
    assert min(apart) > 10


def test_a_head_fills_each_tile(drawn):
    for tile in expressions_of(drawn):
        skin = tile[..., 0] > tile[..., 2] + 20
        assert 0.25 < skin.mean() < 0.9


def test_it_shows_mean_components_and_all_expressions():
    renderer = Noting()
    picture = sheet(small(5), renderer)
    assert len(renderer.scenes) == 8 + 2 + 5
    assert picture.dtype == np.uint8
    rows = (TILE + LABEL) * 3 + 2 * LABEL * 3
    assert picture.shape == (rows, COLUMNS * TILE, 3)


def test_the_rest_of_a_row_is_paper():
    picture = sheet(small(5), Noting())
    assert (picture[-TILE:, 5 * TILE :] == PAPER).all()


def test_a_bounded_expression_is_shown_at_its_bound_and_a_signed_one_at_two_deviations():
    model = small(2)
    bounds = np.array([[0.0, 0.5], [-np.inf, np.inf]], np.float32)
    sigmas = np.array([0.3, 0.25], np.float32)
    renderer = Noting()
    sheet(replace(model, expression_bounds=bounds, expression_sigmas=sigmas), renderer)
    shown = [scene.layers[0].vertices - model.mean for scene in renderer.scenes[-2:]]
    np.testing.assert_allclose(shown[0], 0.5 * model.expressions[0], atol=1e-4)
    np.testing.assert_allclose(shown[1], 0.5 * model.expressions[1], atol=1e-4)


def test_a_model_without_expressions_or_landmarks_has_a_sheet():
    bare = replace(small(0), landmark_vertices=np.full(68, -1, np.int32))
    assert sheet(bare, Noting()).shape[1] == COLUMNS * TILE


def test_a_label_stands_over_each_tile(drawn):
    top = drawn.shape[0] - 7 * (TILE + LABEL)
    for column in range(COLUMNS):
        label = drawn[top : top + LABEL, column * TILE : (column + 1) * TILE]
        assert (label.max(2) > 150).sum() > 20
