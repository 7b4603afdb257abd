"""A robot: brushed plates with bevelled seams and rivets, a grille, and light in the gaps."""

import cv2
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
    shape,
    step,
)

STEEL, DARK, SHINE = (128, 140, 154), (66, 74, 88), (196, 206, 216)
BLACK: Colour = (14, 16, 22)
RED, GLOW, CORE = (168, 44, 34), (20, 170, 255), (214, 248, 255)
RUST = (120, 78, 50)

# Of the right half, or across the middle: outlines of plates that lie on the base.
BROW = (
    (0.5, 0.330), (0.452, 0.338), (0.400, 0.304), (0.300, 0.306), (0.215, 0.330),
    (0.190, 0.250), (0.215, 0.130), (0.300, 0.045), (0.5, 0.020),
)  # fmt: skip
CREST = ((0.5, 0.375), (0.468, 0.330), (0.455, 0.200), (0.470, 0.010), (0.5, 0.005))
CHEEK = (
    (0.250, 0.500), (0.330, 0.515), (0.412, 0.498), (0.425, 0.560), (0.385, 0.625),
    (0.352, 0.720), (0.270, 0.770), (0.150, 0.720), (0.120, 0.560), (0.165, 0.490),
)  # fmt: skip
SIDE_PLATE = ((0.020, 0.300), (0.140, 0.275), (0.170, 0.400), (0.115, 0.500), (0.020, 0.520))
NOSE = ((0.5, 0.400), (0.474, 0.420), (0.458, 0.500), (0.430, 0.585), (0.452, 0.622), (0.5, 0.632))
GRILLE = (
    (0.5, 0.648),
    (0.425, 0.655),
    (0.372, 0.690),
    (0.385, 0.750),
    (0.440, 0.780),
    (0.5, 0.785),
)
CHIN = (
    (0.5, 0.800), (0.430, 0.795), (0.362, 0.760), (0.300, 0.800), (0.330, 0.900), (0.420, 0.940),
    (0.5, 0.945),
)  # fmt: skip
EYE = (
    (0.262, 0.402), (0.300, 0.362), (0.372, 0.352), (0.424, 0.378), (0.438, 0.412),
    (0.412, 0.446), (0.350, 0.458), (0.290, 0.446),
)  # fmt: skip
SLATS = np.linspace(0.395, 0.605, 11)


def paint() -> NDArray[np.uint8]:
    """Return the painting, (h, w, 3) uint8 sRGB."""
    random = np.random.default_rng(5)
    colour = _metal(DARK, random)
    colour = _seams(colour)
    plates = (
        (BROW, STEEL, True), (SIDE_PLATE, STEEL, False), (CHEEK, STEEL, False), (CHIN, STEEL, True),
        (NOSE, SHINE, True), (CREST, RED, True),
    )  # fmt: skip
    for points, tone, across in plates:
        colour = _plate(colour, _both(points, across), _metal(tone, random))
    colour = _lamp(colour)
    colour = _grille(colour)
    return finished(_glow(_eyes(_rivets(colour))))


def _both(points: tuple[tuple[float, float], ...], across: bool) -> list[Field]:
    """Return straight outlines on both sides, or one across the middle."""
    right = np.asarray(points, np.float32)
    if across:
        return [np.concatenate([right, mirrored(right)[-2:0:-1]])]
    return [right, mirrored(right)]


def _metal(tone: Colour, random: np.random.Generator) -> Field:
    """Return brushed metal: fine scratches from side to side, light from above, some dirt."""
    v = grid()[1]
    brushed = _scratches(random.standard_normal((SIDE, SIDE)).astype(np.float32))
    patchy = noise(random, 6, 4)
    light = 1.0 + 0.050 * brushed + 0.045 * patchy - 0.28 * (v - 0.45)
    colour = plain(tone) * light[..., None]
    return mix(colour, RUST, 0.22 * step(patchy + 0.5 * noise(random, 60, 3), 1.1, 2.4))


def _scratches(field: Field) -> Field:
    """Return scratches out of white noise."""
    drawn = cv2.blur(field, (91, 1)) * 9.5
    return np.asarray(cv2.GaussianBlur(drawn, (0, 0), 0.8), np.float32)


def _plate(colour: Field, outlines: list[Field], metal: Field) -> Field:
    """Lay on a plate: a shadow around it, a bevel whose upper edge is bright, a groove."""
    mask = shape(*outlines)
    within = depth(blur(mask, 0.003))
    mask = step(within, -0.0006, 0.0006)
    shadow = np.roll(blur(mask, 0.006), 14, axis=0)
    colour = mix(colour, BLACK, 0.85 * shadow)
    colour = mix(colour, BLACK, step(within, -0.005, -0.003))
    slope = np.gradient(blur(within, 0.0015), axis=0) * SIDE  # 1: the way in leads down
    edge = np.exp(-((within / 0.0050) ** 2)) * mask
    metal = metal * (1.0 + 0.85 * edge * slope + 0.05 * edge)[..., None]
    metal = metal * (1.0 - 0.28 * step(within, 0.030, 0.0))[..., None]
    groove = np.exp(-(((within - 0.0125) / 0.0011) ** 2))
    lip = np.exp(-(((within - 0.0142) / 0.0011) ** 2))
    metal = mix(mix(metal, BLACK, 0.55 * groove), SHINE, 0.30 * lip * mask)
    return mix(colour, metal, mask)


def _seams(colour: Field) -> Field:
    """Draw the small panels of the base."""
    paths = [
        [(0.0, 0.60), (0.11, 0.62), (0.16, 0.78), (0.29, 0.83), (0.31, 1.0)],
        [(0.18, 0.0), (0.16, 0.20), (0.10, 0.25), (0.0, 0.27)],
        [(0.36, 0.73), (0.30, 0.79)],
        [(0.05, 0.70), (0.13, 0.72)],
        [(0.20, 0.85), (0.12, 0.93), (0.0, 0.95)],
    ]
    sides = [np.asarray(path, np.float32) for path in paths]
    mask = lines([*sides, *(mirrored(side) for side in sides)], 0.004)
    colour = mix(colour, SHINE, 0.5 * np.roll(mask, 6, axis=0))
    return mix(colour, BLACK, 0.9 * blur(mask, 0.0008))


def _rivets(colour: Field) -> Field:
    """Set rivets along the plates."""
    u, v = grid()
    places = [
        (0.240, 0.300), (0.212, 0.235), (0.240, 0.140), (0.315, 0.072), (0.425, 0.300),
        (0.420, 0.055),
        (0.190, 0.515), (0.145, 0.590), (0.168, 0.700), (0.265, 0.742), (0.335, 0.690),
        (0.395, 0.545),
        (0.045, 0.325), (0.120, 0.300), (0.045, 0.495), (0.330, 0.805), (0.352, 0.880),
        (0.430, 0.915),
        (0.448, 0.590),
    ]  # fmt: skip
    for x, y in [*places, *((1.0 - x, y) for x, y in places)]:
        near = (slice(int((y - 0.02) * SIDE), int((y + 0.02) * SIDE)),
                slice(int((x - 0.02) * SIDE), int((x + 0.02) * SIDE)))  # fmt: skip
        across, down = u[near] - x, v[near] - y
        reach = np.hypot(across, down)
        here = mix(colour[near], BLACK, 0.8 * step(np.hypot(across, down - 0.0012), 0.0105, 0.0075))
        dome = np.clip(0.80 - 75.0 * (down + 0.4 * across), 0.25, 1.5)
        here = mix(here, (dome[..., None] * np.float32(STEEL)), step(reach, 0.0078, 0.0066))
        colour[near] = here
    return colour


def _grille(colour: Field) -> Field:
    """Cut the mouth: slats over a dark, warm slit."""
    mask = shape(*_both(GRILLE, True))
    within = depth(blur(mask, 0.003))
    v = grid()[1]
    colour = mix(colour, BLACK, step(within, -0.012, -0.008))
    rim = np.exp(-(((within + 0.004) / 0.004) ** 2))
    colour = mix(colour, SHINE, 0.75 * rim * step(v, 0.79, 0.64) + 0.25 * rim)
    colour = mix(colour, BLACK, step(within, 0.0, 0.003))
    inner = 0.55 * np.exp(-(((v - 0.702) / 0.018) ** 2)) * step(within, 0.004, 0.020)
    colour = mix(colour, GLOW, inner)
    for x in SLATS:
        bar = lines([np.array([(x, 0.630), (x, 0.800)], np.float32)], 0.0088)
        here = np.roll(bar, -4, axis=1)
        tone = np.float32(STEEL) * (1.15 - 1.6 * np.abs(v - 0.70) / 0.09)[..., None].clip(0.35)
        colour = mix(colour, tone * 0.62, bar * step(within, 0.002, 0.004))
        edge = blur(np.clip(here - bar, 0, 1), 0.0006)
        colour = mix(colour, SHINE, 0.7 * edge * step(within, 0.004, 0.008))
    return colour


def _lamp(colour: Field) -> Field:
    """Set a round lamp into the crest, with a ring."""
    u, v = grid()
    reach = np.hypot(u - 0.5, v - 0.225)
    colour = mix(colour, BLACK, step(reach, 0.036, 0.033))
    ring = np.clip(0.85 - 26.0 * (v - 0.225), 0.25, 1.35)[..., None] * np.float32(SHINE)
    colour = mix(colour, ring, step(reach, 0.032, 0.030))
    return mix(colour, BLACK, step(reach, 0.0235, 0.021))


def _eyes(colour: Field) -> Field:
    """Frame the eyes with a deep ring."""
    outline = curve(EYE, True)
    within = depth(shape(outline, mirrored(outline)))
    v = grid()[1]
    colour = mix(colour, BLACK, step(within, -0.019, -0.014))
    frame = np.clip(0.95 - 7.0 * (v - 0.40), 0.3, 1.4)[..., None] * np.float32(STEEL)
    colour = mix(colour, frame, step(within, -0.014, -0.012))
    return mix(colour, BLACK, step(within, -0.0015, 0.001))


def _glow(colour: Field) -> Field:
    """Light the gaps: around the eyes, down the cheeks, under the crest, the lamp."""
    outline = curve(EYE, True)
    u, v = grid()
    eyes = depth(shape(outline, mirrored(outline)))
    ring = np.exp(-(((eyes - 0.006) / 0.0032) ** 2))
    seam = [
        np.array([(0.300, 0.478), (0.205, 0.474), (0.140, 0.476), (0.098, 0.560), (0.130, 0.735),
                  (0.205, 0.785)], np.float32),
        np.array([(0.205, 0.352), (0.172, 0.340), (0.168, 0.255), (0.192, 0.130)], np.float32),
    ]  # fmt: skip
    thin = blur(lines([*seam, *(mirrored(s) for s in seam)], 0.0060), 0.0010)
    lamp = step(np.hypot(u - 0.5, v - 0.225), 0.020, 0.012)
    light = np.clip(ring + thin + lamp, 0.0, 1.0)
    halo = blur(light, 0.012) + 0.6 * blur(light, 0.030)
    colour = colour + np.clip(1.1 * halo, 0, 0.8)[..., None] * np.float32(GLOW) * 0.75
    colour = mix(colour, GLOW, 1.25 * light)
    return mix(colour, CORE, step(light, 0.45, 1.0))
