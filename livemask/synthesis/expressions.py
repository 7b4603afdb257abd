"""Expressions that people make: what the performer does, mixed, with gaze and blinks."""

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.performer.actions import ACTIONS, HEAD, SYLLABLES
from livemask.records import Float64

Random = np.random.Generator

MOODS = tuple(
    {name: amount for name, amount in action.channels.items() if name not in HEAD}
    for action in (*ACTIONS.values(), *SYLLABLES.values())
)
MORE = (
    {"cheekPuff": 0.9, "mouthPress": 0.3}, {"mouthPucker": 0.9, "mouthFunnel": 0.3},
    {"jawOpen": 0.8, "mouthStretch": 0.5, "eyeSquint": 0.5}, {"jawOpen": 0.5, "tongueOut": 0.9},
    {"mouthLeft": 0.7, "mouthSmileLeft": 0.3}, {"mouthRight": 0.7, "mouthSmileRight": 0.3},
    {"noseSneer": 0.8, "mouthUpperUp": 0.5, "browDown": 0.5}, {"mouthRollLower": 0.7,
    "mouthRollUpper": 0.6}, {"mouthShrugUpper": 0.4, "mouthShrugLower": 0.7}, {"jawForward": 0.7},
    {"jawLeft": 0.6}, {"jawRight": 0.6}, {"browInnerUp": 0.8, "mouthFrown": 0.6},
    {"browDown": 0.9, "jawOpen": 0.55, "mouthUpperUp": 0.4, "mouthLowerDown": 0.4},
    {"mouthSmile": 1.0, "jawOpen": 0.3, "cheekSquint": 0.8, "eyeSquint": 0.6},
    {"mouthDimple": 0.8, "mouthPress": 0.5}, {"jawOpen": 1.0, "eyeWide": 0.6, "browInnerUp": 0.7},
)  # fmt: skip
CHOICES = (*(mood for mood in MOODS if mood), *MORE)


def expression(random: Random, model: MorphableModel) -> Float64:
    """Return the coefficients (m,) of a plausible expression.

    A model without ARKit's names gets some of its own expressions, within one and a half
    standard deviations.
    """
    if "jawOpen" not in model.expression_names:
        return _unnamed(random, model)
    channels = _mixed(random)
    _look(random, channels)
    values = np.zeros(len(model.expression_names))
    for i, name in enumerate(model.expression_names):
        both = name.removesuffix("Left").removesuffix("Right")
        values[i] = channels.get(name, 0.0)
        if both != name and both in channels:
            values[i] += channels[both] * random.uniform(0.75, 1.1)
    return _possible(np.clip(values, 0.0, 1.0), model.expression_names)


def _mixed(random: Random) -> dict[str, float]:
    """Return channels of a few expressions at once; often of nearly none."""
    channels: dict[str, float] = {}
    count = int(random.choice(4, p=(0.15, 0.45, 0.3, 0.1)))
    for which in random.choice(len(CHOICES), count, replace=False):
        strength = random.uniform(0.25, 1.0) if count < 2 else random.uniform(0.2, 0.75)
        for name, amount in CHOICES[which].items():
            channels[name] = channels.get(name, 0.0) + strength * amount
    return channels


def _look(random: Random, channels: dict[str, float]) -> None:
    """Add where the eyes look, and how far they are closed."""
    left, down = random.normal(0.0, 0.45, 2)
    channels |= {
        "eyeLookOutLeft": max(left, 0.0), "eyeLookInRight": max(left, 0.0),
        "eyeLookInLeft": max(-left, 0.0), "eyeLookOutRight": max(-left, 0.0),
        "eyeLookDown": max(0.7 * down, 0.0), "eyeLookUp": max(-0.7 * down, 0.0),
    }  # fmt: skip
    kind = random.random()
    shut = 1.0 if kind < 0.06 else random.uniform(0.0, 1.0) if kind < 0.14 else 0.0
    channels["eyeBlink"] = channels.get("eyeBlink", 0.0) + shut


def _possible(values: Float64, names: tuple[str, ...]) -> Float64:
    """Return what a face can do at once: closed lids neither squint nor stare nor look up."""
    at = {name: i for i, name in enumerate(names)}
    for side in ("Left", "Right"):
        shut = values[at[f"eyeBlink{side}"]]
        for other in ("eyeSquint", "eyeWide", "eyeLookUp", "eyeLookDown"):
            values[at[other + side]] *= 1.0 - shut
    opened = values[at["jawOpen"]]
    for closed in ("mouthPressLeft", "mouthPressRight", "mouthRollLower", "mouthRollUpper"):
        values[at[closed]] *= max(1.0 - 2.0 * opened, 0.0)
    values[at["mouthPucker"]] *= 1.0 - 0.7 * max(values[at["mouthSmileLeft"]], opened)
    values[at["tongueOut"]] *= min(2.5 * opened, 1.0)
    return values


def _unnamed(random: Random, model: MorphableModel) -> Float64:
    count = len(model.expression_names)
    values = random.normal(0.0, 1.0, count) * (random.random(count) < 0.4)
    values = np.clip(values, -1.5, 1.5) * model.expression_sigmas
    return np.clip(values, model.expression_bounds[:, 0], model.expression_bounds[:, 1])
