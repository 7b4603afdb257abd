"""What happens when: cues, cycle by cycle, by the seed."""

from dataclasses import dataclass

import numpy as np

from livemask.performer.actions import ACTIONS, BLINK, SYLLABLES, Action

CYCLE = 27.0
"""s; after it everything has happened once."""

RATE = 4.3
"""Syllables a second."""

BLINKS = 3.3
"""s between two blinks, on average."""

SCENES: dict[str, tuple[float, tuple[tuple[str, float], ...]]] = {
    # s until the next scene, and what happens how long after its start.
    "talk": (2.5, ()),
    "smile": (1.75, (("smile", 0.0),)),
    "wink left": (0.85, (("wink left", 0.1),)),
    "turn": (2.15, (("turn left", 0.0), ("turn right", 1.0))),
    "frown": (1.2, (("frown", 0.0),)),
    "lean near": (1.65, (("lean near", 0.0),)),
    "chat": (2.2, (("brows up", 0.3), ("tilt left", 0.9))),
    "surprise": (1.3, (("surprise", 0.0),)),
    "nod": (1.2, (("nod", 0.0), ("nod", 0.5))),
    "wink right": (0.85, (("wink right", 0.1),)),
    "lean far": (2.4, (("lean far", 0.0),)),
    "grin": (1.5, (("grin", 0.0), ("tilt right", 0.3))),
    "leave": (3.5, ()),
    "turn far": (2.9, (("turn far right", 0.0), ("turn far left", 1.35))),
    "sulk": (1.2, (("sulk", 0.0), ("look up", 0.0))),
}
"""In the order of the first cycle: in ten seconds the most important, in 24 s all."""

SPOKEN = {"talk": 2.3, "chat": 2.0, "lean far": 2.2, "turn far": 2.4}
"""s of speech from the start of these scenes."""


@dataclass(frozen=True, slots=True)
class Cue:
    """An action at a time.

    Attributes
    ----------
    start : float
        s.
    action : Action
    strength : float
        Factor of its channels, about 1.
    """

    start: float
    action: Action
    strength: float

    @property
    def end(self) -> float:
        """When all of it is over, s."""
        return self.start + self.action.length


def cues(seed: int, cycle: int) -> tuple[Cue, ...]:
    """Return what begins in a cycle, in the order of their starts."""
    random = np.random.default_rng([seed, cycle, 41])
    names = list(SCENES)
    if cycle:
        random.shuffle(names)
    lengths = np.array([SCENES[name][0] for name in names]) * random.uniform(0.95, 1.08, len(names))
    if cycle:  # the first needs no end: another order would only fall into what comes next
        lengths *= min(1.0, (CYCLE - 0.6) / lengths.sum())
    starts = np.cumsum(np.r_[0.6, lengths])[:-1]
    found = _blinks(random)
    for name, start in zip(names, np.minimum(starts, CYCLE - 1.0).tolist(), strict=True):
        found += [_cue(ACTIONS[action], start + at, random) for action, at in SCENES[name][1]]
        found += speech(start, SPOKEN.get(name, 0.0), random)
        if name == "leave":
            side = random.choice(["leave left", "leave right"])
            found.append(Cue(start, ACTIONS[side], 1.0))
    begin = CYCLE * cycle
    moved = [Cue(begin + cue.start, cue.action, cue.strength) for cue in found]
    return tuple(sorted(moved, key=lambda cue: cue.start))


def _cue(action: Action, start: float, random: np.random.Generator) -> Cue:
    return Cue(start, action, float(random.uniform(0.88, 1.0)))


def speech(start: float, length: float, random: np.random.Generator) -> list[Cue]:
    """Return syllables of uneven length and strength, never one twice in a row."""
    names = list(SYLLABLES)
    spoken, last, time = [], "", start
    while time < start + length:
        last = str(random.choice([name for name in names if name != last]))
        spoken.append(Cue(time, SYLLABLES[last], float(random.uniform(0.7, 1.0))))
        time += float(random.uniform(0.8, 1.25)) / RATE
    return spoken


def _blinks(random: np.random.Generator) -> list[Cue]:
    count = int(CYCLE / BLINKS)
    places = (np.arange(count) + random.uniform(0.3, 0.75, count)) * BLINKS
    return [Cue(place, BLINK, 1.0) for place in places.tolist()]
