"""How far a fitted pose is from the true one."""

import numpy as np

from livemask.geometry import nearest_rotation, rotation_vector
from livemask.records import Float64


def turn_errors(true: Float64, fitted: Float64) -> Float64:
    """Return the angle (n,) deg between rotations (n, 3, 3)."""
    between = np.swapaxes(true, 1, 2) @ fitted
    return np.degrees([np.linalg.norm(rotation_vector(turn)) for turn in between])


def without_offset(true: Float64, fitted: Float64) -> Float64:
    """Return `fitted` (n, 3, 3) without the even turn between the two head frames.

    Where the head frame lies in another person's head is a matter of convention.
    """
    offset = nearest_rotation((np.swapaxes(true, 1, 2) @ fitted).mean(axis=0))
    return np.asarray(fitted @ offset.T)


def place_errors(true: Float64, fitted: Float64) -> Float64:
    """Return the distance (n,) mm between translations (n, 3)."""
    return np.asarray(np.linalg.norm(fitted - true, axis=1))


def without_size(true: Float64, fitted: Float64) -> Float64:
    """Return `fitted` (n, 3) scaled by the median ratio of the distances.

    One camera does not tell a large head from a near one.
    """
    return np.asarray(fitted / np.median(fitted[:, 2] / true[:, 2]))
