import json

import cv2
import numpy as np
import pytest
import trimesh
from scipy.io import loadmat
from scipy.spatial.transform import Rotation

from livemask.errors import SinkError, UsageError
from livemask.geometry import euler_angles, project
from livemask.reconstruction.form import OUTPUTS, Form, chosen
from tests.gltf.validator import assert_valid
from tests.reconstruction.people import SIZE, fitted, known, person

FEW = ("json", "render", "overlay", "depth", "visibility", "uv", "position", "kpt", "pose", "crop")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with all small files of a person, and its meshes."""
    out = tmp_path_factory.mktemp("made")
    outputs = (*FEW, "mask", "albedo", "light", "mat", "obj", "ply")
    person().save(out, "anna", outputs, Form(texture_size=256))
    return out


def read(folder, end):
    found = cv2.imread(str(folder / f"anna{end}"), cv2.IMREAD_UNCHANGED)
    return found if found.ndim == 2 else found[..., [2, 1, 0, 3][: found.shape[2]]]


def test_every_output_has_its_files(folder):
    names = sorted(file.name for file in folder.iterdir())
    ends = [end for name, ends in OUTPUTS.items() if name not in ("glb", "sheet") for end in ends]
    assert names == sorted(f"anna{end}" for end in ends)


def test_trimesh_reads_the_textured_mesh_as_it_is_before_the_camera(folder):
    made = person()
    mesh = trimesh.load(folder / "anna.obj", process=False, maintain_order=True)
    assert len(mesh.faces) == len(made.triangles)
    corners = mesh.vertices[mesh.faces]
    np.testing.assert_allclose(corners, made.shape.seen[made.triangles], atol=1e-3)
    uv = mesh.visual.uv
    texture = read(folder, "_texture.png")
    places = np.rint(uv * (1, -1) * 256 + (-0.5, 255.5)).astype(int)
    pixels = project(made.fit.camera, np.eye(4), mesh.vertices)
    nose = np.argmax(mesh.vertices[:, 2])
    x, y = np.rint(pixels[nose]).astype(int)
    shown = made.portrayal.frame.image[y, x].astype(int)
    np.testing.assert_allclose(texture[places[nose, 1], places[nose, 0]], shown, atol=30)


def test_the_material_names_the_texture(folder):
    assert "mtllib anna.mtl" in (folder / "anna.obj").read_text()
    assert "map_Kd anna_texture.png" in (folder / "anna.mtl").read_text()


def test_a_mesh_in_front_with_colours_is_the_head_itself(tmp_path):
    made = person()
    files = made.save(tmp_path, "anna", ["obj"], Form(colours=True, front=True))
    assert [file.name for file in files] == ["anna.obj"]
    mesh = trimesh.load(files[0], process=False, maintain_order=True)
    np.testing.assert_allclose(mesh.vertices, made.vertices, atol=1e-3)
    np.testing.assert_allclose(mesh.visual.vertex_colors[:, :3] / 255, made.colours, atol=0.005)


def test_trimesh_reads_the_polygon_file(folder):
    mesh = trimesh.load(folder / "anna.ply", process=False, maintain_order=True)
    made = person()
    np.testing.assert_allclose(mesh.vertices, made.shape.seen, atol=1e-3)
    np.testing.assert_array_equal(mesh.faces, made.triangles)
    np.testing.assert_allclose(mesh.visual.vertex_colors[:, :3] / 255, made.colours, atol=0.005)


@pytest.fixture(scope="module")
def glb(tmp_path_factory):
    """The .glb file of a person, and what stands in its JSON chunk."""
    file, *_ = person().save(tmp_path_factory.mktemp("g"), "anna", ["glb"], Form(texture_size=256))
    data = file.read_bytes()
    return file, json.loads(data[20 : 20 + int.from_bytes(data[12:16], "little")])


def test_the_head_in_gltf_has_52_targets_its_expression_and_its_texture(glb):
    file, told = glb
    (mesh,) = told["meshes"]
    assert mesh["extras"]["targetNames"] == list(person().model.expression_names)
    assert len(mesh["primitives"][0]["targets"]) == 52
    np.testing.assert_allclose(mesh["weights"], person().fit.expression)
    assert told["images"][0]["mimeType"] == "image/png"
    view = told["bufferViews"][told["images"][0]["bufferView"]]
    data = file.read_bytes()
    start = 20 + int.from_bytes(data[12:16], "little") + 8 + view["byteOffset"]
    picture = cv2.imdecode(np.frombuffer(data[start : start + view["byteLength"]], np.uint8), 1)
    np.testing.assert_array_equal(picture[..., ::-1], person().texture(256))


def test_trimesh_sees_the_head_in_gltf_before_the_camera(glb):
    scene = trimesh.load(glb[0], process=False)
    placed, name = scene.graph["head"]
    seen = trimesh.transform_points(scene.geometry[name].vertices, placed) * 1000.0
    nobody = person().model.vertices(person().fit.identity, np.zeros(52))
    fit = person().fit
    expected = nobody @ fit.camera_from_head[:3, :3].T + fit.camera_from_head[:3, 3]
    np.testing.assert_allclose(seen[: len(nobody)], expected, atol=0.01)


def test_khronos_finds_no_fault_with_it(glb):
    assert_valid(glb[0])


def test_the_json_tells_pose_camera_and_points(folder):
    told, fit = json.loads((folder / "anna.json").read_text()), person().fit
    matrix = np.array(told["pose"]["camera_from_head"])
    np.testing.assert_allclose(matrix, fit.camera_from_head, atol=1e-6)
    turn = told["pose"]["quaternion"]
    found = Rotation.from_quat([turn["x"], turn["y"], turn["z"], turn["w"]]).as_matrix()
    np.testing.assert_allclose(found, matrix[:3, :3], atol=1e-6)
    angles = told["pose"]["euler_deg"]
    zyx = Rotation.from_euler("ZYX", [angles["roll"], angles["yaw"], angles["pitch"]], degrees=True)
    np.testing.assert_allclose(zyx.as_matrix(), matrix[:3, :3], atol=1e-5)
    seen = np.array(told["points_mm"]) @ matrix[:3, :3].T + matrix[:3, 3]
    camera = told["camera"]
    flat = camera["focal_px"] * seen[:, :2] / -seen[:, 2:] * (1, -1) + camera["centre_px"]
    np.testing.assert_allclose(flat, told["points_px"], atol=0.01)
    assert len(told["identity"]) == 80
    assert told["expression"]["jawOpen"] == round(fit.expression[_jaw()], 4)
    assert told["quality"]["landmarks"] == 1.2
    assert np.shape(told["light"]["harmonics"]) == (9, 3)


def _jaw():
    return person().model.expression_names.index("jawOpen")


def test_the_depth_picture_times_its_unit_is_the_depth(folder):
    picture, depth = read(folder, "_depth.png"), np.load(folder / "anna_depth.npy")
    assert picture.dtype == np.uint16
    assert depth.shape == SIZE[::-1]
    unit = json.loads((folder / "anna.json").read_text())["depth_png_unit_mm"]
    np.testing.assert_allclose(picture * unit, depth, atol=0.06)
    assert ((picture > 0) == (read(folder, "_mask.png") == 255)).all()


def test_pictures_lie_where_the_photo_has_the_face(folder):
    for end in ("_render.png", "_albedo.png", "_light.png"):
        assert read(folder, end).shape == (*SIZE[::-1], 4)
    assert read(folder, "_overlay.png").shape == (*SIZE[::-1], 3)
    assert read(folder, "_uv.png").shape == (256, 256, 3)


def test_the_points_lie_on_the_position_map_s_scale(folder):
    points = np.loadtxt(folder / "anna_kpt.txt")
    np.testing.assert_allclose(points[:, :2], person().points, atol=1e-3)
    position = np.load(folder / "anna_position.npy")
    there = position.reshape(-1, 3)[(position.reshape(-1, 3) != 0).any(axis=1)]
    nearest = np.linalg.norm(there[:, None] - points[[30, 8, 36]], axis=2).min(axis=0)
    assert nearest.max() < 2.0


def test_the_pose_of_all_vertices_is_that_of_the_fit(folder):
    matrix = np.loadtxt(folder / "anna_pose.txt")
    assert matrix.shape == (3, 4)
    told = (folder / "anna_pose.txt").read_text().splitlines()[0].split()
    angles = np.array([float(told[i]) for i in (2, 4, 6)])
    truth = np.degrees(euler_angles(person().fit.camera_from_head[:3, :3]))
    np.testing.assert_allclose(angles, truth, atol=4.0)
    visible = np.load(folder / "anna_visibility.npy")
    assert set(np.unique(visible)) == {0, 1}
    assert 0.2 < visible.mean() < 0.8


def test_the_mat_file_has_the_fields_of_deep3d(folder):
    found = loadmat(folder / "anna.mat")
    shapes = {name: value.shape for name, value in found.items() if name[0] != "_"}
    count = len(person().vertices)
    assert shapes == {
        "cropped_img": (224, 224, 3), "recon_img": (224, 224, 4), "coeff": (1, 80 + 52 + 36),
        "face_shape": (count, 3), "face_texture": (count, 3), "face_color": (count, 3),
        "lm_68p": (68, 2), "lm_5p": (5, 2),
    }  # fmt: skip
    inside = found["recon_img"][..., 3] == 255
    apart = np.abs(found["recon_img"][..., :3].astype(int) - found["cropped_img"]).max(axis=2)
    assert inside.mean() > 0.15
    assert np.percentile(apart[inside], 90) < 40
    np.testing.assert_array_equal(found["cropped_img"], read(folder, "_crop.png"))
    eyes, mouth = found["lm_5p"][:2].mean(axis=0), found["lm_5p"][3:].mean(axis=0)
    np.testing.assert_allclose(eyes, (112, 84), atol=16)
    np.testing.assert_allclose(mouth, (112, 150), atol=16)
    assert found["face_texture"].max() <= 255.0
    assert found["face_color"].max() > 100.0


def test_a_crop_at_a_border_is_black_beyond_it(tmp_path):
    made = known(fitted(place=(0.5, 0.0)))
    made.save(tmp_path, "anna", ["crop"], Form(crop=128))
    crop = read(tmp_path, "_crop.png")
    assert crop.shape == (128, 128, 3)
    assert (crop[:, -20:] == 0).all()
    assert crop[:, :40].max() > 100


def test_outputs_are_chosen_by_name():
    assert chosen("obj, glb,obj") == ("obj", "glb")
    assert set(chosen("all")) == OUTPUTS.keys() - {"sheet"}
    with pytest.raises(UsageError, match="no output 'stl'"):
        chosen("stl")
    with pytest.raises(UsageError, match="no output"):
        chosen(" ,")


@pytest.mark.parametrize(
    "wrong", [{"texture_size": 255}, {"crop": 5000}, {"uv_size": 1}, {"hidden": "red"}]
)
def test_sizes_are_checked_before_memory_is_asked_for(wrong):
    with pytest.raises(UsageError):
        Form(**wrong)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SinkError, match="file"):
        person().save(tmp_path / "file" / "made", "anna", ["mask"])
