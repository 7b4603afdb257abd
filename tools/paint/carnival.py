"""A Venetian half mask: diamonds, gold ornaments, a stone, feathers over the brows."""

import numpy as np
from numpy.typing import NDArray

from tools.paint.canvas import (
    SIDE,
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

IVORY, IVORY_SHADE = (246, 236, 212), (206, 182, 140)
WINE, WINE_SHADE = (140, 18, 44), (74, 6, 26)
GOLD, GOLD_DARK, GOLD_LIGHT = (214, 160, 52), (104, 62, 12), (255, 240, 178)
BLACK: Colour = (18, 10, 14)
FEATHERS = ((126, 14, 44), (30, 96, 104), (92, 20, 84), (20, 66, 96), (150, 30, 40))

# Half outlines from the middle of the face over its right side and back to the middle.
MASK = (
    (0.500, 0.242), (0.440, 0.232), (0.350, 0.212), (0.250, 0.222), (0.150, 0.250), (0.070, 0.290),
    (0.092, 0.370), (0.130, 0.450), (0.190, 0.535), (0.270, 0.580), (0.350, 0.570), (0.412, 0.545),
    (0.446, 0.572), (0.470, 0.592), (0.500, 0.588),
)  # fmt: skip
HOLE = (
    (0.262, 0.418), (0.292, 0.382), (0.340, 0.362), (0.390, 0.366), (0.424, 0.396), (0.436, 0.424),
    (0.410, 0.440), (0.360, 0.455), (0.310, 0.450),
)  # fmt: skip
SCROLLS = (
    (((0.470, 0.330), (0.440, 0.290), (0.395, 0.275), (0.345, 0.285), (0.320, 0.310),
      (0.340, 0.330)), 0.011),
    (((0.345, 0.285), (0.290, 0.270), (0.230, 0.280), (0.195, 0.315), (0.215, 0.345),
      (0.240, 0.328)), 0.011),
    (((0.230, 0.280), (0.180, 0.275), (0.130, 0.300)), 0.010),
    (((0.210, 0.420), (0.165, 0.400), (0.130, 0.360), (0.140, 0.325), (0.170, 0.335)), 0.010),
    (((0.215, 0.450), (0.190, 0.480), (0.215, 0.520), (0.255, 0.520), (0.258, 0.495)), 0.010),
    (((0.255, 0.520), (0.310, 0.535), (0.365, 0.520), (0.395, 0.490), (0.375, 0.478)), 0.010),
    (((0.395, 0.490), (0.430, 0.500), (0.452, 0.540)), 0.009),
)  # fmt: skip
DROPS = (
    (0.395, 0.300), (0.280, 0.308), (0.165, 0.300), (0.168, 0.372), (0.232, 0.495), (0.318, 0.515),
    (0.428, 0.522), (0.300, 0.352), (0.420, 0.345),
)  # fmt: skip


def paint() -> NDArray[np.uint8]:
    """Return the painting, (h, w, 4) uint8 sRGB and alpha: skin shows around it."""
    random = np.random.default_rng(9)
    body, holes = _body()
    colour, feathers = _feathers(random)
    within = depth(body)
    # its shadow on the feathers, then the mask itself
    colour = mix(colour, BLACK, 0.75 * blur(body, 0.010) * (1.0 - body))
    colour = mix(colour, _cloth(random), step(within, -0.0008, 0.0008))
    gold = np.maximum(_bead(within, 0.0075), _bead(-depth(holes), 0.0068))
    gold = np.maximum(gold, _ornaments())
    colour = _gild(colour, gold, random)
    colour = _pearls(colour, within)
    alpha = np.maximum(step(within, -0.0012, 0.0006), feathers) * step(-depth(holes), -0.001, 0.001)
    return finished(_stone(colour), alpha)


def _closed(points: tuple[tuple[float, float], ...]) -> Field:
    """Return a smooth outline across the middle from its right half."""
    return curve([*points, *((1.0 - x, y) for x, y in points[-2:0:-1])], True, 400)


def _body() -> tuple[Field, Field]:
    """Return the mask without the holes for the eyes, and the holes."""
    hole = curve(HOLE, True)
    holes = shape(hole, mirrored(hole))
    return np.minimum(shape(_closed(MASK)), 1.0 - holes), holes


def _cloth(random: np.random.Generator) -> Field:
    """Return diamonds of ivory and wine that bulge a little, fine gold lines between them."""
    u, v = grid()
    aside = np.abs(u - 0.5)
    across = (u - 0.5) / 0.104
    down = (v - 0.400) / 0.150
    one, other = across + down, across - down
    odd = (np.floor(one) + np.floor(other)) % 2
    edge = np.minimum(np.abs(one - np.rint(one)), np.abs(other - np.rint(other)))
    grain = noise(random, 160, 3)
    ivory = mix(plain(IVORY), IVORY_SHADE, 0.25 + 0.22 * noise(random, 18, 4) + 0.05 * grain)
    wine = mix(plain(WINE), WINE_SHADE, 0.25 + 0.25 * noise(random, 30, 4) + 0.10 * grain)
    colour = ivory + (wine - ivory) * odd[..., None]
    colour = colour * (0.80 + 0.24 * step(edge, 0.0, 0.28))[..., None]
    seam = np.exp(-((edge / 0.022) ** 2))
    colour = mix(colour, GOLD_DARK, 0.8 * np.exp(-((edge / 0.036) ** 2)))
    colour = mix(colour, GOLD_LIGHT, 0.75 * seam)
    return colour * (1.06 - 0.75 * aside**1.5)[..., None]


def _bead(within: Field, width: float) -> Field:
    """Return the height of a round rim along an outline, 0 to 1."""
    place = (within - width) / width
    return np.sqrt(np.clip(1.0 - place**2, 0.0, 1.0))


def _ornaments() -> Field:
    """Return the height of the gold scrolls and drops, 0 to 1."""
    outlines = []
    for points, width in SCROLLS:
        line = curve(points)
        outlines += [ribbon(line, width, "tail"), mirrored(ribbon(line, width, "tail"))]
    for x, y in DROPS:
        drop = curve([(x, y - 0.013), (x + 0.009, y), (x, y + 0.012), (x - 0.009, y)], True, 40)
        outlines += [drop, mirrored(drop)]
    crown = curve([(0.5, 0.262), (0.478, 0.315), (0.455, 0.345), (0.5, 0.475)], False)
    outlines.append(
        ribbon(np.asarray([(0.5, y) for y in np.linspace(0.36, 0.57, 80)], np.float32), 0.013)
    )
    outlines += [ribbon(crown, 0.010, "tail"), mirrored(ribbon(crown, 0.010, "tail"))]
    inside = depth(shape(*outlines))
    return np.sqrt(np.clip(inside / 0.0045, 0.0, 1.0)).astype(np.float32)


def _gild(colour: Field, height: Field, random: np.random.Generator) -> Field:
    """Lay on gold of a height: bright above, dark below, with a thin shadow."""
    height = blur(height, 0.0011)
    there = step(height, 0.12, 0.40)
    slope = (
        np.gradient(height, axis=0) * SIDE * 0.0060 + np.gradient(height, axis=1) * SIDE * 0.0025
    )
    hammered = 0.10 * noise(random, 220, 2)
    light = np.clip(0.50 + 0.95 * slope + hammered, 0.0, 1.0)
    gold = mix(
        mix(plain(GOLD_DARK), GOLD, step(light, 0.0, 0.5)), GOLD_LIGHT, step(light, 0.55, 1.0)
    )
    shadow = np.roll(blur(there, 0.0028), 8, axis=0)
    return mix(mix(colour, BLACK, 0.6 * shadow), gold, there)


def _pearls(colour: Field, within: Field) -> Field:
    """String pearls along the lower edge and over the brows."""
    u, v = grid()
    path = _closed(MASK)
    gaps = np.r_[0.0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    marks = np.arange(0.010, gaps[-1], 0.0215)
    places = np.column_stack([np.interp(marks, gaps, path[:, i]) for i in (0, 1)])
    middle = places.mean(0)
    for place in places:
        inward = (middle - place) / np.linalg.norm(middle - place)
        x, y = place + 0.0240 * inward
        if within[min(int(y * SIDE), SIDE - 1), min(int(x * SIDE), SIDE - 1)] < 0.015:
            continue
        near = (slice(int((y - 0.012) * SIDE), int((y + 0.012) * SIDE)),
                slice(int((x - 0.012) * SIDE), int((x + 0.012) * SIDE)))  # fmt: skip
        reach = np.hypot(u[near] - x, v[near] - y)
        shine = np.hypot(u[near] - x + 0.0018, v[near] - y + 0.0022)
        here = mix(colour[near], BLACK, 0.55 * step(reach, 0.0086, 0.0056))
        pearl = mix(
            np.full_like(here, (250, 244, 234)), (150, 128, 118), step(shine, 0.001, 0.0092)
        )
        colour[near] = mix(here, pearl, step(reach, 0.0066, 0.0056))
    return colour


def _stone(colour: Field) -> Field:
    """Set a red stone into the middle of the brow."""
    u, v = grid()
    reach = np.hypot((u - 0.5) / 0.026, (v - 0.318) / 0.036)
    angle = np.arctan2((v - 0.318) / 0.036, (u - 0.5) / 0.026)
    ring = np.clip(0.62 - 14.0 * (v - 0.318) + 0.15 * np.cos(12 * angle), 0, 1)
    colour = mix(colour, BLACK, 0.7 * step(reach, 1.75, 1.2))
    gold = mix(mix(plain(GOLD_DARK), GOLD, step(ring, 0.1, 0.6)), GOLD_LIGHT, step(ring, 0.6, 1.0))
    colour = mix(colour, gold, step(reach, 1.42, 1.36))
    facets = 0.5 + 0.5 * np.cos(8.0 * angle + 0.6) * step(reach, 0.25, 0.75)
    deep = np.clip(0.25 + 0.4 * facets - 9.0 * (v - 0.318), 0.0, 1.0)
    stone = mix(
        mix(plain((60, 0, 10)), (206, 20, 40), deep), (255, 170, 170), step(deep, 0.75, 1.1)
    )
    colour = mix(colour, stone, step(reach, 1.05, 0.99))
    glint = np.exp(-(((u - 0.491) / 0.006) ** 2 + ((v - 0.303) / 0.008) ** 2))
    return mix(colour, (255, 255, 255), 0.9 * glint)


def _feathers(random: np.random.Generator) -> tuple[Field, Field]:
    """Return feathers that fan out behind the upper edge, and where they are."""
    colour, alpha = plain(WINE_SHADE), np.zeros((SIDE, SIDE), np.float32)
    fans = [(x, 1.0 - 0.55 * abs(x - 0.24) / 0.24) for x in np.linspace(0.060, 0.455, 15)]
    order = sorted(range(len(fans)), key=lambda i: (i % 2, -i))
    for i in order:
        x, tall = fans[i]
        root = np.array([0.30 + 0.62 * (x - 0.30), 0.285])
        tip = np.array([x - 0.16 * (0.36 - x), 0.225 - 0.165 * tall])
        bow = 0.5 * (root + tip) + [0.030 * (x - 0.30) / 0.3, -0.01]
        for mirror in (False, True):
            line = curve([tuple(root), tuple(bow), tuple(tip)], count=70)
            line = mirrored(line) if mirror else line
            colour, alpha = _feather(colour, alpha, line, FEATHERS[i % len(FEATHERS)], random)
    return colour, alpha


def _feather(
    colour: Field, alpha: Field, line: Field, tone: Colour, random: np.random.Generator
) -> tuple[Field, Field]:
    """Lay on one feather along `line`: barbs from its shaft, darker at the root.

    It is vaulted, its shaft stands out, and it throws a shadow on those below.
    """
    tangent = np.gradient(line, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.column_stack([-tangent[:, 1], tangent[:, 0]])
    along = np.linspace(0.0, 1.0, len(line))
    reach = 0.034 * np.sin(np.pi * along**0.7 * 0.93 + 0.12)
    barbs, tones = [], []
    for _ in range(9):
        at = random.integers(6, len(line) - 1, 40)
        for i in at:
            for way in (-1.0, 1.0):
                long = reach[i] * random.uniform(0.7, 1.08)
                end = line[i] + way * long * side[i] + 0.9 * long * tangent[i]
                mid = line[i] + way * 0.55 * long * side[i] + 0.32 * long * tangent[i]
                barbs.append(curve([tuple(line[i]), tuple(mid), tuple(end)], count=8))
                tones.append(0.62 + 0.5 * along[i] + 0.16 * random.standard_normal())
    shades = np.clip(np.array(tones), 0.3, 1.5)
    whole = lines(barbs, 0.0016)
    colour = mix(colour, BLACK, 0.75 * np.roll(blur(whole, 0.0040), 10, axis=0))
    for low, high in ((0.0, 0.75), (0.75, 0.95), (0.95, 1.15), (1.15, 2.0)):
        chosen = [barb for barb, shade in zip(barbs, shades, strict=True) if low <= shade < high]
        mask = lines(chosen, 0.0016)
        colour = mix(colour, tuple(np.array(tone) * 0.5 * (low + min(high, 1.5)) + 14), mask)
        alpha = np.maximum(alpha, mask)
    colour = colour + (_vaulted(colour, whole) - colour) * whole[..., None]
    shaft = shape(ribbon(line, 0.0050, "tail"))
    colour = mix(colour, BLACK, 0.55 * np.roll(blur(shaft, 0.0016), 4, axis=(0, 1)) * whole)
    colour = mix(colour, GOLD_LIGHT, 0.75 * shaft)
    return colour, np.maximum(alpha, shaft)


def _vaulted(colour: Field, feather: Field) -> Field:
    """Return it as light from above and from the left shows a vaulted `feather`."""
    height = blur(np.sqrt(np.clip(depth(blur(feather, 0.0015)) / 0.022, 0.0, 1.0)), 0.0030)
    down, across = np.gradient(height, axis=0), np.gradient(height, axis=1)
    light = np.clip(SIDE * 0.016 * (0.8 * down + 0.6 * across), -1.0, 1.0)
    shaded = colour * (1.0 + 0.75 * light)[..., None]
    return mix(shaded, GOLD_LIGHT, 0.30 * np.clip(light - 0.25, 0.0, 1.0))
