"""Brings the colours of one face to those of another, and to the light in which that one is.

Both lie on the same places of the picture, so that their skins can be compared place by place. A
smooth surface through the logarithms of the ratios (a polynomial of degree 2, robustly) says how
skins and lights differ over the whole face, an average over plain skin what else the light does
there, and what remains is made as varied as the other's skin (Reinhard et al. 2001, "Color
transfer between images").
"""

from typing import NamedTuple

import cv2
import numpy as np

from livemask.light.skin import LUMINANCE
from livemask.masks.face_mesh import smooth
from livemask.masks.swapping.filling import filled
from livemask.reconstruction.swapping.worn import Worn
from livemask.records import Array, Float32, Float64

FACE = 160.0
"""px of the face in the small pictures that are compared."""

DARKEST = 0.002
"""Linear; noise below it says nothing of a ratio."""

TRUST = np.array([1e-6, 0.02, 0.02, 0.06, 0.06, 0.06])
"""How strongly each term of the polynomial holds on to 0, per place."""

ROUNDS, TOLERANCE = 6, 1.5
"""Of reweighting; errors beyond this many median errors count less."""

ENOUGH = 40
"""Places without which nothing is matched."""

UNEVEN = 0.7
"""By how much, in logarithms, a place may differ from the middle of the face."""

AROUND, STRONG = 0.08, 0.8
"""Over which share of the face what is left is averaged, and how much of it is taken off."""

EDGE = 0.2
"""Logarithm by which skin must vary nearby for that to be light."""

ALIKE = (0.6, 1.1)
"""Logarithms between which two places have no more to say of the light: beard, shade, glasses."""

BRIGHT, COLOUR = (0.5, 1.1), (0.35, 1.0)
"""Bounds of how many times as varied as in its photo the face's brightness and colour become."""

MILD = 0.5
"""Logarithm up to which what is darker than skin is skin, too; brows and beards are left alone."""

GRAIN = 0.008
"""Of the face: finer than that colours are noise, or what JPEG has left of them."""

GLOSS, TINT = 0.4, 0.6
"""Greatest logarithms by which a place is lighter than skin, or of another colour."""


class _Small(NamedTuple):
    """The two faces in small. (h, w, ...) float32.

    Attributes
    ----------
    ours, theirs : (h, w, 3)
        Logarithms of linear colours: of the face that is put on, and of the other.
    weight : (h, w)
        1 where both show plain skin.
    """

    ours: Float32
    theirs: Float32
    weight: Float32


def matched(worn: Worn) -> Float32:
    """Return the colours (h, w, 3), linear, of the drawn face as the photo under it asks."""
    terms = _terms(worn)
    size = _size(worn)
    plain = (1.0 - worn.features) * (1.0 - worn.own) * worn.inside * (worn.face > 0.3)
    small = _Small(
        _logarithm(_resized(worn.colours, size)),
        _logarithm(_resized(worn.under, size)),
        np.ascontiguousarray(_resized(np.asarray(plain, np.float32), size)),
    )
    if np.count_nonzero(small.weight > 0.5) < ENOUGH:
        return worn.colours
    coarse = _resized(terms, size)
    surface = _surface(coarse, small)
    brought = small._replace(ours=small.ours + _even(coarse, surface))
    left = _left(brought)
    gain = _even(terms, surface) + _resized(left, worn.alpha.shape[::-1])
    made = _varied(
        worn, _logarithm(worn.colours) + gain, brought._replace(ours=brought.ours + left)
    )
    own = worn.own[..., None]
    return np.asarray((1.0 - own) * np.exp(made) + own * worn.colours, np.float32)


def _terms(worn: Worn) -> Float32:
    """Return the (h, w, 6) terms of degree 2 in x and y on the face."""
    there = worn.places[worn.face > 0.3]
    if not len(there):
        return np.zeros((*worn.alpha.shape, 6), np.float32)
    low, high = there.min(axis=0), there.max(axis=0)
    flat = 2.0 * (worn.places - low) / np.maximum(high - low, 1e-6) - 1.0
    x, y = np.moveaxis(np.clip(flat, -1.2, 1.2), 2, 0)
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=2).astype(np.float32)


def _surface(terms: Float32, small: _Small) -> Float64:
    """Return the (6, 3) coefficients of the surface through the ratios."""
    there = small.weight > 0.5
    at = terms[there].astype(np.float64)
    ratio = (small.theirs - small.ours)[there].astype(np.float64)
    weights = np.ones(len(at))
    for _ in range(ROUNDS):
        weighted = at * weights[:, None]
        normal = weighted.T @ at + np.diag(TRUST * weights.sum())
        solution = np.linalg.solve(normal, weighted.T @ ratio)
        error = np.linalg.norm(at @ solution - ratio, axis=1)
        scale = TOLERANCE * max(float(np.median(error)), 1e-3)
        weights = np.minimum(1.0, scale / np.maximum(error, 1e-9)) ** 2
    return np.asarray(solution)


def _even(terms: Float32, surface: Float64) -> Float32:
    """Return (h, w, 3) logarithms of the surface, bounded."""
    made = terms @ surface.astype(np.float32)
    middle = surface[0].astype(np.float32)
    return np.asarray(middle + np.clip(made - middle, -UNEVEN, UNEVEN))


def _left(small: _Small) -> Float32:
    """Return (h, w, 3) what the surface leaves of the ratios, averaged over plain skin.

    Where the other skin's brightness has edges, so has the average: a nose keeps its shadow
    (guided filter: He, Sun & Tang 2013).
    """
    left = small.theirs - small.ours
    apart = np.abs(left).max(axis=2)
    weight = small.weight * (1.0 - smooth((apart - ALIKE[0]) / (ALIKE[1] - ALIKE[0])))
    known = _blurred(weight)

    def mean(of: Array) -> Array:
        return np.asarray(_blurred(of * weight[..., None]) / np.maximum(known, 1e-3)[..., None])

    bright = small.theirs @ LUMINANCE.astype(np.float32)
    guide = filled(np.repeat(bright[..., None], 3, axis=2), small.weight)
    usual, level = mean(guide), mean(left)
    slope = (mean(guide * left) - usual * level) / (mean(guide * guide) - usual * usual + EDGE**2)
    sure = known / (known + 0.15)
    made = level + np.clip(slope, 0.0, 1.0) * (guide - usual)
    return np.asarray(STRONG * sure[..., None] * made, np.float32)


def _varied(worn: Worn, made: Float32, small: _Small) -> Float32:
    """Return the logarithms `made` (h, w, 3), as varied about the skin as the other face's."""
    known = _blurred(small.weight)
    mean = _blurred(small.theirs * small.weight[..., None]) / np.maximum(known, 1e-4)[..., None]
    skin = filled(np.ascontiguousarray(mean, np.float32), np.minimum(8.0 * known, 1.0))
    there = small.weight > 0.5
    ours, theirs = (_apart(x - skin) for x in (small.ours, small.theirs))
    bright, colour = (
        float(np.clip(_spread(b[there]) / max(_spread(a[there]), 1e-3), *bounds))
        for a, b, bounds in zip(ours, theirs, (BRIGHT, COLOUR), strict=True)
    )
    around = _resized(skin, worn.alpha.shape[::-1])
    light, tint = _apart(made - around)
    tint = np.asarray(cv2.GaussianBlur(tint, (0, 0), GRAIN * worn.size), np.float32)
    mild = np.clip(light, -MILD, 0.0)
    gloss = GLOSS * np.tanh(bright * np.maximum(light, 0.0) / GLOSS)
    kept = bright + (1.0 - bright) * worn.features[..., None]  # brows are as dark as they are
    light = kept * mild + np.minimum(light - mild, 0.0) + gloss
    far = np.abs(colour * tint).max(axis=2, keepdims=True)
    tint = colour * tint * (TINT * np.tanh(far / TINT) / np.maximum(far, 1e-6))
    return np.asarray(around + light + tint, np.float32)


def _apart(logarithms: Float32) -> tuple[Float32, Float32]:
    """Return brightness (h, w, 1) and colour (h, w, 3) of what differs."""
    bright = (logarithms @ LUMINANCE.astype(np.float32))[..., None]
    return bright, logarithms - bright


def _spread(values: Array) -> float:
    """Return the median length of rows (s, k)."""
    return float(np.median(np.linalg.norm(values, axis=1)))


def _logarithm(linear: Float32) -> Float32:
    return np.log(np.maximum(linear, np.float32(DARKEST)))


def _size(worn: Worn) -> tuple[int, int]:
    height, width = worn.alpha.shape
    scale = min(1.0, FACE / worn.size)
    return max(2, round(scale * width)), max(2, round(scale * height))


def _resized(image: Float32, size: tuple[int, int]) -> Float32:
    if image.shape[1::-1] == size:
        return image
    way = cv2.INTER_AREA if image.shape[1] > size[0] else cv2.INTER_LINEAR
    if image.ndim == 2 or image.shape[2] <= 4:
        return np.asarray(cv2.resize(image, size, interpolation=way), np.float32)
    return np.concatenate([_resized(image[..., i : i + 3], size) for i in range(0, 6, 3)], axis=2)


def _blurred(image: Array) -> Float32:
    """Return a small picture averaged over `AROUND` of the face."""
    return np.asarray(cv2.GaussianBlur(image.astype(np.float32), (0, 0), AROUND * FACE))
