"""One picture, as the outputs get it."""

import cv2
import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.records import Frame, Output
from livemask.sinks import screenshot


def output(channels=3, shade=200):
    image = np.full((48, 64, channels), shade, np.uint8)
    image[:24, :32] = 10
    return Output(image, Frame(image[..., :3], 0.0, 0), (), None, 0.0)


def test_the_first_picture_is_written_as_it_is_and_no_other(tmp_path):
    sink = screenshot.create(tmp_path / "a.png")
    sink.send(output())
    sink.send(output(shade=90))
    sink.close()
    sink.close()
    written = cv2.imread(str(tmp_path / "a.png"), cv2.IMREAD_UNCHANGED)
    assert (cv2.cvtColor(written, cv2.COLOR_BGR2RGB) == output().image).all()


def test_what_is_transparent_stays_so(tmp_path):
    sink = screenshot.create(tmp_path / "a.png")
    sink.send(output(4))
    written = cv2.imread(str(tmp_path / "a.png"), cv2.IMREAD_UNCHANGED)
    assert (written[..., 3] == output(4).image[..., 3]).all()


def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path):
    (tmp_path / "a.png").write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        screenshot.create(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_text() == "mine"
