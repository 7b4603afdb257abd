"""Moods: the 52 expressions of a person as weights of a character's morph targets.

A character that has ARKit's names ("Perfect Sync") takes them as they are. One that has only
the expressions of VRM gets those that a person who looks like that would have.
"""

from dataclasses import dataclass

import numpy as np

from livemask.arkit import NAMES
from livemask.gltf.character import Character, plain
from livemask.gltf.vrm import Bind
from livemask.morphable_model import MorphableModel
from livemask.records import Float32, Float64

VISEMES = ("aa", "ih", "ou", "ee", "oh")
BLINKS = ("blink", "blinkleft", "blinkright")
LOOKS = ("lookup", "lookdown", "lookleft", "lookright")
FEELINGS = ("happy", "sad", "angry", "surprised")

OPEN = 1.4
"""A jaw that hangs to its limit is rarely seen: wider than this share of it counts as whole."""

SMILE = (0.35, 0.65)
"""A smile begins to count as `happy` here, and after so much more is whole: it closes the eyes
of many characters."""


@dataclass(frozen=True, slots=True, eq=False)
class Moods:
    """Which weights a character's expressions give.

    Attributes
    ----------
    synced : bool
        Whether the channels are ARKit's names, in small letters, else VRM's.
    channels : tuple of c str
    slots : dict of (int, int) to int
        Mesh and morph target -> its place among the k weights.
    binds : (c, k) float32
    """

    synced: bool
    channels: tuple[str, ...]
    slots: dict[tuple[int, int], int]
    binds: Float32

    def weights(self, values: dict[str, float]) -> Float32:
        """Return (k,) weights, 0 to 1; `values` are a person's expressions, see `values_of`."""
        drawn = values if self.synced else vrm_values(values)
        channels = np.array([drawn.get(name, 0.0) for name in self.channels], np.float32)
        return np.clip(channels @ self.binds, 0.0, 1.0)


def moods(character: Character) -> Moods:
    """Return how the expressions of a character are driven."""
    said = {plain(name): binds for name, binds in character.vrm.expressions.items()}
    arkit = [plain(name) for name in NAMES]
    known = {name: said.get(name) or character.targets.get(name) for name in arkit}
    synced = bool(known["jawopen"] and known["eyeblinkleft"])
    of_vrm = {name: said.get(name) for name in (*VISEMES, *BLINKS, *LOOKS, *FEELINGS)}
    if not synced and any(of_vrm.values()):
        known = of_vrm
        if known["blinkleft"] and known["blinkright"]:
            known["blink"] = None  # both eyes would close twice
    else:
        synced = True
    return _bound(synced, {name: binds for name, binds in known.items() if binds})


def _bound(synced: bool, known: dict[str, tuple[Bind, ...]]) -> Moods:
    keys = dict.fromkeys((mesh, index) for binds in known.values() for mesh, index, _ in binds)
    slots = {key: slot for slot, key in enumerate(keys)}
    matrix = np.zeros((len(known), len(slots)), np.float32)
    for row, binds in enumerate(known.values()):
        for mesh, index, weight in binds:
            matrix[row, slots[mesh, index]] = weight
    return Moods(synced, tuple(known), slots, matrix)


def rows_of(model: MorphableModel) -> dict[str, int]:
    """Return where a model's expressions have ARKit's, by their names in small letters."""
    known = {plain(name) for name in NAMES}
    rows = {plain(name): row for row, name in enumerate(model.expression_names)}
    return {name: row for name, row in rows.items() if name in known}


def values_of(rows: dict[str, int], expression: Float64) -> dict[str, float]:
    """Return the values of `rows` among the coefficients of a fit, 0 to 1."""
    return {name: min(max(float(expression[row]), 0.0), 1.0) for name, row in rows.items()}


def vrm_values(v: dict[str, float]) -> dict[str, float]:
    """Return the values of VRM's expressions of somebody whose ARKit expressions are `v`.

    Of the vowels, rounded lips make ou and oh, wide ones ee and ih, the rest is aa; together
    they are no more than 1. A smile that narrows the eyes leaves less to the blinks.
    """
    opened = min(OPEN * max(_of(v, "jawopen") - _of(v, "mouthclose"), 0.0), 1.0)
    rounded = max(_of(v, "mouthpucker"), _of(v, "mouthfunnel"))
    wide = max(_both(v, "mouthstretch"), 0.6 * _both(v, "mouthsmile")) * (1.0 - rounded)
    vowels = {
        "aa": opened * (1.0 - rounded) * (1.0 - 0.6 * wide),
        "oh": opened * rounded,
        "ou": (1.0 - opened) * rounded,
        "ee": opened * wide * 0.6,
        "ih": (1.0 - opened) * _both(v, "mouthstretch") * (1.0 - rounded),
    }
    most = max(sum(vowels.values()), 1.0)
    happy = 0.6 * min(max(_both(v, "mouthsmile") - SMILE[0], 0.0) / SMILE[1], 1.0)
    left, right, awake = _of(v, "eyeblinkleft"), _of(v, "eyeblinkright"), 1.0 - 0.5 * happy
    return {
        **{name: value / most for name, value in vowels.items()},
        "blinkleft": left * awake,
        "blinkright": right * awake,
        "blink": min(left, right) * awake,
        "lookup": _both(v, "eyelookup"),
        "lookdown": _both(v, "eyelookdown"),
        "lookleft": 0.5 * (_of(v, "eyelookoutleft") + _of(v, "eyelookinright")),
        "lookright": 0.5 * (_of(v, "eyelookoutright") + _of(v, "eyelookinleft")),
        "happy": happy,
        "sad": 0.7 * _both(v, "mouthfrown"),
        "angry": 0.7 * max(_both(v, "browdown") - 0.2, 0.0) / 0.8,
        "surprised": 0.7 * min(_of(v, "browinnerup"), _both(v, "eyewide")),
    }


def _of(values: dict[str, float], name: str) -> float:
    return values.get(name, 0.0)


def _both(values: dict[str, float], name: str) -> float:
    return 0.5 * (_of(values, f"{name}left") + _of(values, f"{name}right"))


def lacks(character: Character, drawn: Moods) -> list[str]:
    """Return what a character cannot do, and what becomes of it, in words."""
    bones, has = character.vrm.bones, set(drawn.channels)
    wanted = (
        ("head", "head bone", "it moves as a whole", "head" in bones),
        (
            "jaw",
            "jawOpen or A",
            "the mouth stays closed",
            bool(has & {"jawopen", "aa"}) or "jaw" in bones,
        ),
        ("blink", "eyeBlink or blink", "the eyes stay open", bool(has & {"eyeblinkleft", *BLINKS})),
        (
            "gaze",
            "eye bones or eyeLook",
            "the eyes look ahead",
            bool(has & {"eyelookoutleft", "lookleft"}) or "leftEye" in bones,
        ),
        (
            "smile",
            "mouthSmile or joy",
            "it does not smile",
            bool(has & {"mouthsmileleft", "happy"}),
        ),
        ("brows", "browInnerUp", "the brows stay", bool(has & {"browinnerup", "surprised"})),
    )
    return [f"no {what} ({then})" for _, what, then, there in wanted if not there]
