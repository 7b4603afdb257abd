"""Dense meshes in fewer triangles."""

import time
from dataclasses import replace

import numpy as np
import pytest

from livemask.records import Mesh
from livemask.render import coarser
from livemask.render.coarser import MANY, Coarser, fewer
from tests.render import shapes
from tests.render.test_golden import CAMERA


def ball(rows=65, columns=128):
    vertices, triangles, normals, _ = shapes.sphere(80.0, columns, rows)
    return Mesh(vertices, triangles, normals, CAMERA, shapes.at(0, 0, -400))


@pytest.fixture
def made():
    found = Coarser()
    yield found
    found.release()
    found.release()


def settled(made, mesh):
    """Draw until what is made of `mesh` is there."""
    for _ in range(1000):
        found = made.of(mesh)
        if found is not mesh:
            break
        time.sleep(0.01)
    return found


def test_a_dense_mesh_has_fewer_triangles_soon_and_always_the_same_ones(made):
    mesh = ball()
    assert len(mesh.triangles) > MANY
    assert made.of(mesh) is mesh

    found = settled(made, mesh)

    assert len(found.triangles) < 0.8 * len(mesh.triangles)
    assert found.vertices is mesh.vertices
    moved = replace(mesh, vertices=mesh.vertices + np.float32(1.0))
    assert made.of(moved).triangles is found.triangles


def test_a_mesh_of_few_triangles_stays_as_it_is(made):
    mesh = ball(17, 32)
    assert all(made.of(mesh) is mesh for _ in range(50))


def test_where_making_it_fails_the_mesh_stays_as_it_is(made, monkeypatch):
    def fail(_):
        raise ValueError("torn")

    monkeypatch.setattr(coarser, "fewer", fail)
    mesh = ball()
    for _ in range(40):
        assert made.of(mesh) is mesh
        time.sleep(0.002)


def test_where_a_mesh_changes_its_colour_its_triangles_stay():
    mesh = ball(129, 256)
    half = np.repeat(np.float32(mesh.vertices[:, :1] > 0.0), 3, axis=1)
    vertices = mesh.vertices[fewer(replace(mesh, colours=half))]
    plain = mesh.vertices[fewer(mesh)]

    near = [np.sum(np.abs(found[:, :, 0]).max(axis=1) < 6.0) for found in (vertices, plain)]

    assert near[0] > 1.1 * near[1]


def test_what_is_not_drawn_any_more_is_forgotten(made):
    settled(made, ball())
    for _ in range(200):
        made.end_frame()
    assert not made._made
