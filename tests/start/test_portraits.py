"""Photos that are worn."""

import cv2
import numpy as np
import pytest

from livemask.detectors import dlib68
from livemask.errors import SourceError, UsageError
from livemask.start.portraits import Portraits
from livemask.wardrobe import Wardrobe
from tests.detectors.drawn_face import drawn_face
from tests.heads import shipped


@pytest.fixture(scope="module")
def portraits():
    return Portraits(shipped(), dlib68.create)


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "person.png"
    cv2.imwrite(str(file), drawn_face((640, 480), (330, 240), 200.0)[..., ::-1])
    return file


def test_a_photo_is_opened_and_fitted_once(portraits, photo):
    found = portraits(photo, 0)
    assert found.frame.size == (640, 480)
    assert found.model is shipped()
    photo.unlink()
    assert portraits(photo, 0) is found


def test_a_mask_gets_its_photo_when_it_is_made(portraits, photo):
    mask = Wardrobe.of([f"swap,photo={photo}"], portraits=portraits).masks(0)[0]
    assert mask._photo.portrait is portraits(photo, 0)


def test_a_photo_without_a_face_is_refused(portraits, tmp_path):
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((240, 320, 3), 120, np.uint8))
    with pytest.raises(SourceError, match=r"no face was found in .*wall\.png"):
        portraits(wall)


def test_a_person_who_is_not_in_the_photo_is_refused(portraits, photo):
    with pytest.raises(UsageError, match=r"person=3: .*person\.png shows one face"):
        portraits(photo, 3)


def test_what_is_no_photo_is_refused(portraits, tmp_path):
    text = tmp_path / "text.jpg"
    text.write_text("no picture")
    with pytest.raises(SourceError, match=r"text\.jpg"):
        portraits(text)
