"""Dots on the points of the fit."""

from itertools import pairwise

import numpy as np
import pytest

from livemask.geometry import project
from livemask.masks import landmarks
from livemask.morphable_model import fit_landmarks
from tests.heads import shipped
from tests.masks import tiny

TURNED = tiny.pose((0.1, 0.5, -0.1), (20, 5, -450))


def drawn(model=None, pose=TURNED, **options):
    model = model or tiny.model()
    fit = tiny.fit(model, pose)
    mask = landmarks.create(**options)
    return fit, mask.layers(model, fit, tiny.frame(), tiny.LIGHT, 0.0)


def by_look(layers, look):
    return [mesh for mesh in layers if mesh.material.look == look]


@pytest.mark.parametrize("model", [tiny.model, shipped])
def test_there_is_a_dot_on_each_of_the_68_points(model):
    fit, layers = drawn(model())
    points = project(fit.camera, fit.camera_from_head, fit_landmarks(model(), fit))

    for dots in by_look(layers, "disc"):
        corners = project(dots.camera, dots.camera_from_mesh, dots.vertices).reshape(68, 4, 2)
        np.testing.assert_allclose(corners.mean(1), points, atol=0.02)


def test_dots_grow_with_the_face_but_never_vanish():
    def radius(distance):
        fit, layers = drawn(pose=tiny.pose(place=(0, 0, -distance)))
        dots = by_look(layers, "disc")[-1]
        corners = project(fit.camera, dots.camera_from_mesh, dots.vertices[:4])
        return 0.5 * np.ptp(corners[:, 0])

    assert radius(200) > 1.3 * radius(400)
    assert radius(20000) == pytest.approx(landmarks.LEAST_RADIUS, abs=0.01)


def test_lines_join_the_points_of_a_feature():
    _, layers = drawn()
    (lines,) = by_look(layers, "stroke")

    # open: jaw 16, brows 4 each, bridge 3, base 4; closed: eyes 6 each, lips 12 and 8
    assert len(lines.vertices) == 4 * (16 + 4 + 4 + 3 + 4 + 6 + 6 + 12 + 8)


def test_axes_start_between_the_eyes_and_turn_with_the_head():
    model = tiny.model()
    fit, layers = drawn()
    (axes,) = by_look(layers, "shaded")

    root = axes.camera_from_mesh[:3, 3]
    bridge = fit.camera_from_head @ np.append(fit_landmarks(model, fit)[27], 1.0)
    np.testing.assert_allclose(root, bridge[:3])
    np.testing.assert_array_equal(axes.camera_from_mesh[:3, :3], fit.camera_from_head[:3, :3])


def test_dots_lie_before_lines_and_lines_before_the_axes():
    _, layers = drawn()

    depths = []
    for mesh in layers:
        depth = mesh.vertices @ mesh.camera_from_mesh[2, :3] + mesh.camera_from_mesh[2, 3]
        depths.append((depth.min(), depth.max()))

    assert all(here[1] < after[0] for here, after in pairwise(depths))


def test_axes_and_lines_can_be_left_out():
    _, layers = drawn(axes=False, lines=False)

    assert {mesh.material.look for mesh in layers} == {"disc"}
