import numpy as np
import pytest

from livemask.sinks.letterbox import letterbox


def content(boxed):
    """Return left, top, right, bottom of what is not black."""
    rows, columns = np.flatnonzero(boxed.any((1, 2))), np.flatnonzero(boxed.any((0, 2)))
    return columns[0], rows[0], columns[-1] + 1, rows[-1] + 1


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((640, 480), (160, 0, 1120, 720)),  # narrower: bars at the sides
        ((1920, 800), (0, 93, 1280, 626)),  # wider: bars above and below
        ((320, 180), (0, 0, 1280, 720)),
        ((3, 1), (0, 146, 1280, 573)),
    ],
)
def test_an_image_fills_the_frame_in_one_direction_and_is_centred(size, expected):
    boxed = letterbox(np.full((size[1], size[0], 3), 200, np.uint8), (1280, 720))
    assert boxed.shape == (720, 1280, 3)
    assert content(boxed) == expected
    left, top, right, bottom = expected
    assert (boxed[top:bottom, left:right] == 200).all()


def test_an_image_of_the_right_size_stays_as_it_is():
    image = np.random.default_rng(0).integers(0, 256, (72, 128, 3), dtype=np.uint8)
    assert np.array_equal(letterbox(image, (128, 72)), image)


def test_opacity_is_kept_and_the_bars_are_transparent():
    image = np.random.default_rng(0).integers(1, 256, (72, 128, 4), dtype=np.uint8)
    assert np.array_equal(letterbox(image, (128, 72)), image)
    boxed = letterbox(image, (128, 80))
    assert not boxed[:4].any()
    assert boxed[4:76].all()


def test_a_part_of_a_picture_comes_out_in_one_piece():
    image = np.zeros((72, 128, 4), np.uint8)[..., :3]
    assert letterbox(image, (128, 72)).flags.c_contiguous


def test_nothing_is_turned_over():
    image = np.zeros((8, 8, 3), np.uint8)
    image[:4, :4] = (250, 0, 0)
    image[4:, 4:] = (0, 0, 250)
    boxed = letterbox(image, (160, 80))
    assert tuple(boxed[20, 60]) == (250, 0, 0)
    assert tuple(boxed[60, 100]) == (0, 0, 250)
    assert tuple(boxed[20, 100]) == (0, 0, 0)
