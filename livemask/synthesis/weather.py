"""The light of a picture: soft from all around, coloured, and mostly one lamp."""

import numpy as np

from livemask.records import Float64
from livemask.synthesis.lighting import DIRECTIONS, Lights

Random = np.random.Generator

WARM, COLD = np.array([1.0, 0.72, 0.45]), np.array([0.80, 0.92, 1.1])


def light(random: Random, skin: Float64) -> Lights:
    """Return the light of a picture, as bright as a camera sets it for a face with that `skin`."""
    share = DIRECTIONS[:, 1:2] * random.uniform(-0.2, 1.0) + 1.0
    around = share * random.uniform(0.15, 0.7) * _tint(random)
    for _ in range(int(random.integers(1, 5))):
        around = around + _lobe(random)
    around *= 4.0 * np.pi / len(DIRECTIONS)
    strength = random.choice([0.0, 0.4, 1.0, 2.2], p=[0.2, 0.3, 0.35, 0.15])
    # Without a lamp, highlights are where most of the light comes from.
    lamp = _towards(random, front=0.75) if strength else around.mean(1) @ DIRECTIONS
    lamp = lamp / np.linalg.norm(lamp)
    soft = _received(around, np.array([0.0, 0.1, 0.95]))
    colour = strength * soft.mean() * random.uniform(0.6, 1.4) * _tint(random)
    face = np.array([0.15 * np.sign(lamp[0]), 0.1, 0.95])
    total = soft + colour * max(float(lamp @ face), 0.1)
    wanted = random.uniform(0.62, 1.05) * np.exp(random.normal(0.0, 0.18))
    wanted *= (0.30 / skin.mean()) ** 0.38
    # A camera takes most of the light's colour for white.
    balance = (total.mean() / total) ** random.uniform(0.4, 0.9)
    scale = balance * wanted / (balance * total).mean()
    return Lights(around * scale, lamp, colour * scale)


def _received(around: Float64, normal: Float64) -> Float64:
    return np.asarray(np.maximum(DIRECTIONS @ normal, 0.0) @ around / np.pi)


def _tint(random: Random) -> Float64:
    """Return white light, warm or cold, sometimes coloured."""
    share = random.normal(0.0, 0.35)
    tint = WARM ** max(share, 0.0) * COLD ** max(-share, 0.0)
    if random.random() < 0.08:
        tint = tint * np.exp(random.normal(0.0, 0.4, 3))
    return np.asarray(tint / tint.mean())


def _towards(random: Random, front: float) -> Float64:
    """Return a direction, camera frame: from before and above with a chance of `front`."""
    way = random.normal(size=3)
    if random.random() < front:
        way = np.array([1.1 * way[0], abs(0.7 * way[1]) + 0.15, abs(way[2]) + 0.35])
    return np.asarray(way / np.linalg.norm(way))


def _lobe(random: Random) -> Float64:
    """Return a window, a wall, a screen: light (d, 3) from a part of the sphere."""
    cosine = DIRECTIONS @ _towards(random, front=0.6)
    width = random.uniform(0.3, 0.9)
    spot = np.exp(-((np.arccos(np.clip(cosine, -1.0, 1.0)) / width) ** 2))
    return np.asarray(spot[:, None] * _tint(random) * np.exp(random.uniform(-0.5, 2.0)))
