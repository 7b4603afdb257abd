"""A skull: old bone, deep sockets, a nose that is gone, teeth over the lips."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import (
    Colour,
    Field,
    blur,
    curve,
    depth,
    finished,
    grid,
    mirrored,
    mix,
    noise,
    plain,
    relief,
    ribbon,
    shape,
    step,
)

BONE, LIGHT, STAIN = (214, 198, 164), (244, 236, 212), (146, 112, 70)
UMBER, PIT = (74, 50, 30), (12, 9, 8)
SHADE: Colour = (44, 31, 21)
TOOTH, ROOT = (236, 226, 196), (160, 128, 82)

SOCKET = (
    (0.262, 0.402), (0.300, 0.355), (0.358, 0.338), (0.412, 0.352), (0.440, 0.398),
    (0.430, 0.450), (0.392, 0.486), (0.335, 0.492), (0.284, 0.462),
)  # fmt: skip
NOSE = ((0.5, 0.500), (0.474, 0.532), (0.446, 0.592), (0.458, 0.622), (0.486, 0.620), (0.5, 0.606))
CRACKS = (
    ((0.585, 0.045), (0.572, 0.110), (0.596, 0.160), (0.580, 0.215), (0.600, 0.262)),
    ((0.596, 0.160), (0.640, 0.185), (0.652, 0.225)),
    ((0.572, 0.110), (0.536, 0.140), (0.530, 0.175)),
    ((0.235, 0.205), (0.262, 0.250), (0.252, 0.290), (0.280, 0.330)),
    ((0.252, 0.290), (0.214, 0.312)),
    ((0.735, 0.520), (0.705, 0.560), (0.716, 0.605), (0.690, 0.640)),
    ((0.405, 0.800), (0.392, 0.840), (0.408, 0.880)),
)
ACROSS = (0.0, 0.034, 0.066, 0.095, 0.121, 0.143, 0.160)
"""Between the teeth of one side: shares from the middle outward."""

LIPS, UPPER, LOWER = 0.700, 0.066, 0.060
"""Where the rows of teeth meet, and how high they are."""


def paint() -> NDArray[np.uint8]:
    """Return the painting, (h, w, 3) uint8 sRGB."""
    random = np.random.default_rng(3)
    colour = _bone(random)
    colour = _hollows(colour, random)
    colour = _cracks(colour, random)
    colour = _teeth(colour, random)
    return finished(_holes(colour, random))


def _bone(random: np.random.Generator) -> Field:
    """Return old bone: mottled, with pores, brown where dirt gathers."""
    mottled, fine, pores = noise(random, 7, 4), noise(random, 120, 3), noise(random, 260)
    colour = mix(plain(BONE), LIGHT, 0.45 + 0.28 * mottled)
    colour = mix(colour, STAIN, 0.40 * step(noise(random, 5, 4), 0.3, 1.7))
    colour = mix(colour, UMBER, 0.35 * step(pores, 2.0, 3.2))
    return (
        colour * (1.0 + 0.030 * fine + 0.05 * relief(blur(fine + mottled, 0.001), 0.004))[..., None]
    )


def _hollows(colour: Field, random: np.random.Generator) -> Field:
    """Shade what a skull has hollow (temples, cheeks), light what stands out."""
    u, v = grid()
    aside = np.abs(u - 0.5)

    def bump(across: float, down: float, wide: float, high: float) -> Field:
        reach = ((aside - across) / wide) ** 2 + ((v - down) / high) ** 2
        return np.asarray(np.exp(-reach), np.float32)

    dirt = 1.0 + 0.15 * noise(random, 40, 3)
    cheek = bump(0.215, 0.655, 0.075, 0.105) + 0.8 * bump(0.30, 0.74, 0.11, 0.10)
    temple = bump(0.395, 0.315, 0.075, 0.13)
    dark = 1.25 * cheek + 0.9 * temple + 0.5 * bump(0.0, 0.47, 0.03, 0.05)
    dark += 0.55 * bump(0.0, 0.815, 0.16, 0.020) + 0.5 * bump(0.12, 0.66, 0.03, 0.06)
    colour = mix(colour, UMBER, 1.0 - np.exp(-1.15 * dark * dirt))
    colour = mix(colour, PIT, 0.65 * step(dark * dirt, 0.85, 1.9))
    bright = bump(0.235, 0.525, 0.10, 0.026) + bump(0.12, 0.285, 0.12, 0.030)
    bright += 0.8 * bump(0.0, 0.43, 0.018, 0.07) + 0.9 * bump(0.0, 0.875, 0.07, 0.04)
    bright += 0.6 * bump(0.10, 0.16, 0.12, 0.07) + 0.7 * bump(0.335, 0.545, 0.07, 0.028)
    colour = mix(colour, (255, 250, 234), 0.6 * bright)
    # Beyond cheeks and jaw bone goes on, older and browner; the neck is in its own shadow.
    jaw = 0.455 - 0.26 * step(v, 0.60, 0.96) + 0.012 * noise(random, 24, 3)
    beyond = np.maximum(aside - jaw, v - 0.925 - 0.006 * noise(random, 24, 3))
    old = (0.7 + 0.12 * noise(random, 24, 3)) * step(beyond, -0.10, 0.03) * step(v, 0.30, 0.62)
    colour = mix(colour, STAIN, 0.55 * step(aside, 0.34, 0.48) * step(-v, -0.62, -0.10))
    colour = mix(colour, UMBER, old)
    return mix(colour, SHADE, 0.85 * step(v, 0.905, 0.965))


def _cracks(colour: Field, random: np.random.Generator) -> Field:
    outlines = []
    for path in CRACKS:
        knots = np.asarray(path, np.float64)
        along = np.linspace(0, len(knots) - 1, 12 * (len(knots) - 1) + 1)
        line = np.column_stack([np.interp(along, np.arange(len(knots)), k) for k in knots.T])
        line[1:-1] += 0.0032 * random.standard_normal((len(line) - 2, 2))
        outlines.append(ribbon(line.astype(np.float32), 0.0085, "tail"))
    mask = shape(*outlines)
    lit = np.roll(blur(mask, 0.0012), 6, axis=0)
    colour = mix(colour, LIGHT, 0.8 * lit)
    colour = mix(colour, UMBER, 0.55 * blur(mask, 0.004))
    return mix(colour, PIT, 0.95 * blur(mask, 0.0006))


def _teeth(colour: Field, random: np.random.Generator) -> Field:
    """Lay two rows of teeth over the lips, with roots in the bone and dark between them."""
    u, v = grid()
    gum = np.hypot((u - 0.5) / 0.185, (v - LIPS) / 0.092)
    colour = mix(colour, UMBER, 0.75 * step(1.12 - gum, 0.0, 0.30))
    for above in (True, False):
        for side in (-1.0, 1.0):
            for left, right in pairwise(ACROSS):
                colour = _tooth(colour, (side * left, side * right), above, random)
    line = curve([(0.330, 0.692), (0.40, 0.702), (0.5, 0.698), (0.60, 0.702), (0.670, 0.692)])
    return mix(colour, PIT, blur(shape(ribbon(line, 0.013)), 0.0012))


def _tooth(
    colour: Field, across: tuple[float, float], above: bool, random: np.random.Generator
) -> Field:
    """Lay on one tooth between `across`, from the middle of the face."""
    low, high = sorted(across)
    middle, half = 0.5 * (low + high), 0.46 * (high - low)
    short = 1.0 - 1.5 * abs(middle) - 0.06 * random.uniform()
    tall = (UPPER if above else LOWER) * short
    way = -1.0 if above else 1.0
    edge, root = LIPS + way * 0.004, LIPS + way * tall
    outline = curve(
        [
            (0.5 + middle - 0.93 * half, edge + way * 0.004),
            (0.5 + middle - half, edge + way * 0.45 * tall),
            (0.5 + middle - 0.62 * half, root),
            (0.5 + middle, root + way * 0.006),
            (0.5 + middle + 0.62 * half, root),
            (0.5 + middle + half, edge + way * 0.45 * tall),
            (0.5 + middle + 0.93 * half, edge + way * 0.004),
            (0.5 + middle, edge),
        ],
        True,
        80,
    )
    mask = shape(outline)
    rows, columns = (slice(max(i.min() - 60, 0), i.max() + 60) for i in np.nonzero(mask))
    here, patch = colour[rows, columns], mask[rows, columns]
    _, v = grid()
    within = depth(mask)[rows, columns]
    toward = step(np.abs(v[rows, columns] - LIPS) / tall, 0.25, 1.05)
    enamel = np.float32(1.0 - 0.5 * toward)[..., None] * np.float32(TOOTH)
    enamel = enamel + (0.5 * toward)[..., None] * np.float32(ROOT)
    enamel *= (0.62 + 0.42 * step(within, 0.0, 0.75 * half))[..., None]
    enamel *= np.float32(1.0 - 0.9 * abs(middle))
    colour[rows, columns] = here + (enamel - here) * patch[..., None]
    return colour


def _holes(colour: Field, random: np.random.Generator) -> Field:
    """Sink the sockets and the nose: a lit rim, a steep dark wall, black."""
    socket, nose = (
        curve(SOCKET, True),
        curve([*NOSE, *((1 - x, y) for x, y in NOSE[-2:0:-1])], True),
    )
    mask = shape(socket, mirrored(socket), nose)
    within = depth(mask) + 0.0018 * noise(random, 60, 3)
    v = grid()[1]
    rim = np.exp(-((within + 0.011) ** 2) / (2 * 0.0065**2))
    colour = mix(colour, (255, 248, 226), 0.50 * rim * step(v, 0.30, 0.52))
    colour = mix(
        colour, UMBER, 0.75 * step(within, -0.040, 0.0) * (1.0 - 0.5 * step(v, 0.40, 0.50))
    )
    colour = mix(colour, UMBER, step(within, -0.004, 0.004))
    colour = mix(colour, PIT, step(within, 0.002, 0.024))
    septum = ribbon(curve([(0.5, 0.515), (0.5, 0.565), (0.5, 0.612)]), 0.010)
    return mix(colour, UMBER, 0.9 * blur(shape(septum), 0.002))
