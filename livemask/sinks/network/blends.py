"""Expressions under the names that avatars give them."""

from collections.abc import Callable

from livemask.arkit import NAMES
from livemask.records import Float64
from livemask.sinks.network.gesture import ROW

_PASCAL = tuple(name[0].upper() + name[1:] for name in NAMES)


def arkit(values: Float64) -> dict[str, float]:
    """Return ARKit's 52, written as Unity writes them: the clips of PerfectSync."""
    return dict(zip(_PASCAL, values.tolist(), strict=True))


def vrm0(values: Float64) -> dict[str, float]:
    """Return the presets of VRM 0 that a face can show (VRM 0.x specification, BlendShapeGroup).

    Vowels are shapes of the mouth, not sounds; where the eyes look is told by their bones.
    """

    def of(name: str) -> float:
        return float(values[ROW[name]])

    def both(name: str) -> float:
        return 0.5 * (of(f"{name}Left") + of(f"{name}Right"))

    opened = max(of("jawOpen") - of("mouthClose"), 0.0)
    narrow = max(of("mouthFunnel"), of("mouthPucker"))
    return {
        "A": opened * (1.0 - narrow),
        "I": both("mouthStretch") * (1.0 - opened),
        "U": of("mouthPucker"),
        "E": both("mouthStretch") * opened,
        "O": of("mouthFunnel"),
        "Blink": min(of("eyeBlinkLeft"), of("eyeBlinkRight")),
        "Blink_L": of("eyeBlinkLeft"),
        "Blink_R": of("eyeBlinkRight"),
        "Joy": both("mouthSmile"),
        "Angry": both("browDown"),
        "Sorrow": both("mouthFrown"),
    }


BLENDS: dict[str, Callable[[Float64], dict[str, float]]] = {"arkit": arkit, "vrm0": vrm0}
"""By what `--vmc-names` calls them."""
