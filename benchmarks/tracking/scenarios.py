"""What the performers do before the measuring camera, one movement a scenario."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from benchmarks.tracking.lens import Lens
from livemask.morphable_model import MorphableModel
from livemask.performer.actions import ACTIONS, HEAD, Action
from livemask.performer.motion import ramp
from livemask.performer.script import DISTANCE, State, idle, state
from livemask.performer.timeline import Cue, speech

RATE = 30.0
PLAIN = Lens()
SMALL, LARGE = (640, 480), (1280, 720)
BEGIN = 1.0
"""s at the start of each scenario in which nothing happens, so that the face is met frontal."""

BLINK = Action(0.04, 0.02, 0.04, {"eyeBlink": 1.0})
"""A quick one: 100 ms from open to open."""

WINKS = tuple(Action(0.10, 0.15, 0.12, {f"eyeBlink{side}": 1.0}) for side in ("Left", "Right"))

EACH = 0.7
"""s for each expression that is played alone."""

UNSEEN = ("eyeLook", "tongue", "mouthClose")
"""Not played one by one: 68 points do not show them, or they need an open jaw."""

NATURAL = (
    "smile", "brows up", "frown", "surprise", "sulk", "grin", "wink left", "wink right",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scenario:
    """What happens, and how it is taken.

    Attributes
    ----------
    name : str
    seconds : float
    cues : function
        Of the seed: what the face does.
    move : function
        Of the time, s: channels of the head that are added.
    sways : bool
        Whether the head is never quite still, as living ones are.
    size : (int, int)
        Of the picture, px.
    lens : Lens
    script : bool
        Whether the performer plays its own script instead.
    """

    name: str
    seconds: float
    cues: Callable[[int], tuple[Cue, ...]] = lambda _seed: ()
    move: Callable[[float], dict[str, float]] = lambda _time: {}
    sways: bool = True
    size: tuple[int, int] = SMALL
    lens: Lens = PLAIN
    script: bool = False

    def state(self, person: MorphableModel, time: float, seed: int) -> State:
        """Return what the performer does at `time`, s."""
        channels = idle(time, seed) if self.sways else _rest()
        for channel, amount in self.move(time).items():
            channels[channel] = channels.get(channel, 0.0) + amount
        return state(person.expression_names, channels, self.cues(seed), time, seed)


def _rest() -> dict[str, float]:
    return {**dict.fromkeys(HEAD, 0.0), "distance": 1.0, "y": 12.0}


def talk(seconds: float) -> Callable[[int], tuple[Cue, ...]]:
    """Return cues of speech without end."""
    return lambda seed: tuple(speech(BEGIN, seconds - BEGIN, np.random.default_rng([seed, 3])))


def every_one(names: tuple[str, ...], *, both: bool) -> tuple[Cue, ...]:
    """Return cues that move each expression alone, one after the other, or `both` sides at once."""
    shown = [name for name in names if not name.startswith(UNSEEN)]
    if both:
        shown = list(dict.fromkeys(n.removesuffix("Left").removesuffix("Right") for n in shown))
        shown.remove("mouth")  # to the left and to the right at once is nothing
        shown.remove("jaw")
    actions = [Action(0.25, 0.15, 0.25, {name: 0.85}) for name in shown]
    return tuple(Cue(BEGIN + EACH * i, action, 1.0) for i, action in enumerate(actions))


def natural(seconds: float) -> Callable[[int], tuple[Cue, ...]]:
    """Return cues of whole actions, one after the other, and of speech."""

    def cues(seed: int) -> tuple[Cue, ...]:
        random = np.random.default_rng([seed, 4])
        found, time = list(talk(seconds)(seed)), BEGIN
        for name in cycle(NATURAL):
            action = ACTIONS[name]
            if time > seconds - 1.0:
                break
            found.append(Cue(time, action, float(random.uniform(0.85, 1.0))))
            time += action.length + 0.2
        return tuple(found)

    return cues


def blinks(seconds: float) -> Callable[[int], tuple[Cue, ...]]:
    """Return cues of quick blinks, every third time a wink, and of speech in the second half."""

    def cues(seed: int) -> tuple[Cue, ...]:
        random = np.random.default_rng([seed, 5])
        found, time, count = speech(0.5 * seconds, 0.5 * seconds, random), BEGIN, 0
        while time < seconds - 0.6:
            action = WINKS[count // 3 % 2] if count % 3 == 2 else BLINK
            found.append(Cue(time, action, 1.0))
            time += float(random.uniform(0.7, 1.1))
            count += 1
        return tuple(found)

    return cues


def swing(channel: str, most: float, period: float) -> Callable[[float], dict[str, float]]:
    """Return a head that swings between -most and most."""

    def move(time: float) -> dict[str, float]:
        return {channel: most * math.sin(2.0 * math.pi * max(time - BEGIN, 0.0) / period)}

    return move


def there_and_back(channel: str, most: float) -> Callable[[float], dict[str, float]]:
    """Return a head that goes somewhere, stays 0.8 s and comes back, then to the other side."""

    def move(time: float) -> dict[str, float]:
        stretch, since = divmod(max(time - BEGIN, 0.0), 3.0)
        share = float(ramp(since / 0.6) - ramp((since - 1.4) / 0.6))
        return {channel: most * share * (1.0 if stretch % 2 == 0 else -1.0)}

    return move


def creep(time: float) -> dict[str, float]:
    """Return a turn of 2 deg/s: so slow that a filter which sticks is seen to slip."""
    return {"yaw": 2.0 * max(time - BEGIN, 0.0) - 6.0}


def look_around(time: float) -> dict[str, float]:
    """Return a head that turns about both axes: what shows who somebody is."""
    turn = 2.0 * math.pi * max(time, 0.0) / 3.4
    return {"yaw": 35.0 * math.sin(turn), "pitch": 10.0 * math.sin(1.7 * turn)}


def at(metres: float) -> Callable[[float], dict[str, float]]:
    """Return a head at a distance from the camera."""
    return lambda _time: {"distance": 1000.0 * metres / DISTANCE - 1.0}


def all_of_them(names: tuple[str, ...]) -> list[Scenario]:
    """Return the scenarios of a full run, for a performer with expressions `names`."""
    return [
        Scenario("script", 20.0, script=True, size=LARGE),
        _expressions(every_one(names, both=False)),
        Scenario("blinks", 20.0, blinks(20.0)),
        *_movements(),
        Scenario("pitch 25", BEGIN + 4.0, move=swing("pitch", 25.0, 4.0)),
        Scenario("roll 40", BEGIN + 4.0, move=swing("roll", 40.0, 4.0)),
        Scenario("dark", 6.0, natural(6.0), lens=Lens(light=0.06, noise=2.0)),
        Scenario("noise", 6.0, natural(6.0), lens=Lens(noise=8.0)),
        Scenario("blur", 6.0, natural(6.0), lens=Lens(blur=2.5)),
        *(_distant(metres, 8.0) for metres in (0.4, 0.5, 1.0, 1.5, 2.0)),
    ]


def the_first(names: tuple[str, ...]) -> list[Scenario]:
    """Return the scenarios of a quick run: all goals, fewer conditions."""
    return [
        _expressions(every_one(names, both=True)),
        Scenario("blinks", 10.0, blinks(10.0)),
        *_movements(),
        *(_distant(metres, 5.5) for metres in (0.5, 2.0)),
    ]


def _movements() -> list[Scenario]:
    return [
        Scenario("still", 3.0, sways=False),
        Scenario("talk", 6.0, talk(6.0)),
        Scenario("yaw 60", BEGIN + 8.0, talk(9.0), swing("yaw", 60.0, 8.0)),
        Scenario("turn 85", BEGIN + 6.0, move=there_and_back("yaw", 85.0)),
        Scenario("shake", BEGIN + 3.0, move=swing("yaw", 22.0, 0.6), lens=Lens(exposures=3)),
        Scenario("creep", BEGIN + 6.0, move=creep, sways=False),
        Scenario("look around", 100 / RATE, move=look_around),
        Scenario("leave", BEGIN + 6.0, move=there_and_back("aside", 1.0)),
    ]


def _expressions(cues: tuple[Cue, ...]) -> Scenario:
    return Scenario("expressions", cues[-1].end + 0.2, lambda _seed: cues)


def _distant(metres: float, seconds: float) -> Scenario:
    return Scenario(f"{metres} m", seconds, natural(seconds), at(metres), size=LARGE)
