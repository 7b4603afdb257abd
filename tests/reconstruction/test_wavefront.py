import numpy as np
import pytest
import trimesh

from livemask.errors import SinkError
from livemask.reconstruction import wavefront
from tests.heads import shipped


def test_trimesh_reads_places_colours_and_triangles(tmp_path):
    model = shipped()
    vertices = model.mean
    colours = np.random.default_rng(0).uniform(0, 1, vertices.shape).astype(np.float32)
    file = tmp_path / "head.obj"
    wavefront.write(file, vertices, colours, model.normals(vertices), model.triangles)
    mesh = trimesh.load(file, process=False, maintain_order=True)
    np.testing.assert_allclose(mesh.vertices, vertices, atol=1e-4)
    np.testing.assert_array_equal(mesh.faces, model.triangles)
    np.testing.assert_allclose(mesh.visual.vertex_colors[:, :3] / 255.0, colours, atol=0.005)


def test_the_head_opens_upright_with_its_outside_out(tmp_path):
    model = shipped()
    file = tmp_path / "head.obj"
    grey = np.full_like(model.mean, 0.5)
    wavefront.write(file, model.mean, grey, model.normals(model.mean), model.triangles)
    mesh = trimesh.load(file, process=False, maintain_order=True)
    nose, chin = mesh.vertices[model.landmark_vertices[[30, 8]]]
    assert nose[1] > chin[1]
    assert nose[2] > 0.0
    assert mesh.vertex_normals[model.landmark_vertices[30]][2] > 0.5


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left(tmp_path):
    one = np.zeros((3, 3), np.float32)
    with pytest.raises(SinkError, match="nowhere"):
        wavefront.write(tmp_path / "nowhere" / "a.obj", one, one, one, np.zeros((1, 3), np.int32))
    assert list(tmp_path.iterdir()) == []
