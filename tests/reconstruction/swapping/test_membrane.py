import cv2
import numpy as np
import pytest

from livemask.reconstruction.swapping.membrane import membrane, relax

RNG = np.random.default_rng(2)


def disc(side=120, radius=40.0, soft=6.0):
    """Return (side, side) opacity of a disc with a soft edge."""
    y, x = np.mgrid[:side, :side] - 0.5 * (side - 1)
    return np.clip((radius - np.hypot(x, y)) / soft + 0.5, 0.0, 1.0).astype(np.float32)


def grown_like(found, wanted, held, inside, free, rounds):
    """Return what `relax` does, in plain numpy and one cell after the other."""
    made = np.pad(found, ((1, 1), (1, 1), (0, 0)))
    there = np.pad(inside, 1)
    for _ in range(rounds):
        for y, x in np.argwhere(inside):
            around = [(y, x + 1), (y + 2, x + 1), (y + 1, x), (y + 1, x + 2)]
            cells = [made[cell] for cell in around if there[cell]]
            total = held[y, x] * wanted[y, x] + np.sum(cells, axis=0, initial=0.0)
            mean = total / (held[y, x] + free + len(cells))
            made[y + 1, x + 1] += 1.7 * (mean - made[y + 1, x + 1])
    return made[1:-1, 1:-1]


def test_the_kernel_does_what_plain_numpy_does():
    found, wanted = RNG.random((2, 9, 11, 3)).astype(np.float32)
    held = (RNG.random((9, 11)) < 0.3).astype(np.float32)
    inside = RNG.random((9, 11)) < 0.8
    expected = grown_like(found.astype(np.float64), wanted, held, inside, 0.01, 4)
    relax(found, wanted, held, inside, 0.01, 4)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_between_a_rim_that_slopes_it_slopes():
    """A plane is harmonic: that the rim asks for is found everywhere within."""
    alpha = disc()
    plane = np.repeat(0.0004 * np.mgrid[:120, :120][1][..., None], 3, 2).astype(np.float32)
    found = membrane(np.full_like(plane, 0.4), 0.4 + plane, alpha, np.ones_like(alpha))
    np.testing.assert_allclose(found[alpha > 0.9], plane[alpha > 0.9], atol=0.004)


def test_a_patch_of_another_tone_is_brought_to_the_one_around():
    alpha = disc()
    patch = np.full((120, 120, 3), 0.45, np.float32)
    picture = np.full((120, 120, 3), 0.5, np.float32)
    found = membrane(patch, picture, alpha, np.ones_like(alpha))
    np.testing.assert_allclose(found[alpha > 0.1], 0.05, atol=0.01)


def test_a_rim_of_another_kind_is_not_asked():
    alpha = disc()
    patch = np.full((120, 120, 3), 0.5, np.float32)
    picture = patch.copy()
    picture[:, :60] = 0.05  # hair over half of it
    found = membrane(patch, picture, alpha, np.ones_like(alpha))
    assert np.abs(found[alpha > 0.1]).max() < 0.05


def test_where_the_rim_is_not_trusted_nothing_is_added():
    alpha = disc()
    patch, picture = (
        np.full((120, 120, 3), 0.5, np.float32),
        np.full((120, 120, 3), 0.6, np.float32),
    )
    assert np.abs(membrane(patch, picture, alpha, np.zeros_like(alpha))).max() < 1e-6


@pytest.mark.parametrize("turns", range(4))
def test_a_border_of_the_photo_is_free(turns):
    alpha = np.rot90(np.roll(disc(), -55, axis=1) * (np.arange(120) < 60), turns).copy()
    patch = np.full((120, 120, 3), 0.5, np.float32)
    found = membrane(patch, patch + 0.05, alpha, np.ones_like(alpha))
    np.testing.assert_allclose(found[alpha > 0.5], 0.05, atol=0.01)


def test_it_agrees_with_seamless_clone_where_that_has_a_rim_all_around():
    """OpenCV solves on the rectangle: a patch that fills it gets the same colours."""
    y, x = np.mgrid[:120, :120].astype(np.float32)
    picture = np.dstack([110 + 0.3 * x, 120 + 0.2 * y, 130 - 0.1 * x])
    patch = np.dstack([100 + 6 * np.sin(x / 9.0), 112 + 6 * np.cos(y / 8.0), 120 + 0 * x])
    alpha = np.zeros((120, 120), np.float32)
    alpha[20:100, 20:100] = 1.0
    soft = np.clip(cv2.GaussianBlur(alpha, (0, 0), 1.5), 0.0, 1.0)
    found = membrane(patch.astype(np.float32) / 255, picture / 255, soft, np.ones_like(soft))
    cloned = cv2.seamlessClone(
        np.rint(patch).astype(np.uint8),
        np.rint(picture).astype(np.uint8),
        (255 * alpha).astype(np.uint8),
        (59, 59),
        cv2.NORMAL_CLONE,
    )
    inside = (slice(35, 85), slice(35, 85))
    assert np.abs(255 * (patch / 255 + found)[inside] - cloned[inside]).mean() < 4.0
