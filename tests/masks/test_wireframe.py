"""Lines over a face."""

import numpy as np
import pytest

from livemask.masks import wireframe
from tests.heads import shipped
from tests.masks import tiny


def drawn(model, pose=None, size=tiny.SIZE, **options):
    frame = tiny.frame(size=size)
    return wireframe.create(**options).layers(model, tiny.fit(model, pose), frame, tiny.LIGHT, 0.0)


def test_a_faint_veil_hides_the_far_side_and_lines_lie_before_it():
    veil, lines = drawn(shipped())

    assert veil.material.opacity < 0.2
    assert lines.material.look == "stroke"
    assert (lines.vertices[:, 2] < 0).all()  # camera frame
    nearest = (veil.vertices @ veil.camera_from_mesh[2, :3] + veil.camera_from_mesh[2, 3]).max()
    assert nearest < lines.vertices[:, 2].max() < nearest + 5


def test_lines_have_the_colour_that_is_asked_for():
    for mesh in drawn(tiny.model(), colour="#00ff00"):
        assert mesh.material.colour == (0.0, 1.0, 0.0)
        assert not mesh.material.lit


def test_lines_fade_where_the_face_turns_away():
    _, lines = drawn(tiny.model(), tiny.pose((0, 0.7, 0)))

    away = lines.vertices[:, 0] > np.percentile(lines.vertices[:, 0], 97)
    middle = np.abs(lines.vertices[:, 0] - np.median(lines.vertices[:, 0])) < 5

    assert lines.alpha[away].mean() < 0.4 * lines.alpha[middle].mean()


def test_crowded_lines_are_fainter():
    near, far = (
        drawn(tiny.model(), tiny.pose(place=(0, 0, -distance)))[1].alpha.max()
        for distance in (300, 3000)
    )

    assert far < 0.3 * near


@pytest.mark.parametrize(("rows", "factor"), [(181, 1.0), (1440, 2.0)])
def test_lines_are_wider_in_a_larger_picture(rows, factor):
    _, lines = drawn(tiny.model(), size=(rows * 4 // 3, rows), width=2.0)
    quad = lines.vertices[:4]

    width = np.linalg.norm(quad[3] / quad[3, 2] - quad[0] / quad[0, 2]) * tiny.CAMERA.focal

    assert width == pytest.approx(2.0 * factor, rel=0.01)


def test_the_whole_head_has_more_lines_than_the_face():
    assert len(drawn(shipped(), extent="head")[1].vertices) > 1.3 * len(
        drawn(shipped())[1].vertices
    )
