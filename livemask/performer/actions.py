"""What the performer can do. A plain table: how long, and which channels by how much.

Channels are expressions (without Left or Right: both sides), and those of the head: `yaw`,
`pitch` and `roll` in degrees as in `geometry.euler_angles`, `x` and `y` in mm, `distance`
as a factor, `aside` as a share of the way out of the picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass

HEAD = ("yaw", "pitch", "roll", "x", "y", "distance", "aside")


@dataclass(frozen=True, slots=True)
class Action:
    """One movement there and back.

    Attributes
    ----------
    rise, hold, fall : float
        How long it takes to come, stays, takes to go, s.
    channels : mapping of str to float
        By how much each moves.
    """

    rise: float
    hold: float
    fall: float
    channels: Mapping[str, float]

    @property
    def length(self) -> float:
        """How long all of it takes, s."""
        return self.rise + self.hold + self.fall


SYLLABLES: dict[str, Action] = {
    "a": Action(0.10, 0.04, 0.12, {"jawOpen": 0.40, "mouthUpperUp": 0.10}),
    "ah": Action(0.10, 0.05, 0.13, {"jawOpen": 0.30, "mouthUpperUp": 0.12, "mouthStretch": 0.15}),
    "e": Action(0.09, 0.04, 0.11, {"jawOpen": 0.17, "mouthStretch": 0.35, "mouthLowerDown": 0.2}),
    "o": Action(0.10, 0.05, 0.12, {"jawOpen": 0.26, "mouthFunnel": 0.45}),
    "u": Action(0.10, 0.05, 0.12, {"jawOpen": 0.10, "mouthPucker": 0.60}),
    "m": Action(0.08, 0.04, 0.09, {"mouthPress": 0.45, "mouthRollLower": 0.25}),
    "f": Action(0.08, 0.03, 0.09, {"mouthRollLower": 0.45, "mouthUpperUp": 0.25, "jawOpen": 0.05}),
    "s": Action(0.08, 0.04, 0.09, {"jawOpen": 0.06, "mouthStretch": 0.25, "mouthLowerDown": 0.3}),
}

BLINK = Action(0.06, 0.02, 0.09, {"eyeBlink": 1.0})

ACTIONS: dict[str, Action] = {
    "smile": Action(
        0.35, 0.8, 0.55,
        {"mouthSmile": 0.85, "mouthDimple": 0.2, "cheekSquint": 0.5, "eyeSquint": 0.3,
         "pitch": -3.0},
    ),
    "grin": Action(
        0.30, 0.6, 0.5,
        {"mouthSmile": 0.75, "jawOpen": 0.14, "mouthUpperUp": 0.3, "cheekSquint": 0.6},
    ),
    "wink left": Action(
        0.12, 0.24, 0.18,
        {"eyeBlinkLeft": 1.0, "cheekSquintLeft": 0.5, "mouthSmileLeft": 0.35, "browDownLeft": 0.25},
    ),
    "wink right": Action(
        0.12, 0.24, 0.18,
        {"eyeBlinkRight": 1.0, "cheekSquintRight": 0.5, "mouthSmileRight": 0.35,
         "browDownRight": 0.25},
    ),
    "frown": Action(
        0.30, 0.5, 0.45, {"browDown": 0.85, "mouthFrown": 0.65, "eyeSquint": 0.3, "noseSneer": 0.2}
    ),
    "sulk": Action(0.35, 0.4, 0.4, {"mouthShrugLower": 0.6, "mouthFrown": 0.4, "browInnerUp": 0.5}),
    "brows up": Action(0.20, 0.35, 0.35, {"browInnerUp": 0.8, "browOuterUp": 0.8, "eyeWide": 0.2}),
    "surprise": Action(
        0.20, 0.6, 0.45,
        {"browInnerUp": 0.9, "browOuterUp": 0.9, "eyeWide": 0.6, "jawOpen": 0.5, "pitch": -4.0},
    ),
    "turn left": Action(0.45, 0.25, 0.5, {"yaw": 30.0, "roll": -2.0}),
    "turn right": Action(0.45, 0.25, 0.5, {"yaw": -30.0, "roll": 2.0}),
    "turn far left": Action(0.6, 0.3, 0.65, {"yaw": 40.0, "pitch": 3.0}),
    "turn far right": Action(0.6, 0.3, 0.65, {"yaw": -40.0, "pitch": 3.0}),
    "nod": Action(0.24, 0.02, 0.26, {"pitch": 13.0}),
    "look up": Action(0.4, 0.3, 0.4, {"pitch": -15.0, "browInnerUp": 0.3}),
    "tilt left": Action(0.4, 0.3, 0.45, {"roll": -17.0, "x": 12.0}),
    "tilt right": Action(0.4, 0.3, 0.45, {"roll": 17.0, "x": -12.0}),
    "lean near": Action(0.6, 0.4, 0.65, {"distance": -0.36, "y": -16.0, "pitch": -4.0}),
    "lean far": Action(0.8, 0.7, 0.9, {"distance": 1.05, "y": 25.0}),
    "leave left": Action(0.95, 1.5, 1.0, {"aside": 1.0, "roll": -5.0}),
    "leave right": Action(0.95, 1.5, 1.0, {"aside": -1.0, "roll": 5.0}),
}  # fmt: skip
"""Left and right are the performer's: her left is the image's right."""
