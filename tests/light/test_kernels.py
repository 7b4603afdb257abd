"""The kernels that fit light, against twins in plain numpy."""

import numpy as np
import pytest

from livemask.harmonics import basis, of_lamp
from livemask.light.kernels import fit_harmonics, fit_lamp

TRUST = np.array([0.01, 0.01, 0.01, 0.03])
EXPECTED = np.array([0.2, 0.4, 0.5, 0.4])


@pytest.fixture
def skin():
    """Normals of a half sphere, and what is seen of it in a lamp, with noise and a dark spot."""
    random = np.random.default_rng(2)
    normals = random.normal(size=(120, 3))
    normals[:, 2] = np.abs(normals[:, 2]) + 0.3
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    bright = 1.7 * (0.3 + 0.8 * np.maximum(normals @ [0.6, 0.0, 0.8], 0.0))
    bright += random.normal(0.0, 0.05, 120)
    bright[:12] *= 0.2
    return normals, bright


def solve(rows, bright, weights, expected, trust):
    level = np.sum(weights * bright) / np.sum(weights * (rows @ expected))
    pull = np.diag(trust * weights.sum())
    normal = (rows * weights[:, None]).T @ rows + pull
    solution = np.linalg.solve(normal, rows.T @ (weights * bright / level) + pull @ expected)
    return solution, np.abs(rows @ solution - bright / level)


def robust(errors, tolerance):
    return np.minimum(1.0, tolerance * max(np.median(errors), 1e-3) / np.maximum(errors, 1e-9))


def lamp_twin(normals, bright, expected, trust, tolerance, rounds):
    solution, weights = expected, np.ones(len(bright))
    for _ in range(rounds):
        lit = normals @ solution[:3] > 0.0
        rows = np.column_stack([normals * lit[:, None], np.ones(len(lit))])
        solution, errors = solve(rows, bright, weights, expected, trust)
        weights = robust(errors, tolerance)
    return solution


def harmonics_twin(rows, seen, shape, trust, own_trust, tolerance, rounds):
    weights, found = np.ones(len(seen)), shape
    for _ in range(rounds):
        found, errors = solve(rows, seen[:, 3], weights, shape, trust)
        weights = robust(errors, tolerance)
    colours = [solve(rows, seen[:, c], weights, found, own_trust)[0] for c in range(3)]
    return np.stack(colours, 1)


@pytest.mark.parametrize("rounds", [1, 5])
def test_the_lamp_is_its_twins(skin, rounds):
    given = (*skin, EXPECTED, TRUST, 1.5, rounds)

    np.testing.assert_allclose(fit_lamp(*given), lamp_twin(*given), rtol=1e-9)


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_harmonics_are_their_twins(skin, rounds):
    normals, bright = skin
    seen = bright[:, None] * [1.1, 1.0, 0.8, 1.0] + 0.1 * normals[:, :1] * [1, 0, -1, 0]
    shape = of_lamp(np.array([0.0, 0.6, 0.8]), np.ones(1), np.ones(1))[:, 0].astype(float)
    trust = np.repeat([0.03, 0.01, 0.02], [1, 3, 5])
    given = (basis(normals), seen, shape, trust, 10 * trust, 1.5, rounds)

    np.testing.assert_allclose(fit_harmonics(*given), harmonics_twin(*given), rtol=1e-8)


def test_a_dark_spot_turns_the_lamp_less_when_errors_are_weighed(skin):
    normals, bright = skin
    truth = np.array([0.6, 0.0, 0.8])
    found = [fit_lamp(normals, bright, EXPECTED, TRUST, 1.5, r)[:3] for r in (1, 5)]

    once, weighed = (float(truth @ f / np.linalg.norm(f)) for f in found)
    assert weighed > once
