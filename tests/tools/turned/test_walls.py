import numpy as np

from tools.turned.walls import wall


def test_a_wall_is_a_function_of_its_generator():
    one, same, other = (wall(64, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert (one != other).mean() > 0.5


def test_a_wall_is_grey():
    image = wall(64, np.random.default_rng(3))
    assert image.shape == (64, 64, 3)
    assert image.dtype == np.uint8
    np.testing.assert_array_equal(image[..., 0], image[..., 2])
