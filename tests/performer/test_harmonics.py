import numpy as np

from livemask.performer import harmonics


def test_the_basis_is_orthonormal_over_the_sphere():
    directions = harmonics.sphere(20000)
    values = harmonics.basis(directions)
    gram = values.T @ values * (4.0 * np.pi / len(directions))
    assert np.allclose(gram, np.eye(harmonics.COUNT), atol=2e-3)


def test_directions_are_unit_vectors_that_cancel():
    directions = harmonics.sphere(128)
    assert np.allclose(np.linalg.norm(directions, axis=1), 1.0)
    assert np.linalg.norm(directions.mean(0)) < 1e-2


def test_a_matt_surface_blurs_light_as_the_cosine_law_says():
    normal, light = np.array([[0.2, 0.5, np.sqrt(1 - 0.29)]]), np.array([[0.6, 0.0, 0.8]])
    soft = harmonics.basis(normal) * harmonics.COSINE @ harmonics.basis(light).T
    exact = max(float(normal[0] @ light[0]), 0.0) / np.pi
    assert abs(float(soft[0, 0]) - exact) < 0.02
