"""Principal components of heads, each symmetric or antisymmetric.

The people and their mirror images are one population, whose covariance splits into a
symmetric and an antisymmetric half: each is taken apart on its own.
"""

import numpy as np
import scipy.linalg

from head_model.alignment import symmetric
from livemask.records import Array, Float64


def components(
    heads: Float64, mean: Float64, weights: Float64, mirror: Array, count: int
) -> tuple[Float64, Float64, Float64]:
    """Return the (k, c, 3) components, their (k,) sigmas and all (2p,) variances, sorted.

    `heads` (p, c, 3) aligned to `mean` (c, 3). `weights` (c,) say how much each vertex
    counts; they sum to 1, so that a sigma is a weighted rms displacement in mm. A
    component is the displacement at one sigma.
    """
    found, variances = [], []
    for sign in (1.0, -1.0):
        part = symmetric(heads - mean, mirror, sign).reshape(len(heads), -1)
        scaled = part * np.sqrt(np.repeat(weights, 3))
        values, vectors = scipy.linalg.eigh(scaled @ scaled.T / len(heads))
        top = np.argsort(values)[::-1][:count]
        shapes = vectors[:, top].T @ part / np.sqrt(len(heads))
        found.append(shapes.reshape(count, -1, 3))
        variances.append(np.maximum(values, 0.0))
    every = np.concatenate([np.sort(v)[::-1][:count] for v in variances])
    order = np.argsort(-every)[:count]
    shapes = _signed(np.concatenate(found)[order])
    return shapes, np.sqrt(every[order]), np.sort(np.concatenate(variances))[::-1]


def _signed(shapes: Float64) -> Float64:
    """Choose each sign so that the largest displacement is positive: signs are arbitrary."""
    flat = shapes.reshape(len(shapes), -1)
    largest = flat[np.arange(len(flat)), np.abs(flat).argmax(1)]
    return shapes * np.sign(largest)[:, None, None]
