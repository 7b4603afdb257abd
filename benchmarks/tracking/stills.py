"""Stills with 68 known points, some with a pose: what the chain makes of them.

A folder holds pictures and, beside each, an .npz with `pts68` (68, 2) px, iBUG's order, and
for those of AFLW2000-3D `pose_para`, whose rotation is Rx(pitch) Ry(yaw) Rz(roll) in axes like
ours, with the signs turned: pitch > 0 looks up, yaw > 0 to the image's left (Zhu et al. 2016).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.metrics.points import errors
from benchmarks.table import Table
from benchmarks.tracking.by_scenario import mean
from benchmarks.tracking.chain import Chain
from benchmarks.tracking.take import shown
from benchmarks.tracking.true_box import TrueBox, hog_box
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Fit, Float64, Frame, UInt8

LOOKS = 20
"""How often a still is shown: a camera looks on, too, and the search tries more with time."""

SETTLED = 6
"""Frames after which a still that is tracked is judged."""

RIGHT = 0.10
"""Roots of the box's area by which inner points may be off in a face that counts as found."""

TURN = 20.0
"""Degrees by which the yaw may be off in a face that counts as turned rightly."""

RANGES = (0.0, 15.0, 30.0, 45.0, 60.0, 90.0)


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A picture with its points.

    Attributes
    ----------
    set : str
        `lfpw`, `aflw2000`, ...
    image : (h, w, 3) uint8
    points : (68, 2) float64
        px.
    pose : (3,) float64 or None
        Pitch, yaw, roll as AFLW2000-3D has them, deg.
    """

    set: str
    image: UInt8
    points: Float64
    pose: Float64 | None

    @property
    def group(self) -> str:
        """The set, and the range of the yaw where it is known."""
        if self.pose is None:
            return self.set
        yaw = abs(float(self.pose[1]))
        low, high = next((a, b) for a, b in pairwise(RANGES) if yaw < b)
        return f"{self.set} yaw {low:.0f}-{high:.0f}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the chain made of a still: errors in shares, angles in deg, nan where not tracked.

    Attributes
    ----------
    group : str
    alone : (3,) float64
        Errors of the predictor alone in the true box: NME box, NME eyes, inner by box.
    detected, shown : (3,) float64
        Those of the points that the fit was given, and of the fit's own, given the true box.
    pose : (3,) float64
        Fitted less true, given the true box.
    fitted, found : bool
        Whether the chain tracked it given the box, and without.
    turned : bool
        Whether it was found, and the yaw is right within `TURN`.
    """

    group: str
    alone: Float64
    detected: Float64
    shown: Float64
    pose: Float64
    fitted: bool
    found: bool
    turned: bool


def load(folder: Path) -> list[Still]:
    """Return the stills of a folder, by name."""
    found = []
    for file in sorted(folder.glob("*.npz")):
        picture = next(
            file.with_suffix(s) for s in (".jpg", ".png") if file.with_suffix(s).exists()
        )
        coded = cv2.imdecode(np.fromfile(picture, np.uint8), cv2.IMREAD_COLOR)
        assert coded is not None, picture
        image = np.asarray(coded[:, :, ::-1], np.uint8)
        with np.load(file, allow_pickle=False) as data:
            pose = np.degrees(data["pose_para"][:3]) if "pose_para" in data else None
            points = data["pts68"].astype(np.float64)
        found.append(Still(file.stem.split("_")[0], _smaller(image, points), points, pose))
    return found


def _smaller(image: UInt8, points: Float64) -> UInt8:
    """Return `image` with its long side at most 1280 px, and scale `points` alike in place."""
    scale = min(1.0, 1280.0 / max(image.shape[:2]))
    points[:] = scale * (points + 0.5) - 0.5
    if scale < 1.0:
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        image = np.asarray(small, np.uint8)
    image = np.ascontiguousarray(image)
    image.flags.writeable = False
    return image


def aflw_angles(rotation: Float64) -> Float64:
    """Return pitch, yaw and roll (3,) deg, AFLW2000-3D's, of a camera_from_head rotation (3, 3)."""
    yaw = np.arcsin(np.clip(-rotation[0, 2], -1.0, 1.0))
    pitch = np.arctan2(rotation[1, 2], rotation[2, 2])
    roll = np.arctan2(rotation[0, 1], rotation[0, 0])
    return np.degrees([pitch, yaw, roll])


def judge(still: Still, model: MorphableModel, detector: Any) -> Verdict:
    """Return what the chain makes of a still."""
    box, nothing = hog_box(still.points), np.full(3, np.nan)
    alone = detector.detect(Frame(still.image, 0.0, 0), box)
    fit, points = _tracked(still, model, TrueBox(detector, still.image, box))
    free, _ = _tracked(still, model, detector)
    return Verdict(
        still.group,
        nothing if alone is None else np.array(errors(alone, still.points)),
        nothing if fit is None else np.array(errors(points, still.points)),
        nothing if fit is None else np.array(errors(shown(model, fit), still.points)),
        nothing if fit is None or still.pose is None else _turned(fit, still.pose),
        fit is not None and _is_right(fit, model, still),
        free is not None and _is_right(free, model, still),
        free is not None and _is_right(free, model, still) and _is_turned(free, still.pose),
    )


def _tracked(still: Still, model: MorphableModel, detector: Any) -> tuple[Fit | None, Float64]:
    """Return the last fit and points of a still that is shown again and again."""
    height, width = still.image.shape[:2]
    chain, seen = Chain(model, Camera.from_field_of_view((width, height)), detector), 0
    fit, points = None, np.full((68, 2), np.nan)
    for index in range(LOOKS):
        fit, points = chain(Frame(still.image, index / 30.0, index))
        seen = seen + 1 if fit else 0
        if seen == SETTLED:
            break
    chain.close()
    return fit, points


def _is_right(fit: Fit, model: MorphableModel, still: Still) -> bool:
    return errors(shown(model, fit), still.points)[2] < RIGHT


def _is_turned(fit: Fit, pose: Float64 | None) -> bool:
    return pose is not None and abs(float(_turned(fit, pose)[1])) < TURN


def _turned(fit: Fit, pose: Float64) -> Float64:
    """Return fitted less true angles (3,) deg."""
    off = aflw_angles(fit.camera_from_head[:3, :3]) - pose
    return np.asarray((off + 180.0) % 360.0 - 180.0)


def tables(
    stills: list[Still], model: MorphableModel, detector: Any, tell: Callable[[str], None]
) -> list[Table]:
    """Return what the chain makes of stills, by set and range of yaw."""
    verdicts = []
    for number, still in enumerate(stills):
        if number % 10 == 0:
            tell(f"stills: {number}/{len(stills)}")
        verdicts.append(judge(still, model, detector))
    groups = sorted({v.group for v in verdicts})
    rows = [(group, *_row([v for v in verdicts if v.group == group])) for group in groups]
    return [Table("Stills", HEADS, rows, NOTE)] if rows else []


HEADS = (
    "set", "stills", "found", "and turned rightly", "fitted given the box", "alone: inner, box %",
    "detected: inner, box %", "detected, of alone", "shown: inner, box %", "shown, of alone",
    "NME box %", "NME eyes %", "pose MAE deg", "pitch", "yaw", "roll", "pitch, mean off",
)  # fmt: skip

NOTE = (
    "Found: tracked, with inner points within 10 % of the box, when the still is shown up to 20 "
    "times; turned rightly: with a yaw within 20 degrees; fitted: found when the chain is given "
    "the true box. All errors are of the latter, over what it tracked. Alone: the predictor, "
    "once, in an upright crop of that box, on all; of alone: on the same stills."
)


def _row(group: list[Verdict]) -> tuple[float | int, ...]:
    fitted = [v for v in group if np.isfinite(v.shown).all()]
    pose = np.array([v.pose for v in fitted]).reshape(-1, 3)
    off = [mean(np.abs(pose[:, axis])) for axis in range(3)]
    alone, detected, shown_off = (
        100.0 * np.array([getattr(v, name) for v in fitted]).reshape(-1, 3).mean(axis=0)
        for name in ("alone", "detected", "shown")
    )
    return (
        len(group),
        sum(v.found for v in group),
        sum(v.turned for v in group) if len(pose) and np.isfinite(pose).all() else float("nan"),
        sum(v.fitted for v in group),
        100.0 * mean(np.array([v.alone[2] for v in group])),
        float(detected[2]),
        float(detected[2] / alone[2]),
        float(shown_off[2]),
        float(shown_off[2] / alone[2]),
        *shown_off[:2].tolist(),
        float(np.mean(off)),
        *off,
        mean(pose[:, 0]),
    )
