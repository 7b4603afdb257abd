"""Mirrored: what of a turned face is seen too obliquely, from the side that is seen well."""

import numpy as np

from livemask.masks.fruit.features import AROUND, RINGS
from livemask.records import Array, Fit, Float32

OBLIQUE = (np.radians(26.0), np.radians(40.0))
"""Between these turns the far eye and the far half of the mouth are given up."""

MIDDLE = 0.25
"""Half width of the seam in the mouth, share of its own."""


def _twins() -> Array:
    """Return (n,) of each vertex of the features the one that lies where its mirror image does."""
    rings = np.arange(RINGS)[:, None] * AROUND
    around = (rings + (AROUND // 2 - np.arange(AROUND)) % AROUND).ravel()
    return np.concatenate([around + piece * RINGS * AROUND for piece in (1, 0, 2)])


TWINS = _twins()


def _across() -> Float32:
    """Return (n,) -1 on the right eye, 1 on the left, from one to the other over the mouth."""
    mouth = np.tile(-np.cos(2.0 * np.pi * np.arange(AROUND) / AROUND), RINGS)
    reach = np.linspace(0.0, 1.0, RINGS).repeat(AROUND)
    sides = np.ones(RINGS * AROUND)
    return np.concatenate([-sides, sides, np.clip(mouth * reach / MIDDLE, -1.0, 1.0)])


ACROSS = _across().astype(np.float32)


def given_up(fit: Fit) -> Float32 | None:
    """Return (n,) how far each vertex of the features is to show its mirror image, 0 to 1.

    None if the face looks towards the camera.
    """
    viewer = -fit.camera_from_head[:3, 3] @ fit.camera_from_head[:3, :3]
    turn = float(np.arctan2(viewer[0], viewer[2]))  # the subject's left is nearer if positive
    share = float(np.clip((abs(turn) - OBLIQUE[0]) / (OBLIQUE[1] - OBLIQUE[0]), 0.0, 1.0))
    if share == 0.0:
        return None
    return np.asarray(share * np.clip(0.5 - 0.5 * np.sign(turn) * ACROSS, 0.0, 1.0), np.float32)
