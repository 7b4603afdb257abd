import json
import shutil
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
import trimesh

import livemask
from livemask import stills
from livemask.detectors import dlib68
from livemask.errors import LivemaskError, SourceError, UsageError
from livemask.geometry import project
from livemask.landmarks import eye_distance
from livemask.library.opening import open_model
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction.form import Form
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.still import fit_box, fit_still
from livemask.records import Frame, Light
from livemask.sources.photo import load_photo
from livemask.stills import Print, Studio, reconstruct_files, show_model
from tests.detectors.drawn_face import drawn_face
from tests.heads import shipped

NUMBERS = Print(("json",))


@pytest.fixture
def quick(monkeypatch):
    """Let the fit to the points be enough where many photos are looked at."""

    asked = []

    def portray(frame, model, detector, *, box, fov, focal):
        asked.append(focal)
        fit = fit_box(frame, model, detector, box, fov)
        points = np.zeros((68, 2))
        return Portrayal(frame, model, fit, model.albedo, Light.default(), points, {})

    monkeypatch.setattr(stills, "portray", portray)
    return asked


def drawn():
    return drawn_face((640, 480), (330, 240), 200.0)


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "person.png"
    cv2.imwrite(str(file), drawn()[..., ::-1])
    return file


@pytest.fixture
def wall(tmp_path):
    file = tmp_path / "wall.png"
    cv2.imwrite(str(file), np.full((480, 640, 3), 120, np.uint8))
    return file


def told(file):
    return json.loads(file.read_text())


def test_a_photo_becomes_a_mesh_an_overlay_and_numbers(photo, tmp_path):
    out = tmp_path / "made"
    files = list(reconstruct_files([photo], out))
    ends = [".obj", ".mtl", "_texture.png", "_overlay.png", ".json"]
    assert [f.name for f in files] == [f"person{end}" for end in ends]
    mesh = trimesh.load(files[0], process=False, maintain_order=True)
    assert len(mesh.faces) == len(shipped().triangles)
    overlay, before = load_photo(files[3]), load_photo(photo)
    assert overlay.shape == before.shape
    changed = np.abs(overlay.astype(int) - before).max(axis=2) > 4
    assert changed[200:300, 280:380].mean() > 0.1
    assert not changed[:40].any()
    assert not changed[:, :120].any()


def test_the_mesh_has_the_colours_of_the_photo(photo, tmp_path):
    wanted = Print(("obj",), Form(colours=True))
    files = list(reconstruct_files([photo], tmp_path / "made", prints=wanted))
    mesh = trimesh.load(files[0], process=False, maintain_order=True)
    bridge = shipped().landmark_vertices[27:29]
    found = mesh.visual.vertex_colors[bridge, :3].mean(axis=0)
    np.testing.assert_allclose(found, (200, 165, 140), atol=25)


def test_another_detector_is_asked_for_by_name(photo, tmp_path):
    with pytest.raises(UsageError, match=r"no detector 'facemash'.*'facemesh'"):
        list(reconstruct_files([photo], tmp_path / "made", Studio(detector="facemash")))


def test_the_fit_of_a_still_meets_the_points(photo):
    frame = Frame(load_photo(photo), 0.0, 0)
    detector = dlib68.create()
    fit = fit_still(frame, shipped(), detector)
    shown = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))
    assert fit.residual < 0.06 * eye_distance(shown)
    assert fit_still(Frame(np.zeros((200, 200, 3), np.uint8), 0.0, 0), shipped(), detector) is None


def test_a_photo_without_a_face_is_named_and_the_others_are_made(photo, wall, quick, tmp_path):
    out = tmp_path / "made"
    with pytest.raises(SourceError, match=r"no face was found in .*wall\.png"):
        list(reconstruct_files([wall, photo], out, prints=NUMBERS))
    assert [f.name for f in out.iterdir()] == ["person.json"]


def test_all_faces_are_made_or_one(quick, tmp_path):
    two = np.hstack([drawn_face((400, 480), (200, 240), 160.0), drawn()])
    cv2.imwrite(str(tmp_path / "two.png"), two[..., ::-1])
    files = list(reconstruct_files([tmp_path / "two.png"], tmp_path / "made", prints=NUMBERS))
    assert [f.name for f in files] == ["two.json", "two_face2.json"]
    large, small = (np.mean(told(file)["points_px"], axis=0) for file in files)
    assert large[0] > 600
    assert small[0] < 300
    one = reconstruct_files([tmp_path / "two.png"], tmp_path / "one", Studio(face=2), NUMBERS)
    assert [f.name for f in one] == ["two_face2.json"]
    with pytest.raises(UsageError, match="shows only 2"):
        list(reconstruct_files([tmp_path / "two.png"], tmp_path, Studio(face=3), NUMBERS))


def with_orientation(jpeg, orientation):
    """Return a JPEG file with a note of how it is to be turned."""
    tag = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", 274, 3, 1, orientation, 0)
    tag += bytes(4)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(tag) + 2) + tag + jpeg[2:]


def segments(jpeg):
    """Return the segments of a JPEG file by marker, and the data of its scan."""
    found, at = {}, 2
    while jpeg[at + 1] != 0xDA:
        length = struct.unpack_from(">H", jpeg, at + 2)[0]
        found.setdefault(jpeg[at + 1], []).append(jpeg[at : at + 2 + length])
        at += 2 + length
    return found, jpeg[at + 2 + struct.unpack_from(">H", jpeg, at + 2)[0] : -2]


def printed(image):
    """Return a CMYK JPEG as Adobe's programs write it, a scan for each ink, of (h, w, 3) RGB."""
    planes = [*np.moveaxis(image, 2, 0), np.full(image.shape[:2], 255, np.uint8)]
    parts = [segments(cv2.imencode(".jpg", np.ascontiguousarray(p))[1].tobytes()) for p in planes]
    shared = b"".join(b"".join(parts[0][0][marker]) for marker in (0xDB, 0xC4))
    inks = b"".join(bytes([n, 0x11, 0]) for n in range(1, 5))
    start = b"\xff\xc0" + struct.pack(">HBHHB", 20, 8, *image.shape[:2], 4) + inks
    adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0"
    scan = (b"\xff\xda\0\x08\x01" + bytes([n, 0, 0, 63, 0]) for n in range(1, 5))
    scans = b"".join(head + part[1] for head, part in zip(scan, parts, strict=True))
    return b"\xff\xd8" + adobe + shared + start + scans + b"\xff\xd9"


def test_any_kind_of_photo_gives_the_same_face_and_bad_ones_are_told_of(photo, quick, tmp_path):
    many, image = tmp_path / "many", drawn()
    many.mkdir()
    shutil.copy(photo, many / "plain.png")
    cv2.imwrite(str(many / "deep.png"), image[..., ::-1].astype(np.uint16) * 257)
    cv2.imwrite(str(many / "grey.png"), cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    cv2.imwrite(str(many / "opaque.png"), cv2.cvtColor(image, cv2.COLOR_RGB2BGRA))
    (many / "inks.jpg").write_bytes(printed(image))
    turned = cv2.imencode(".jpg", np.ascontiguousarray(np.rot90(image)[..., ::-1]))[1].tobytes()
    (many / "turned.jpg").write_bytes(with_orientation(turned, 6))
    cv2.imwrite(str(many / "one.png"), image[:1, :1])
    (many / "text.jpg").write_text("no photo")
    with pytest.raises(SourceError, match=r"no face was found in .*one\.png") as raised:
        list(reconstruct_files([many], tmp_path / "made", prints=NUMBERS))
    assert [text for text in raised.value.__notes__ if "text.jpg is not a photo" in text]
    right = np.array(told(tmp_path / "made" / "plain.json")["points_px"])
    for name in ("deep", "grey", "opaque", "inks", "turned"):
        found = np.array(told(tmp_path / "made" / f"{name}.json")["points_px"])
        assert np.abs(found - right).mean() < 4.0, name


def test_a_photo_of_400_megapixels_is_refused_before_memory_is_asked_for(tmp_path):
    start = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(
        ">IIBBBBB", 20000, 20000, 8, 2, 0, 0, 0
    )
    (tmp_path / "huge.png").write_bytes(start + bytes(64))
    with pytest.raises(SourceError, match="20000x20000"):
        list(reconstruct_files([tmp_path / "huge.png"], tmp_path / "made"))


def test_the_focal_length_of_the_photo_s_notes_is_taken_unless_another_is_told(
    photo, quick, tmp_path, monkeypatch
):
    monkeypatch.setattr(stills, "focal_of", lambda _, size: 1.2 * size[0])
    list(reconstruct_files([photo], tmp_path / "a", prints=NUMBERS))
    list(reconstruct_files([photo], tmp_path / "b", Studio(fov=50.0), NUMBERS))
    assert quick == [1.2 * 640, None]


def test_what_is_there_is_left_alone(photo, quick, tmp_path):
    (tmp_path / "person.json").write_text("mine")
    with pytest.raises(UsageError, match="--overwrite"):
        list(reconstruct_files([photo], tmp_path, prints=NUMBERS))
    assert (tmp_path / "person.json").read_text() == "mine"
    anew = Print(("json",), overwrite=True)
    assert len(list(reconstruct_files([photo], tmp_path, prints=anew))) == 1
    assert told(tmp_path / "person.json")["model"]


def test_two_photos_of_one_name_do_not_replace_one_another(photo, tmp_path):
    with pytest.raises(UsageError, match="two photos"):
        list(reconstruct_files([photo, tmp_path / "b" / "person.jpg"], tmp_path / "made"))


def test_a_folder_that_cannot_be_made_is_named(photo):
    with pytest.raises(LivemaskError, match=r"person\.png"):
        list(reconstruct_files([photo], photo / "made"))


def test_an_array_is_reconstructed_and_saved_by_the_public_function(tmp_path):
    made = livemask.reconstruct(drawn())
    assert made.points.shape == (68, 2)
    (file,) = made.save(tmp_path, "anna", ["mask"])
    assert load_photo(file).shape == (480, 640, 3)
    with pytest.raises(SourceError, match="no face"):
        livemask.reconstruct(np.zeros((90, 90, 3), np.uint8))
    with pytest.raises(UsageError, match="uint8"):
        livemask.reconstruct(np.zeros((90, 90)))
    assert callable(livemask.reconstruct)  # and not the room of this name


def test_the_example_in_the_docs_works_as_written(photo, quick, tmp_path, monkeypatch, capsys):
    page = Path(__file__).resolve().parents[1] / "docs/reconstruct.md"
    code = page.read_text("utf-8").partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    photo.rename(tmp_path / "photo.jpg")
    exec(compile(code, page.name, "exec"), {})  # noqa: S102 - our own page
    assert "(68, 2) (68, 3)" in capsys.readouterr().out
    assert {f.name for f in (tmp_path / "heads").iterdir()} >= {"anna.glb", "anna_sheet.png"}


def test_a_model_is_drawn_as_a_sheet(tmp_path):
    file = tmp_path / "sheet.png"
    show_model("head", file)
    sheet = load_photo(file)
    assert min(sheet.shape[:2]) > 1000
    assert sheet.std() > 20
    with pytest.raises(UsageError, match="--overwrite"):
        show_model("head", file)


def test_a_model_is_opened_by_its_name_or_its_file():
    assert open_model("head").name == shipped().name
    with pytest.raises(UsageError, match="no model"):
        open_model("nobody")
