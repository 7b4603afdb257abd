import numpy as np
import pytest

from livemask.performer.sensor import DARK, Sensor, _expose

SIZE = (320, 180)


@pytest.fixture(scope="module")
def sensor():
    return Sensor(SIZE, 7)


def grey(value):
    return np.full((SIZE[1], SIZE[0], 3), value, np.uint8)


def plain_expose(image, corners, noise):
    """The kernel's twin."""
    value = image.astype(np.int64) * (corners.astype(np.int64) + 1) >> 8
    deviation = DARK + (value * (520 - value) >> 9)
    return np.clip(value + (noise * deviation + 1024 >> 11), 0, 255).astype(np.uint8)


def test_the_kernel_does_what_plain_numpy_does():
    random = np.random.default_rng(1)
    image, corners = (random.integers(0, 256, (20, 60), dtype=np.uint8) for _ in range(2))
    noise = random.integers(-127, 128, (20, 60)).astype(np.int8)
    taken = np.empty_like(image)
    _expose(image, corners, noise, taken)
    assert (taken == plain_expose(image, corners, noise)).all()


def test_bright_light_is_noisier_than_dark(sensor):
    middle = np.s_[60:120, 100:220]
    dark, bright = (sensor.expose(grey(v), 0)[middle].std() for v in (12, 160))
    assert 0.4 < dark < bright < 4.0


def test_noise_does_not_change_the_mean(sensor):
    assert sensor.expose(grey(120), 3)[80:100, 150:170].mean() == pytest.approx(120, abs=1.0)


def test_corners_are_darker_than_the_middle(sensor):
    taken = sensor.expose(grey(200), 0)
    assert taken[:9, :16].mean() < 0.95 * taken[80:100, 150:170].mean()


def test_noise_is_a_function_of_seed_and_index(sensor):
    again = Sensor(SIZE, 7)
    assert (sensor.expose(grey(90), 5) == again.expose(grey(90), 5)).all()
    assert (sensor.expose(grey(90), 5) != sensor.expose(grey(90), 6)).any()
    assert (sensor.expose(grey(90), 5) != Sensor(SIZE, 8).expose(grey(90), 5)).any()
