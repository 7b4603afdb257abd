"""A tiger: orange and white fur, black stripes that follow the face, a pink nose."""

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
    lines,
    mirrored,
    mix,
    noise,
    plain,
    ribbon,
    shape,
    step,
)
from tools.paint.fur import comb

ORANGE, DEEP, PALE = (222, 128, 44), (172, 82, 22), (240, 176, 96)
WHITE, CREAM = (246, 240, 228), (238, 212, 170)
BLACK: Colour = (22, 18, 18)
PINK, ROSE, SHADOW = (226, 142, 134), (196, 98, 96), (96, 44, 44)

# Of the right half: (points, width). The other half is their mirror, a little shaken.
STRIPES = (
    # the brow's mark, and the arcs above it
    (((0.485, 0.300), (0.475, 0.245), (0.482, 0.185)), 0.020),
    (((0.480, 0.235), (0.425, 0.205), (0.365, 0.205), (0.315, 0.225)), 0.026),
    (((0.478, 0.175), (0.420, 0.145), (0.350, 0.145), (0.280, 0.175)), 0.028),
    (((0.482, 0.120), (0.420, 0.090), (0.340, 0.088), (0.255, 0.120)), 0.028),
    (((0.470, 0.275), (0.435, 0.255), (0.395, 0.252)), 0.018),
    (((0.485, 0.070), (0.420, 0.042), (0.330, 0.040)), 0.024),
    # above the outer brow
    (((0.300, 0.255), (0.245, 0.262), (0.200, 0.300)), 0.026),
    (((0.255, 0.195), (0.190, 0.215), (0.145, 0.265)), 0.030),
    (((0.220, 0.130), (0.150, 0.155), (0.100, 0.215)), 0.030),
    # temple and cheek, from the ear towards the middle
    (((0.060, 0.310), (0.130, 0.335), (0.200, 0.380)), 0.032),
    (((0.040, 0.400), (0.120, 0.425), (0.205, 0.450)), 0.030),
    (((0.055, 0.490), (0.135, 0.525), (0.220, 0.525), (0.285, 0.505)), 0.034),
    (((0.060, 0.580), (0.140, 0.620), (0.225, 0.615), (0.295, 0.580)), 0.034),
    (((0.080, 0.670), (0.150, 0.715), (0.230, 0.710), (0.300, 0.670)), 0.032),
    (((0.110, 0.760), (0.185, 0.800), (0.260, 0.790), (0.320, 0.755)), 0.030),
    (((0.170, 0.855), (0.245, 0.878), (0.315, 0.862), (0.365, 0.830)), 0.028),
    (((0.150, 0.570), (0.195, 0.572), (0.240, 0.556)), 0.016),
    (((0.165, 0.664), (0.210, 0.664), (0.255, 0.646)), 0.016),
    (((0.280, 0.940), (0.350, 0.945), (0.420, 0.925)), 0.026),
    # beside the nose
    (((0.452, 0.440), (0.437, 0.480), (0.430, 0.525)), 0.012),
)
WHISKERS = [(0.385 - 0.032 * i, 0.628 + 0.020 * j - 0.006 * i) for j in range(4) for i in range(4)]


def paint() -> NDArray[np.uint8]:
    """Return the painting, (h, w, 3) uint8 sRGB."""
    random = np.random.default_rng(7)
    colour = _coat(random)
    colour = comb(colour, _flow(), _length(), random)
    return finished(_features(colour, random))


def _coat(random: np.random.Generator) -> Field:
    """Return the colours of the fur: orange, white patches, stripes."""
    u, v = grid()
    aside = np.abs(u - 0.5)
    blotch = noise(random, 9, 3)
    colour = mix(plain(ORANGE), DEEP, 0.35 + 0.25 * blotch + 0.5 * step(aside, 0.25, 0.5))
    colour = mix(colour, PALE, 0.8 * np.exp(-((aside / 0.07) ** 2)) * step(v, 0.25, 0.5))
    white = _white(aside, v) + 0.07 * blotch
    colour = mix(colour, CREAM, step(white, -0.10, 0.05))
    colour = mix(colour, WHITE, step(white, 0.0, 0.16))
    return mix(colour, BLACK, _stripes(random))


def _white(aside: Field, v: Field) -> Field:
    """Return a field above 0 where the coat is white: muzzle, chin, brows, cheeks."""

    def oval(across: float, down: float, wide: float, high: float) -> Field:
        return np.float32(1.0) - np.hypot((aside - across) / wide, (v - down) / high)

    patches = (
        oval(0.085, 0.655, 0.125, 0.085),  # muzzle
        oval(0.0, 0.845, 0.20, 0.13),  # chin
        oval(0.155, 0.330, 0.105, 0.062),  # over the eyes
        oval(0.140, 0.475, 0.10, 0.040),  # below them
        oval(0.330, 0.660, 0.13, 0.15),  # cheeks
    )
    return np.asarray(0.5 * np.maximum.reduce(patches), np.float32)


def _stripes(random: np.random.Generator) -> Field:
    outlines = []
    for points, width in STRIPES:
        for side in (curve(points), mirrored(curve(points))):
            shaken = side + 0.006 * random.standard_normal(2).astype(np.float32)
            outlines.append(ribbon(shaken.astype(np.float32), width * random.uniform(0.9, 1.15)))
    frayed = depth(shape(*outlines)) + 0.0022 * noise(random, 90, 2)
    return step(frayed, -0.001, 0.003)


def _flow() -> Field:
    """Return where hairs point to: away from the nose, over the cheeks down and out."""
    u, v = grid()
    across, down = u - 0.5, v - 0.50
    out = np.stack([across, 0.75 * down + 0.10 * np.abs(across)], -1)
    up = np.stack([0.55 * across, np.full_like(v, -0.22)], -1)  # bridge and forehead
    share = (step(-down, 0.02, 0.16) * np.exp(-((across / 0.22) ** 2)))[..., None]
    way = out * (1.0 - share) + up * share
    return np.asarray(
        way / np.maximum(np.linalg.norm(way, axis=2, keepdims=True), 1e-4), np.float32
    )


def _length() -> Field:
    """Return how long hairs are: short on the nose, long on the cheeks."""
    u, v = grid()
    away = np.hypot(u - 0.5, 0.9 * (v - 0.53))
    return np.asarray(0.006 + 0.040 * step(away, 0.03, 0.45), np.float32)


def _features(colour: Field, random: np.random.Generator) -> Field:
    """Lay on what has no fur: lids, nose, lips, and the roots of the whiskers."""
    colour = _eyes(colour)
    colour = _nose(colour, random)
    cleft = lines([curve([(0.5, 0.612), (0.5, 0.640), (0.5, 0.672)])], 0.007)
    lip = curve([(0.405, 0.722), (0.445, 0.706), (0.480, 0.690), (0.5, 0.676)])
    mouth = lines([lip, mirrored(lip)], 0.009)
    inner = shape(
        curve(
            [(0.418, 0.710), (0.475, 0.688), (0.5, 0.693), (0.525, 0.688), (0.582, 0.710),
             (0.53, 0.722), (0.5, 0.722), (0.47, 0.722)], True)
    )  # fmt: skip
    colour = mix(colour, SHADOW, blur(inner, 0.003))
    colour = mix(colour, BLACK, 0.9 * blur(np.maximum(cleft, mouth), 0.0012))
    dots = [curve([(x - 0.004, y), (x, y + 0.003), (x + 0.004, y)], True, 24) for x, y in WHISKERS]
    spots = shape(*dots, *(mirrored(dot) for dot in dots))
    return mix(colour, BLACK, 0.85 * blur(spots, 0.0012))


def _eyes(colour: Field) -> Field:
    """Line the lids in black, drawn out towards the nose and the temple."""
    lid = curve(
        [(0.280, 0.408), (0.310, 0.384), (0.352, 0.370), (0.390, 0.376), (0.420, 0.402),
         (0.436, 0.432), (0.406, 0.428), (0.379, 0.437), (0.337, 0.441), (0.302, 0.428)], True
    )  # fmt: skip
    tail = ribbon(curve([(0.315, 0.405), (0.265, 0.398), (0.225, 0.372)]), 0.030, "tail")
    tear = ribbon(curve([(0.405, 0.412), (0.436, 0.446), (0.446, 0.500)]), 0.022, "tail")
    drawn = (lid, tail, tear)
    mask = shape(*drawn, *(mirrored(part) for part in drawn))
    return mix(colour, BLACK, blur(mask, 0.0022))


def _nose(colour: Field, random: np.random.Generator) -> Field:
    """Paint a cat's nose over tip and wings."""
    right = [(0.5, 0.540), (0.466, 0.545), (0.437, 0.566), (0.440, 0.592), (0.468, 0.606)]
    left = [(1.0 - x, y) for x, y in reversed(right[1:])]
    outline = curve([*right, (0.5, 0.625), *left], True)
    mask = shape(outline)
    inside = depth(mask)
    colour = mix(colour, BLACK, step(inside, -0.010, -0.001))
    u, v = grid()
    skin = mix(plain(PINK), ROSE, step(v, 0.56, 0.61) + 0.25 * noise(random, 200, 2))
    skin = mix(
        skin,
        (250, 200, 192),
        0.5 * np.exp(-(((u - 0.5) / 0.028) ** 2 + ((v - 0.556) / 0.010) ** 2)),
    )
    colour = mix(colour, skin, step(inside, -0.002, 0.004))
    holes = shape(
        ribbon(curve([(0.452, 0.578), (0.464, 0.596), (0.484, 0.602)]), 0.016),
        ribbon(curve([(0.548, 0.578), (0.536, 0.596), (0.516, 0.602)]), 0.016),
    )
    return mix(colour, BLACK, 0.9 * blur(holes, 0.0015))
