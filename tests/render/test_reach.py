from dataclasses import replace

import numpy as np
import pytest

from livemask.records import Mesh
from livemask.render.reach import reach
from livemask.render.renderer import Renderer
from tests.render import shapes
from tests.render.test_golden import CAMERA, SIZE

WHOLE = (0, 0, *SIZE)


def ball(*place):
    vertices, triangles, normals, _ = shapes.sphere(60.0, 16, 9)
    return Mesh(vertices, triangles, normals, CAMERA, shapes.at(*place))


@pytest.mark.parametrize("place", [(0, 0, -400), (90, -40, -300), (-150, 60, -900)])
def test_all_that_is_drawn_of_a_mesh_lies_within_its_box(plain_renderer: Renderer, place):
    picture = plain_renderer.render(shapes.scene(shapes.plain(*SIZE), ball(*place)))

    rows, columns = np.nonzero((picture != shapes.plain(*SIZE)).any(axis=2))
    left, top, right, bottom = reach(ball(*place), SIZE)

    assert left <= columns.min() <= columns.max() < right
    assert top <= rows.min() <= rows.max() < bottom
    assert (right - left) * (bottom - top) < 1.5 * len(rows)


def test_of_what_reaches_behind_the_camera_the_box_is_the_picture():
    assert reach(ball(0, 0, -30), SIZE) == WHOLE


def test_of_what_is_beside_the_picture_and_of_nothing_the_box_is_empty():
    left, _, right, _ = reach(ball(5000, 0, -400), SIZE)
    assert right - left <= 1
    nothing = np.empty((0, 3), np.float32)
    left, _, right, _ = reach(
        Mesh(nothing, np.empty((0, 3), np.int32), nothing, CAMERA, np.eye(4)), SIZE
    )
    assert right < left


def test_a_vertex_that_is_nowhere_makes_the_box_the_picture():
    mesh = ball(0, 0, -400)
    torn = mesh.vertices.copy()
    torn[3] = np.nan
    assert reach(replace(mesh, vertices=torn), SIZE) == WHOLE
