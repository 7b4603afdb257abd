"""`livemask masks` and `livemask masks template`."""

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

from livemask import cli
from livemask.errors import UsageError
from livemask.gallery import drawing


def asked(*words):
    return CliRunner().invoke(cli.commands, ["masks", *words], catch_exceptions=True)


def test_alone_it_lists_the_masks():
    result = asked()

    assert result.exit_code == 0
    assert "tiger" in result.output
    assert "wireframe" in result.output


def test_the_guide_is_a_square_with_alpha(tmp_path):
    result = asked("template", "-o", str(tmp_path / "uv.png"), "--size", "300")

    assert result.exit_code == 0
    assert cv2.imread(str(tmp_path / "uv.png"), cv2.IMREAD_UNCHANGED).shape == (300, 300, 4)


def test_a_file_that_exists_is_kept_unless_it_may_be_replaced(tmp_path):
    file = tmp_path / "uv.png"
    file.write_text("mine")

    result = asked("template", "-o", str(file), "--size", "300")

    assert isinstance(result.exception, UsageError)
    assert file.read_text() == "mine"
    assert asked("template", "-o", str(file), "--size", "300", "--overwrite").exit_code == 0


@pytest.mark.parametrize("size", ["100", "100000", "large"])
def test_an_impossible_size_is_refused(tmp_path, size):
    assert asked("template", "-o", str(tmp_path / "uv.png"), "--size", size).exit_code == 2


def test_the_gallery_has_a_row_of_pictures_for_each_mask(tmp_path, monkeypatch):
    file = tmp_path / "two.png"
    grey = np.full((90, 90, 3), 99, np.uint8)
    monkeypatch.setattr(drawing, "drawn", lambda masks: ((text, [grey] * 4) for text in masks))

    result = asked("gallery", "-o", str(file), "--size", "64", "--columns", "1",
                   "--mask", "none", "--mask", "shaded,gloss=1")  # fmt: skip

    assert result.exit_code == 0
    assert "Not drawn" not in result.output
    height, width = cv2.imread(str(file)).shape[:2]
    assert width < height * 2
    assert width > 4 * 64


def test_a_gallery_that_is_no_picture_or_of_unknown_masks_is_refused(tmp_path):
    assert isinstance(asked("gallery", "-o", str(tmp_path / "a.txt")).exception, UsageError)
    unknown = asked("gallery", "-o", str(tmp_path / "a.png"), "--mask", "nobody")
    assert isinstance(unknown.exception, UsageError)


def test_masks_that_need_a_file_are_left_out_of_the_gallery():
    ready, needy = drawing.usual()

    assert ready[0] == "none"
    assert "tiger" in ready
    assert {"gltf", "paint"} <= set(needy)
