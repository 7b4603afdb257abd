"""What a sound file holds is read as it is, however it is packed."""

import json

import numpy as np
import pytest

from livemask.gltf.character import load
from tests.gltf import people
from tests.gltf.files import Glb, triangle


def read(made, tmp_path, name="a.glb"):
    return load(made.write(tmp_path / name))


def test_a_file_is_the_same_packed_apart_and_inline(tmp_path):
    made = people.small(1)
    one = load(made.write(tmp_path / "a.glb"))
    for other in (made.write_apart(tmp_path / "b.gltf"), made.write_inline(tmp_path / "c.gltf")):
        again = load(other)
        for left, right in zip(one.pieces, again.pieces, strict=True):
            assert (left.vertices == right.vertices).all()
            assert (left.triangles == right.triangles).all()
            assert left.morphs.keys() == right.morphs.keys()


def test_a_file_is_read_once_until_it_changes(tmp_path):
    file = triangle().write(tmp_path / "a.glb")
    one = load(file)
    assert load(file) is one
    changed = triangle(nodes=[{"mesh": 0}, {"name": "another"}])
    assert load(changed.write(file)) is not one


def points(made, tmp_path):
    return read(made, tmp_path).pieces[0].vertices


def test_interleaved_rows_are_read_by_their_stride(tmp_path):
    made = triangle()
    corners = np.array([[0, 0, 0], [2, 0, 0], [0, 3, 0]], "f")
    rows = np.column_stack([np.full((3, 2), 9, "f"), corners, np.full((3, 1), 7, "f")])
    view = made.view(rows.astype("f").tobytes(), byteStride=24)
    made.json["accessors"][0] |= {"bufferView": view, "byteOffset": 8}
    assert (points(made, tmp_path) == corners).all()


@pytest.mark.parametrize(
    ("kind", "scale"), [("b", 127.0), ("B", 255.0), ("h", 32767.0), ("H", 65535.0)]
)
def test_whole_numbers_are_normalised_if_they_say_so(tmp_path, kind, scale):
    most = int(scale)
    made = triangle()
    corners = np.array([[0, 0, 0, 0], [most, 0, 0, 0], [0, most // 2, 0, 0]], kind)
    stride = corners.strides[0]
    view = made.view(corners.tobytes(), byteStride=stride)
    kinds = {"b": 5120, "B": 5121, "h": 5122, "H": 5123}
    made.json["accessors"][0] |= {"bufferView": view, "componentType": kinds[kind]}
    made.json["accessors"][0]["normalized"] = True
    assert points(made, tmp_path) == pytest.approx(corners[:, :3] / scale)


def test_sparse_rows_replace_others_and_stand_on_nothing_else(tmp_path):
    made = triangle()
    at = made.view(np.array([1, 2], "H").tobytes())
    values = np.array([[4, 0, 0], [0, 5, 0]], "f")
    sparse = {
        "count": 2,
        "indices": {"bufferView": at, "componentType": 5123},
        "values": {"bufferView": made.view(values.tobytes())},
    }
    made.json["accessors"][0]["sparse"] = sparse
    wanted = np.array([[0, 0, 0], [4, 0, 0], [0, 5, 0]])
    assert (points(made, tmp_path) == wanted).all()
    del made.json["accessors"][0]["bufferView"]
    assert (read(made, tmp_path, "b.glb").pieces[0].vertices == wanted).all()


@pytest.mark.parametrize(
    ("mode", "expected"),
    [(5, [[0, 1, 2], [1, 3, 2]]), (6, [[1, 2, 0], [2, 3, 0]])],
)
def test_strips_and_fans_become_triangles(tmp_path, mode, expected):
    made = Glb()
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]])
    primitive = made.primitive(corners, [[0, 1, 2, 3]]) | {"mode": mode}
    made.json |= {"meshes": [{"primitives": [primitive]}], "nodes": [{"mesh": 0}]}
    assert read(made, tmp_path).pieces[0].triangles.tolist() == expected


def test_vertices_that_no_triangle_has_are_left_out(tmp_path):
    made = Glb()
    corners = np.arange(15).reshape(5, 3)
    primitive = made.primitive(corners, [[1, 3, 4]])
    made.json |= {"meshes": [{"primitives": [primitive]}], "nodes": [{"mesh": 0}]}
    piece = read(made, tmp_path).pieces[0]
    assert (piece.vertices == corners[[1, 3, 4]]).all()
    assert piece.triangles.tolist() == [[0, 1, 2]]


def test_normals_that_are_missing_are_made(tmp_path):
    piece = read(triangle(), tmp_path).pieces[0]
    assert (piece.normals == [0.0, 0.0, 1.0]).all()


def test_nodes_stand_where_their_parents_put_them(tmp_path):
    half = np.sqrt(0.5)
    nodes = [
        {"children": [1], "translation": [1, 2, 3], "rotation": [0, 0, half, half]},
        {"mesh": 0, "translation": [1, 0, 0], "scale": [2, 2, 2]},
    ]
    world = read(triangle(nodes=nodes), tmp_path).nodes.world[1]
    assert world @ [1, 0, 0, 1] == pytest.approx([1, 5, 3, 1])
    columns = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 7, 8, 9, 1]
    moved = read(triangle(nodes=[{"mesh": 0, "matrix": columns}]), tmp_path, "b.glb")
    assert moved.nodes.world[0, :3, 3] == pytest.approx([7, 8, 9])


def test_what_is_not_in_the_scene_is_not_drawn(tmp_path):
    nodes = [{"mesh": 0}, {"mesh": 0, "translation": [5, 0, 0]}]
    assert len(read(triangle(nodes=nodes), tmp_path).pieces) == 1


def test_a_material_is_read_with_its_pictures(tmp_path):
    made = triangle()
    red = np.tile(np.array([200, 20, 10, 128], np.uint8), (6, 4, 1))
    moved = {"offset": [0.5, 0.0], "scale": [2.0, 1.0]}
    base = {
        "baseColorFactor": [0.5, 0.6, 0.7, 0.8],
        "baseColorTexture": {
            "index": made.image(red),
            "extensions": {"KHR_texture_transform": moved},
        },
        "roughnessFactor": 0.25,
    }
    made.add(
        "materials",
        pbrMetallicRoughness=base,
        normalTexture={"index": made.image(red[..., :3], ".jpg"), "scale": 0.5},
        emissiveFactor=[0.1, 0.2, 0.3],
        alphaMode="MASK",
        alphaCutoff=0.25,
        doubleSided=True,
        extensions={"KHR_materials_unlit": {}},
    )
    made.json["meshes"][0]["primitives"][0]["material"] = 0
    (surface,) = read(made, tmp_path).surfaces
    assert (surface.image == red).all()
    assert surface.normal_map.shape == (6, 4, 3)
    assert surface.colour == pytest.approx([0.5, 0.6, 0.7, 0.8])
    assert surface.glow == pytest.approx((0.1, 0.2, 0.3))
    assert (surface.mode, surface.cutoff, surface.two_sided, surface.unlit) == (
        "MASK",
        0.25,
        True,
        True,
    )
    assert surface.uv_transform == pytest.approx(np.array([[2.0, 0.0, 0.5], [0.0, 1.0, 0.0]]))
    assert surface.normal_scale == 0.5
    assert surface.roughness == 0.25


def test_the_toon_shadow_of_vrm_0_is_coded_and_that_of_vrm_1_is_not(tmp_path):
    new = triangle()
    new.add(
        "materials", extensions={"VRMC_materials_mtoon": {"shadeColorFactor": [0.5, 0.25, 0.0]}}
    )
    old = triangle()
    old.add("materials", name="a")
    toon = {"shader": "VRM/MToon", "vectorProperties": {"_ShadeColor": [0.73, 0.53, 0.0, 1.0]}}
    old.json["extensions"] = {"VRM": {"materialProperties": [toon]}}
    for i, made in enumerate((new, old)):
        made.json["meshes"][0]["primitives"][0]["material"] = 0
        (surface,) = read(made, tmp_path, f"{i}.vrm").surfaces
        assert surface.shadow == pytest.approx((0.5, 0.25, 0.0), abs=0.01)


def test_large_pictures_are_made_smaller(tmp_path):
    made = triangle()
    made.image(np.zeros((2100, 300, 3), np.uint8))
    made.add("materials", emissiveTexture={"index": 0})
    (surface,) = read(made, tmp_path).surfaces
    assert surface.glow_map.shape == (2048, 293, 3)


@pytest.mark.parametrize("name", ["Head", "mixamorig:Head", "Bip01 Head", "head", "CC_Base_Head"])
def test_the_head_of_plain_gltf_is_known_by_its_name(tmp_path, name):
    made = triangle(nodes=[{"children": [1]}, {"mesh": 0, "name": name}])
    assert read(made, tmp_path).vrm.bones == {"head": 1}


def test_the_same_bones_are_found_in_both_kinds_of_vrm(tmp_path):
    old, new = (read(people.small(v), tmp_path, f"{v}.vrm").vrm for v in (0, 1))
    assert (old.version, new.version) == (0, 1)
    assert old.bones == new.bones
    assert (
        set(old.expressions) == set(new.expressions) == {"aa", "blinkleft", "blinkright", "happy"}
    )


def test_json_with_a_mark_of_its_byte_order_is_read(tmp_path):
    made = triangle()
    file = made.write_inline(tmp_path / "a.gltf")
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(json.loads(file.read_text())).encode())
    assert len(load(file).pieces) == 1
