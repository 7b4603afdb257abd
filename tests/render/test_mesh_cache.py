import dataclasses

import numpy as np
import pytest

from livemask.records import Camera, Mesh
from livemask.render.context import Context
from livemask.render.gl import Buffer
from livemask.render.mesh_cache import MeshCache
from tests.render import shapes

CAMERA = Camera.from_field_of_view((64, 48))


def a_mesh(**fields):
    vertices, triangles, normals, uv = shapes.sphere(30, 12, 7)
    given = {"alpha": np.ones(len(vertices), np.float32), "uv": uv} | fields
    return Mesh(vertices, triangles, normals, CAMERA, np.eye(4), **given)


@pytest.fixture
def uploads(monkeypatch):
    """The sizes in bytes of all uploads since last cleared."""
    sizes = []
    upload = Buffer.upload

    def counted(self, array):
        sizes.append(array.nbytes)
        upload(self, array)

    monkeypatch.setattr(Buffer, "upload", counted)
    return sizes


@pytest.fixture
def cache(context: Context):
    made = MeshCache()
    yield made
    made.release()


def test_only_arrays_that_are_other_objects_are_uploaded_again(cache, uploads):
    mesh = a_mesh()
    cache.get(mesh)
    assert len(uploads) == 6  # triangles, vertices, normals, uv, alpha, soft triangles
    cache.end_frame()

    uploads.clear()
    cache.get(dataclasses.replace(mesh))
    assert uploads == []
    cache.end_frame()

    cache.get(dataclasses.replace(mesh, vertices=mesh.vertices.copy()))
    assert uploads == [mesh.vertices.nbytes]


def test_the_buffers_of_a_moving_mesh_stay_the_same(cache):
    mesh = a_mesh()
    first = cache.get(mesh)
    cache.end_frame()

    assert cache.get(dataclasses.replace(mesh, vertices=mesh.vertices + 1)) is first


def test_two_meshes_of_one_topology_in_a_frame_do_not_share_buffers(cache, uploads):
    one, other = (a_mesh() for _ in range(2))
    other = dataclasses.replace(other, triangles=one.triangles)
    assert cache.get(one) is not cache.get(other)
    cache.end_frame()
    uploads.clear()

    cache.get(one)
    cache.get(other)

    assert uploads == []


def test_held_arrays_keep_their_identity(cache, uploads):
    for _ in range(50):  # freed and made again, arrays tend to come back at the same address
        mesh = a_mesh()
        uploads.clear()
        cache.get(mesh)
        cache.end_frame()
        assert len(uploads) == 6
        del mesh


def test_what_is_not_used_for_long_is_freed(cache):
    gone = cache.get(a_mesh())
    kept = a_mesh()
    for _ in range(200):
        cache.get(kept)
        cache.end_frame()

    assert gone._vertex_array.name == 0
    assert cache.get(kept)._vertex_array.name != 0


def test_a_field_that_is_left_out_later_takes_its_default(cache, uploads):
    mesh = a_mesh()
    gpu = cache.get(mesh)
    cache.end_frame()
    uploads.clear()

    assert cache.get(dataclasses.replace(mesh, alpha=None)) is gpu
    assert uploads == []


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("normals", np.zeros((5, 3), np.float32), r"Mesh.normals has shape \(5, 3\)"),
        (
            "alpha",
            np.zeros((84, 1), np.float32),
            r"Mesh.alpha has shape \(84, 1\), must be \(84,\)",
        ),
        ("uv", np.zeros((84, 3), np.float32), r"must be \(84, 2\)"),
        ("colours", np.zeros((84, 4), np.float32), r"must be \(84, 3\)"),
        ("triangles", np.zeros((9, 4), np.int32), r"must be \(9, 3\)"),
        ("triangles", np.array([[0, 1, 84]], np.int32), "vertices 0 to 84 of 84"),
        ("triangles", np.array([[0, -1, 2]], np.int32), "vertices -1 to 2 of 84"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(cache, field, value, message):
    with pytest.raises(ValueError, match=message):
        cache.get(
            a_mesh(**{field: value})
            if field in ("alpha", "uv", "colours")
            else dataclasses.replace(a_mesh(), **{field: value})
        )


def test_an_array_that_no_longer_fits_is_refused_though_it_is_the_same(cache):
    mesh = a_mesh()
    cache.get(mesh)
    cache.end_frame()

    fewer = dataclasses.replace(
        mesh, vertices=mesh.vertices[:50], normals=mesh.normals[:50], uv=None, alpha=None
    )
    with pytest.raises(ValueError, match="of 50"):
        cache.get(fewer)
