import numpy as np

from livemask.harmonics import shade
from livemask.reconstruction.lightening import lighten


def test_pixels_are_lit_as_surfaces_are():
    rng = np.random.default_rng(2)
    drawn = rng.uniform(-1.0, 1.0, (6, 5, 7)).astype(np.float32)
    drawn[..., 6] = rng.uniform(0.0, 1.0, (6, 5))
    drawn[0, 0, 6] = 0.0
    harmonics = rng.normal(0.0, 0.5, (9, 3))
    normals = drawn[..., 3:6] / np.linalg.norm(drawn[..., 3:6], axis=2, keepdims=True)
    light = shade(harmonics, normals.reshape(-1, 3)).reshape(6, 5, 3)
    alpha = drawn[..., 6:]
    expected = np.concatenate([drawn[..., :3] * alpha, light * alpha, alpha], axis=2)
    lighten(drawn, harmonics)
    np.testing.assert_allclose(drawn, expected, atol=1e-6)


def test_a_pixel_without_a_normal_has_an_even_light():
    drawn = np.array([[[0.5, 0.5, 0.5, 0.0, 0.0, 0.0, 1.0]]], np.float32)
    even = np.zeros((9, 3))
    even[0] = 1.0 / 0.282095
    lighten(drawn, even)
    np.testing.assert_allclose(drawn[0, 0], [0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0], atol=1e-6)
