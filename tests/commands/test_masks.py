"""`livemask masks` and `livemask masks template`."""

import cv2
import pytest
from click.testing import CliRunner

from livemask import cli
from livemask.errors import UsageError


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
