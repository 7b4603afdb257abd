"""Glasses."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import ModelError, UsageError
from livemask.geometry import project
from livemask.landmarks import LEFT_EYE, RIGHT_EYE
from livemask.masks import glasses
from livemask.masks.props.frames import STYLES
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny

GREY = (150, 150, 150)


def worn(mask, pose=None, model=None, **moved):
    model = model or shipped()
    return mask.layers(model, tiny.fit(model, pose, **moved), tiny.frame(), tiny.LIGHT, 0.0)


def picture(layers):
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        frame = tiny.frame(tiny.plain(GREY))
        image = renderer.render(Scene(frame, (), layers, tiny.LIGHT))
        renderer.close()
    return image.astype(int)


@pytest.mark.parametrize("style", STYLES)
def test_each_eye_is_behind_its_lens(style):
    _, _, lenses = worn(glasses.create(style))
    points = shipped().mean[shipped().landmark_vertices]
    for eye, side in ((RIGHT_EYE, -1), (LEFT_EYE, 1)):
        glass = lenses.vertices[lenses.vertices[:, 0] * side > 0]
        assert (glass.min(0)[:2] < points[eye].mean(0)[:2]).all()
        assert (glass.max(0)[:2] > points[eye].mean(0)[:2]).all()
        assert glass[:, 2].min() > points[eye, 2].mean()


@pytest.mark.parametrize("style", STYLES)
def test_the_frame_is_as_wide_as_the_head_and_symmetrical(style):
    _, frame, _ = worn(glasses.create(style))
    low, high = frame.vertices[:, 0].min(), frame.vertices[:, 0].max()
    assert high == pytest.approx(-low, abs=1e-3)
    assert 60 < high < 85


def test_the_arm_behind_a_turned_head_is_hidden():
    mask, pose = glasses.create("square"), tiny.pose((0, 0.9, 0))
    occluder, frame, lenses = worn(mask, pose)
    with_head, without = picture((occluder, frame, lenses)), picture((frame, lenses))
    dark = [(image.max(2) < 60).sum() for image in (with_head, without)]
    assert dark[0] < 0.95 * dark[1]


def test_the_head_itself_is_not_seen_but_for_a_faint_shadow():
    bare = picture(worn(glasses.create())[:1])
    assert bare.max() <= 150
    assert bare.min() > 80
    assert (bare == 150).mean() > 0.5


def test_eyes_are_seen_through_clear_lenses_and_not_through_dark_ones():
    eyes = shipped().mean[shipped().landmark_vertices[36:48]]
    fit = tiny.fit(shipped())
    seen = []
    for style in ("round", "sun"):
        image = picture(worn(glasses.create(style))[2:])
        x, y = np.rint(project(fit.camera, fit.camera_from_head, eyes)).astype(int).T
        seen.append(np.median(image[y, x]))
    assert seen[0] > 130
    assert seen[1] < 90


def test_they_go_with_the_nose():
    _, still, _ = worn(glasses.create())
    _, raised, _ = worn(glasses.create(), noseSneerLeft=1.0, noseSneerRight=1.0)
    assert not np.array_equal(still.camera_from_mesh, raised.camera_from_mesh)
    assert np.abs(still.camera_from_mesh - raised.camera_from_mesh).max() < 5.0


def test_another_person_gets_another_size_and_the_same_triangles():
    mask, fit = glasses.create(), tiny.fit(shipped())
    large = replace(fit, identity=np.full(len(fit.identity), 0.8))
    first, second = (
        mask.layers(shipped(), f, tiny.frame(), tiny.LIGHT, 0.0)[1] for f in (fit, large)
    )
    assert np.abs(first.vertices - second.vertices).max() > 0.5
    assert first.triangles is second.triangles


def test_unknown_styles_and_colours_are_refused():
    with pytest.raises(UsageError, match="style='oval' must be round or square"):
        glasses.create("oval")
    with pytest.raises(UsageError, match="colour='pink' must be"):
        glasses.create(colour="pink")


def test_a_model_without_all_points_is_refused():
    lame = tiny.model()
    lame = replace(lame, landmark_vertices=np.r_[-1, lame.landmark_vertices[1:]].astype(np.int32))
    with pytest.raises(ModelError, match="'tiny' lacks some of the 68 points"):
        worn(glasses.create(), model=lame)
