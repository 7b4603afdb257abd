"""The 14 features of OpenSeeFace, from expressions.

Each is 0 for a face at rest and about 1 or -1 at most (tracker.py, `FeatureExtractor`, which
measures them on points, and facetracker.py for their order):

    eye_l, eye_r                            -1 closed, 1 wide open
    eyebrow_steepness, _updown, _quirk _l   > 0: inner end higher; brow higher; not told: 0
    the same three of the right eyebrow
    mouth_corner_updown, _inout _l          > 0: corner lower; farther out
    the same two of the right corner
    mouth_open, mouth_wide                  > 0: open; wide
"""

from livemask.records import Float64
from livemask.sinks.network.gesture import ROW


def features(values: Float64) -> list[float]:
    """Return the 14 features of a face that does `values` (52,)."""

    def of(name: str) -> float:
        return float(values[ROW[name]])

    def eye(side: str) -> float:
        return of(f"eyeWide{side}") - of(f"eyeBlink{side}")

    def brow(side: str) -> tuple[float, float, float]:
        inner, outer, down = of("browInnerUp"), of(f"browOuterUp{side}"), of(f"browDown{side}")
        return inner - outer - down, 0.5 * (inner + outer) - down, 0.0

    def corner(side: str) -> tuple[float, float]:
        smile, narrow = of(f"mouthSmile{side}"), max(of("mouthPucker"), of("mouthFunnel"))
        out = max(smile, of(f"mouthStretch{side}"), of(f"mouthDimple{side}"))
        return of(f"mouthFrown{side}") - smile, out - narrow

    corners = {side: corner(side) for side in ("Left", "Right")}
    wide = 0.5 * (corners["Left"][1] + corners["Right"][1])
    opened = of("jawOpen") - of("mouthClose")
    found = [eye("Left"), eye("Right"), *brow("Left"), *brow("Right")]
    found += [*corners["Left"], *corners["Right"], opened, wide]
    return [min(max(value, -1.0), 1.0) for value in found]
