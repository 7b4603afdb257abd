import numpy as np
import pytest

from livemask.sinks.film.yuv import i420


def bt601(image):
    """Return Y, U, V (h, w, 3) float64 of ITU-R BT.601-7, limited range."""
    r, g, b = np.moveaxis(image / 255.0, -1, 0)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    return np.stack([16 + 219 * y, 128 + 224 * (b - y) / 1.772, 128 + 224 * (r - y) / 1.402], -1)


@pytest.mark.parametrize("channels", [3, 4])
def test_planes_are_those_of_bt601_with_the_mean_colour_of_each_block(channels):
    image = np.random.default_rng(1).integers(0, 256, (24, 32, channels), dtype=np.uint8)
    expected = bt601(image[..., :3])
    planes = i420(image)
    assert planes.shape == (36, 32)
    assert np.abs(planes[:24] - expected[..., 0]).max() <= 1.0
    blocks = expected.reshape(12, 2, 16, 2, 3).mean((1, 3))
    u, v = planes[24:].reshape(2, 12, 16)
    assert np.abs(u - blocks[..., 1]).max() <= 1.5
    assert np.abs(v - blocks[..., 2]).max() <= 1.5


@pytest.mark.parametrize(("height", "width"), [(3, 5), (5, 4), (4, 5), (1, 1), (33, 35)])
def test_an_odd_edge_is_doubled(height, width):
    image = np.random.default_rng(2).integers(0, 256, (height, width, 3), dtype=np.uint8)
    padded = image[np.minimum(np.arange(height + height % 2), height - 1)]
    padded = np.ascontiguousarray(padded[:, np.minimum(np.arange(width + width % 2), width - 1)])
    assert np.array_equal(i420(image), i420(padded))


def test_a_view_that_is_not_contiguous_gives_the_same_planes():
    image = np.random.default_rng(3).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    assert np.array_equal(i420(image[::-1, ::-1]), i420(image[::-1, ::-1].copy()))
