"""The script: where the head is and what the face does at a time, by the seed."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from livemask.geometry import rigid, rotation_matrix
from livemask.performer.actions import HEAD
from livemask.performer.gaze import look
from livemask.performer.motion import ramp, wander
from livemask.performer.timeline import CYCLE, Cue, cues
from livemask.records import Camera, Float64

DISTANCE = 560.0
"""mm between camera and the origin of the head, the ears."""

BEYOND = 330.0
"""mm beside the picture when the performer has left."""


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What the performer does at a time.

    Attributes
    ----------
    head : dict of str to float
        The channels of `actions.HEAD`.
    expression : (m,) float64
        0 to 1.
    """

    head: dict[str, float]
    expression: Float64

    def pose(self, camera: Camera) -> Float64:
        """Return camera_from_head (4, 4)."""
        yaw, pitch, roll = (math.radians(self.head[name]) for name in ("yaw", "pitch", "roll"))
        turn = _about(2, roll) @ _about(1, yaw) @ _about(0, pitch)
        distance = DISTANCE * self.head["distance"]
        beside = 0.5 * camera.size[0] / camera.focal * distance + BEYOND
        x = self.head["x"] + self.head["aside"] * beside
        return rigid(turn, np.array([x, self.head["y"], -distance]))


class Script:
    """What a performer of a seed does. A pure function of time.

    Parameters
    ----------
    names : tuple of str
        Of the model's expressions.
    seed : int
    """

    def __init__(self, names: tuple[str, ...], seed: int) -> None:
        self._names, self._seed = names, seed
        self._cues = lru_cache(maxsize=4)(lambda cycle: cues(seed, cycle))

    def at(self, time: float) -> State:
        """Return what happens at `time`, s."""
        return state(self._names, idle(time, self._seed), self._playing(time), time, self._seed)

    def _playing(self, time: float) -> list[Cue]:
        cycle = int(time // CYCLE)
        near = [c for k in (cycle - 1, cycle) if k >= 0 for c in self._cues(k)]
        return [cue for cue in near if cue.start < time < cue.end]


def state(
    names: tuple[str, ...],
    channels: dict[str, float],
    playing: Iterable[Cue],
    time: float,
    seed: int,
) -> State:
    """Return what the performer does when cues are added to `channels`, which hold all of `HEAD`.

    Parameters
    ----------
    names : tuple of str
        Of the model's expressions.
    channels : dict of str to float
        Of head and face, as in `actions`.
    playing : iterable of Cue
        Also such as are not on yet or are over.
    time : float
        s.
    seed : int
        Of the glances.
    """
    total = dict(channels)
    for cue in playing:
        _add(total, _amounts(cue, time))
    head = {name: total.pop(name) for name in HEAD}
    _add(total, look(time, seed, head["yaw"], head["pitch"]))
    return State(head, _coefficients(names, total))


def _add(total: dict[str, float], channels: dict[str, float]) -> None:
    for channel, amount in channels.items():
        total[channel] = total.get(channel, 0.0) + amount


def _coefficients(names: tuple[str, ...], channels: dict[str, float]) -> Float64:
    """Return coefficients; a channel without side moves both sides."""
    values = np.zeros(len(names))
    for i, name in enumerate(names):
        both = name.removesuffix("Left").removesuffix("Right")
        values[i] = channels.get(name, 0.0) + (channels.get(both, 0.0) if both != name else 0.0)
    values = np.clip(values, 0.0, 1.0)
    for side in ("Left", "Right"):  # closed lids neither squint nor stare
        shut = values[names.index(f"eyeBlink{side}")]
        for other in (f"eyeSquint{side}", f"eyeWide{side}"):
            values[names.index(other)] *= 1.0 - shut
    return values


def _amounts(cue: Cue, time: float) -> dict[str, float]:
    """Return by how much a cue moves its channels at a time."""
    action, since = cue.action, time - cue.start
    rise = ramp(since / action.rise)
    fall = ramp((since - action.rise - action.hold) / action.fall)
    share = cue.strength * float(rise - fall)
    return {channel: share * amount for channel, amount in action.channels.items()}


def idle(time: float, seed: int) -> dict[str, float]:
    """Return what the head does while nothing happens: it sways and breathes."""
    breath = math.sin(2.0 * math.pi * time / 3.7 + seed)
    start = float(ramp(time / 0.8))  # the first frame looks straight into the camera
    return {
        "yaw": start * 3.0 * wander(time, seed, 6.1),
        "pitch": start * (2.0 * wander(time, seed + 1, 5.3) + 0.25 * breath),
        "roll": start * 2.2 * wander(time, seed + 2, 7.9),
        "x": 10.0 * wander(time, seed + 3, 8.3),
        "y": 12.0 + 4.0 * wander(time, seed + 4, 6.7) + 1.2 * breath,
        "distance": 1.0 + 0.02 * wander(time, seed + 5, 9.7),
        "aside": 0.0,
        "mouthPress": 0.05 + 0.05 * wander(time, seed + 6, 4.3),
        "browInnerUp": 0.05 + 0.05 * wander(time, seed + 7, 3.9),
    }


def _about(axis: int, angle: float) -> Float64:
    return rotation_matrix(angle * np.eye(3)[axis])
