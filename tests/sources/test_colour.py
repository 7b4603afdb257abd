import av
import numpy as np
import pytest
from av.video.reformatter import ColorRange

from livemask.sources.colour import RgbConverter, range_of
from livemask.sources.video import VideoSource
from tests.sources.films import LOSSLESS, write_film

PATCHES = [(200, 60, 40), (30, 180, 70), (40, 60, 200), (210, 170, 140), (255, 255, 255), (0, 0, 0)]

# Luma weights of red and blue, and the number of the matrix in ITU-T H.273, table 4.
BT709, BT601, BT2020 = (0.2126, 0.0722, 1), (0.299, 0.114, 6), (0.2627, 0.0593, 9)
NARROW, FULL = 1, 2


def yuv(colour, matrix, value_range):
    """Return Y, U, V of an RGB colour by the formula of ITU-R BT.709-6, item 3."""
    red, green, blue = np.array(colour) / 255
    kr, kb, _ = matrix
    luma = kr * red + (1 - kr - kb) * green + kb * blue
    u, v = (blue - luma) / (2 - 2 * kb), (red - luma) / (2 - 2 * kr)
    if value_range == FULL:
        return np.rint([255 * luma, 128 + 255 * u, 128 + 255 * v])
    return np.rint([16 + 219 * luma, 128 + 224 * u, 128 + 224 * v])


def picture(colour, matrix, value_range=NARROW, size=(64, 48)):
    """Return an untagged yuv420p picture of one colour."""
    width, height = size
    y, u, v = yuv(colour, matrix, value_range).astype(np.uint8)
    quarter = width * height // 4
    planes = [np.full(width * height, y), np.full(quarter, u), np.full(quarter, v)]
    layout = np.concatenate(planes).reshape(height * 3 // 2, width)
    return av.VideoFrame.from_ndarray(layout, format="yuv420p")


@pytest.mark.parametrize("value_range", [NARROW, FULL])
@pytest.mark.parametrize("matrix", [BT709, BT601, BT2020])
def test_tagged_colours_come_back(matrix, value_range):
    for colour in PATCHES:
        frame = picture(colour, matrix, value_range)
        frame.colorspace, frame.color_range = matrix[2], value_range
        image = RgbConverter().convert(frame)
        assert image[20, 20].tolist() == pytest.approx(colour, abs=3)


@pytest.mark.parametrize(
    ("size", "matrix"),
    [((640, 480), BT601), ((720, 576), BT601), ((960, 720), BT709), ((1280, 300), BT709)],
)
def test_untagged_small_pictures_are_bt601_and_large_ones_bt709(size, matrix):
    for colour in PATCHES[:3]:
        image = RgbConverter().convert(picture(colour, matrix, size=size))
        assert image[20, 20].tolist() == pytest.approx(colour, abs=3)


def test_the_two_matrices_differ_so_much_that_the_tests_above_can_fail():
    image = RgbConverter().convert(picture((200, 60, 40), BT601, size=(1280, 720)))
    assert np.abs(image[20, 20].astype(int) - (200, 60, 40)).max() > 8


@pytest.mark.parametrize("value_range", [NARROW, FULL])
@pytest.mark.parametrize("matrix", [BT709, BT601])
def test_the_tags_of_a_file_are_followed(tmp_path, matrix, value_range):
    for name in ("film.mp4", "film.mkv"):
        path = write_film(
            tmp_path / name,
            [picture((200, 60, 40), matrix, value_range)],
            options=LOSSLESS,
            colorspace=matrix[2],
            color_range=value_range,
        )
        source = VideoSource(path)
        image = source.read().image
        source.close()
        assert image[20, 20].tolist() == pytest.approx((200, 60, 40), abs=3)


def test_the_older_names_of_full_range_formats_are_understood():
    frame = picture((200, 60, 40), BT601, FULL).reformat(format="yuvj420p", src_color_range=FULL)
    frame.color_range = 0
    assert RgbConverter().convert(frame)[20, 20].tolist() == pytest.approx((200, 60, 40), abs=3)


@pytest.mark.parametrize(
    ("pixel_format", "value_range"),
    [
        ("yuv420p", ColorRange.MPEG),
        ("yuv444p10le", ColorRange.MPEG),
        ("yuvj422p", ColorRange.JPEG),
        ("gray", ColorRange.JPEG),
        ("gray16le", ColorRange.JPEG),
        ("gbrp", ColorRange.JPEG),
        ("rgba", ColorRange.JPEG),
    ],
)
def test_without_a_tag_the_format_tells_where_black_and_white_lie(pixel_format, value_range):
    frame = av.VideoFrame(64, 48, pixel_format)
    frame.color_range = 0
    assert range_of(frame) == value_range
    frame.color_range = NARROW
    assert range_of(frame) == ColorRange.MPEG


def test_untagged_grey_is_taken_as_it_is():
    frame = av.VideoFrame.from_ndarray(np.full((48, 64), 77, np.uint8), format="gray")
    assert RgbConverter().convert(frame)[20, 20].tolist() == [77, 77, 77]


def test_one_converter_serves_pictures_of_several_kinds():
    converter = RgbConverter()
    for matrix, size in ((BT601, (64, 48)), (BT709, (1280, 720)), (BT601, (64, 48))):
        image = converter.convert(picture((30, 180, 70), matrix, size=size))
        assert image.shape == (size[1], size[0], 3)
        assert image[20, 20].tolist() == pytest.approx((30, 180, 70), abs=3)


def test_transparent_pixels_lie_on_white():
    image = np.full((48, 64, 4), (200, 60, 40, 0), np.uint8)
    image[:, 32:, 3] = 255
    rgb = RgbConverter().convert(av.VideoFrame.from_ndarray(image, format="rgba"))
    assert rgb[20, 10].tolist() == [255, 255, 255]
    assert rgb[20, 50].tolist() == [200, 60, 40]
