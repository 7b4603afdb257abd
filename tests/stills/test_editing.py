import cv2
import numpy as np
import pytest

import livemask
from livemask.errors import SourceError, UsageError
from livemask.sources.photo import load_photo
from livemask.stills.editing import Edit, edit_file
from livemask.stills.studio import Studio

SMILE = livemask.Change({"mouthSmile": 0.8})


def test_a_file_becomes_a_photo_of_its_size_that_differs_in_the_face(photo, quick, tmp_path):
    out = tmp_path / "made.png"
    assert edit_file(Edit(photo, out, SMILE)) == out
    before, after = load_photo(photo), load_photo(out)
    assert after.shape == before.shape
    changed = (before != after).any(axis=2)
    assert changed[240:300, 300:360].any()
    assert not changed[:, :100].any()


def test_a_photo_of_16_bits_becomes_one_of_8(drawn, quick, tmp_path):
    file, out = tmp_path / "deep.png", tmp_path / "made.jpg"
    deep = cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR).astype(np.uint16) * 257
    cv2.imwrite(str(file), deep)  # 16 bits
    edit_file(Edit(file, out, SMILE))
    assert load_photo(out).shape == drawn.shape


def test_an_array_is_edited_by_the_public_function(drawn, quick):
    made = livemask.edit(drawn, livemask.Change(turn=(10.0, 0.0, 0.0)))
    assert made.shape == drawn.shape
    assert made.dtype == np.uint8
    assert (made != drawn).any()


def test_what_is_in_the_way_is_refused_before_anything_is_sought(photo, tmp_path):
    there = tmp_path / "there.png"
    there.write_bytes(b"mine")
    with pytest.raises(UsageError, match="exists already"):
        edit_file(Edit(photo, there, SMILE))
    with pytest.raises(UsageError, match="input itself"):
        edit_file(Edit(photo, photo, SMILE, overwrite=True))
    with pytest.raises(UsageError, match="not called like a photo"):
        edit_file(Edit(photo, tmp_path / "made.txt", SMILE))
    with pytest.raises(UsageError, match="nothing is to be changed"):
        edit_file(Edit(photo, tmp_path / "made.png", livemask.Change()))
    assert there.read_bytes() == b"mine"


def test_a_photo_without_the_face_is_told(photo, wall, quick, tmp_path):
    out = tmp_path / "made.png"
    with pytest.raises(SourceError, match="no face"):
        edit_file(Edit(wall, out, SMILE))
    with pytest.raises(UsageError, match="shows only 1"):
        edit_file(Edit(photo, out, SMILE, Studio(face=2)))
    with pytest.raises(UsageError, match="did you mean mouthSmile"):
        edit_file(Edit(wall, out, livemask.Change({"mouthSmle": 1.0})))
    assert not out.exists()
