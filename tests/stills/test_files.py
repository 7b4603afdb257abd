import json
import shutil
import struct
from dataclasses import replace

import cv2
import numpy as np
import pytest
import trimesh

from livemask.errors import LivemaskError, ModelError, SourceError, UsageError
from livemask.reconstruction.form import Form
from livemask.sources.photo import load_photo
from livemask.stills import Print, Studio, files, reconstruct_files, studio
from tests import drawn_film
from tests.detectors.drawn_face import drawn_face
from tests.heads import shipped

NUMBERS = Print(("json",))


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


def test_a_photo_without_a_face_is_named_and_the_others_are_made(photo, wall, quick, tmp_path):
    out = tmp_path / "made"
    with pytest.raises(SourceError, match=r"no face was found in .*wall\.png"):
        list(reconstruct_files([wall, photo], out, prints=NUMBERS))
    assert [f.name for f in out.iterdir()] == ["person.json"]


def test_all_faces_are_made_or_one(drawn, quick, tmp_path):
    two = np.hstack([drawn_face((400, 480), (200, 240), 160.0), drawn])
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


def test_any_kind_of_photo_gives_the_same_face_and_bad_ones_are_told_of(
    photo, drawn, quick, tmp_path
):
    many, image = tmp_path / "many", drawn
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
    monkeypatch.setattr(studio, "focal_of", lambda _, size: 1.2 * size[0])
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


def test_photos_of_one_person_are_told_to_be_that_and_those_without_a_face_are_told_of(
    photo, wall, drawn, quick, tmp_path
):
    cv2.imwrite(str(tmp_path / "again.png"), np.roll(drawn, 40, axis=1)[..., ::-1])
    one = Studio(same_person=True)
    three = [photo, wall, tmp_path / "again.png"]
    with pytest.raises(SourceError, match=r"no face was found in .*wall\.png"):
        list(reconstruct_files(three, tmp_path / "a", one, NUMBERS))
    assert {f.name for f in (tmp_path / "a").iterdir()} == {"person.json", "again.json"}
    assert len(quick) == 2


def test_so_many_photos_that_memory_would_not_hold_them_are_refused(
    photo, drawn, quick, tmp_path, monkeypatch
):
    cv2.imwrite(str(tmp_path / "again.png"), drawn)
    monkeypatch.setattr(files, "MOST_TOGETHER", 1.5 * 640 * 480)
    with pytest.raises(UsageError, match=r"again\.png have 1 megapixels"):
        list(
            reconstruct_files(
                [photo, tmp_path / "again.png"], tmp_path / "made", Studio(same_person=True)
            )
        )


def test_of_a_film_the_best_picture_is_written_or_all_that_were_chosen(quick, tmp_path):
    film = drawn_film.write(tmp_path / "film.mp4", drawn_film.pictures(25))
    told_of = []
    few = Studio(frames=3)
    (file,) = reconstruct_files(
        [film], tmp_path / "best", few, NUMBERS, lambda *given: told_of.append(given)
    )
    assert file.name == "film.json"
    assert ("film.mp4", 25, 25) in told_of
    every = Print(("json",), all_frames=True)
    made = [f.name for f in reconstruct_files([film], tmp_path / "all", few, every)]
    assert len(made) == 3
    assert all(name.startswith("film_frame") for name in made)
    with pytest.raises(UsageError, match=r"film\.mp4 is a film"):
        list(reconstruct_files([film], tmp_path, Studio(same_person=True)))
    with pytest.raises(UsageError, match="shows only 1"):
        list(reconstruct_files([film], tmp_path, Studio(face=2), NUMBERS))


def test_a_film_without_a_face_and_what_is_no_film_are_told_of(photo, quick, tmp_path):
    film = drawn_film.write(tmp_path / "empty.mp4", drawn_film.pictures(8, range(8)))
    (tmp_path / "notes.txt").write_text("no film")
    with pytest.raises(SourceError, match=r"no face was found in .*empty\.mp4") as raised:
        list(reconstruct_files([film, tmp_path / "notes.txt", photo], tmp_path / "made"))
    assert any("notes.txt cannot be read" in note for note in raised.value.__notes__)
    assert (tmp_path / "made" / "person.obj").exists()


def test_of_a_model_without_all_points_the_rest_is_made(photo, quick, tmp_path, monkeypatch):
    marks = shipped().landmark_vertices.copy()
    marks[17] = -1
    lacks = replace(shipped(), landmark_vertices=marks)
    monkeypatch.setattr(studio, "open_model", lambda _: lacks)
    with pytest.raises(ModelError, match=r"^kpt cannot be written"):
        list(reconstruct_files([photo], tmp_path / "made", prints=Print(("kpt", "json"))))
    assert [f.name for f in (tmp_path / "made").iterdir()] == ["person.json"]


def test_a_photo_with_a_side_that_cannot_be_sampled_is_refused(drawn, quick, tmp_path):
    long = np.zeros((20, 40000, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "long.png"), long)
    with pytest.raises(SourceError, match=r"long\.png has a side of 40000 pixels"):
        list(reconstruct_files([tmp_path / "long.png"], tmp_path / "made"))


def test_a_photo_that_is_not_there_leaves_no_folder_behind_but_an_old_one_stays(tmp_path):
    old = tmp_path / "old"
    old.mkdir()
    for out in (tmp_path / "made", old):
        with pytest.raises(SourceError, match=r"no\.jpg"):
            list(reconstruct_files([tmp_path / "no.jpg"], out))
    assert old.is_dir()
    assert not (tmp_path / "made").exists()
