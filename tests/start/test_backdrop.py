"""Backgrounds as large as the frames."""

import cv2
import numpy as np
import pytest

from livemask.errors import SourceError
from livemask.showing import Showing
from livemask.start.backdrop import backdrop, filling


@pytest.mark.parametrize("name", ["video", "blur", "transparent"])
def test_what_the_renderer_makes_is_only_named(name):
    assert backdrop(Showing(background=name), (8, 6)) == name


def test_a_colour_fills_the_frame():
    picture = backdrop(Showing(background="#0a141e"), (8, 6))

    assert picture.shape == (6, 8, 3)
    assert (picture == (10, 20, 30)).all()


def test_a_photo_is_cut_to_the_frame_and_not_distorted(tmp_path):
    y, x = np.mgrid[:40, :200]
    photo = np.where((np.hypot(x - 100, y - 20) < 12)[..., None], 255, 0) * np.ones(3, np.uint8)
    cv2.imwrite(str(tmp_path / "p.png"), photo.astype(np.uint8))

    picture = backdrop(Showing(background=str(tmp_path / "p.png")), (120, 80))

    disc = picture[..., 0] > 127
    assert picture.shape == (80, 120, 3)
    assert np.ptp(np.flatnonzero(disc.any(0))) == pytest.approx(46, abs=2)
    assert np.ptp(np.flatnonzero(disc.any(1))) == pytest.approx(46, abs=2)


@pytest.mark.parametrize("size", [(1, 1), (7, 300), (300, 7)])
def test_any_photo_fills_any_frame(size):
    assert filling(np.zeros((5, 9, 3), np.uint8), size).shape == (size[1], size[0], 3)


def test_a_file_that_is_no_photo_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no photo"):
        backdrop(Showing(background=str(tmp_path / "none.png")), (8, 6))
