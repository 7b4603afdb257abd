import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.models import obj
from livemask.models.obj import read_obj, read_vertices

SQUARE = """# a square and a triangle
mtllib some.mtl
v 0.0 0.0 0.0
v 1.0 0.0 -2.5e-1
v 1.0 1.0 0.0
v 0.0 1.0 0.0
vt 0.0 0.0
vt 1.0 0.25
vt 1.0 1.0
vn 0 0 1
g face
usemtl skin
s 1
f 1/1 2/2 3/3 4/1
f 2/2/1 3/3/1 4/1/1
"""


def written(tmp_path, text):
    file = tmp_path / "some.obj"
    file.write_text(text, "utf-8", newline="")
    return file


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_vertices_texture_and_faces_are_read(tmp_path, ending):
    read = read_obj(written(tmp_path, SQUARE.replace("\n", ending)))
    np.testing.assert_array_equal(read.vertices[1], [1.0, 0.0, -0.25])
    np.testing.assert_array_equal(read.uv, [[0.0, 0.0], [1.0, 0.25], [1.0, 1.0]])
    assert read.triangles.tolist() == [[0, 1, 2], [0, 2, 3], [1, 2, 3]]
    assert read.uv_triangles.tolist() == [[0, 1, 2], [0, 2, 0], [1, 2, 0]]


def test_colours_and_weights_after_a_vertex_are_left_out(tmp_path):
    file = written(tmp_path, "v 1 2 3 0.5 0.5 0.5\nv 4 5 6 1\n")
    assert read_obj(file).vertices.tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]


def test_indices_may_count_from_the_end(tmp_path):
    file = written(tmp_path, SQUARE + "f -4 -3 -2\nf 1//1 2//1 3//1\n")
    read = read_obj(file)
    assert read.triangles[-2:].tolist() == [[0, 1, 2], [0, 1, 2]]
    assert len(read.uv_triangles) == 0  # not every corner has a texture coordinate


def test_a_face_of_many_corners_becomes_a_fan(tmp_path):
    corners = "\n".join(f"v {np.cos(a)} {np.sin(a)} 0" for a in range(6))
    read = read_obj(written(tmp_path, corners + "\nf 1 2 3 4 5 6"))
    assert read.triangles.tolist() == [[0, 1, 2], [0, 2, 3], [0, 3, 4], [0, 4, 5]]


@pytest.mark.parametrize("text", [SQUARE, "v 1 2 3", "v 1 2 3\nv 4 5 6\n", "", "f 1 2 3\n"])
def test_the_vertices_alone_are_those_of_the_whole_file(tmp_path, text):
    whole = text if "f 1 2 3" not in text else "v 1 2 3\nf 1 1 1\nv 4 5 6\nf 1 2 1\n"
    file = written(tmp_path, whole)
    np.testing.assert_array_equal(read_vertices(file), read_obj(file).vertices)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("v 1 2", "'v' is not 3 numbers"),
        ("v 1 2 zwei", "'v' is not 3 numbers"),
        ("v 1 2 nan", "'v' holds numbers that are not finite"),
        ("v 1 2 1e999", "'v' holds numbers that are not finite"),
        ("v 1 2 ü", "'v' is not 3 numbers"),
        ("vt 1", "'vt' is not 2 numbers"),
        ("f 1 2", "'f' has fewer than three corners in 'f 1 2'"),
        ("f 1 2 5", "'f' points to 5 of 4"),
        ("f 1 2 0", "'f' points to 0 of 4"),
        ("f 1 2 -5", "'f' points to -5 of 4"),
        (f"f 1 2 {10**30}", "'f' points to 1000"),
        ("f 1 2 " + "9" * 5000, "'f' has a corner that is no number"),
        ("f 1/1 2/2 3/4", "'f' points to 4 of 3"),
        ("f 1 2 x", "'f' has a corner that is no number in 'f 1 2 x'"),
        ("f 1 2 /1", "'f' has a corner that is no number"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, message):
    with pytest.raises(ModelError, match=rf"some\.obj: field {message}"):
        read_obj(written(tmp_path, SQUARE + line + "\n"))


def test_a_file_that_is_too_large_or_missing_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(obj, "LARGEST", 100)
    for read in (read_obj, read_vertices):
        with pytest.raises(ModelError, match="100 at most"):
            read(written(tmp_path, SQUARE))
        with pytest.raises(ModelError, match="does not exist"):
            read(tmp_path / "nobody.obj")
        with pytest.raises(ModelError, match="is no file"):
            read(tmp_path)
