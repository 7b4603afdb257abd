"""Tables of takes by time: jitter, lag, even movement."""

import numpy as np

from benchmarks.metrics.correlation import rms
from benchmarks.metrics.jitter import jitter, steps
from benchmarks.metrics.lag import lag
from benchmarks.table import Table
from benchmarks.tracking.by_face import WANTED
from benchmarks.tracking.by_scenario import mean, named
from benchmarks.tracking.scenarios import BEGIN, RATE
from benchmarks.tracking.take import Take
from livemask.geometry import euler_angles
from livemask.landmarks import JAW
from livemask.records import Float64

SETTLED = round(BEGIN * RATE)
"""Frames at the start of a take that say nothing about calm: the face has just been met."""


def calm(takes: list[Take]) -> Table:
    """Return how much points tremble."""
    heads = ("scenario", "shown %", "shown without the true %", "detected %", "true %")
    groups = named(takes)
    rows = [
        (name, *(100.0 * mean(column) for column in np.array([_calm(t) for t in groups[name]]).T))
        for name in ("still", "talk", "creep", "script", "dark", "noise", "2.0 m")
        if name in groups
    ]
    note = (
        "Mean second difference of the inner 51 points, % of the eyes' distance. Without the true: "
        "of the difference between shown and true points."
    )
    return Table("Jitter", heads, rows, note, digits=3)


def _calm(take: Take) -> list[float]:
    late, inner = slice(SETTLED, None), slice(JAW.stop, None)
    size = float(np.mean(take.eyes[late]))
    shown, true, found = (
        points[late, inner] for points in (take.points, take.true_points, take.detected)
    )
    return [jitter(points, size) for points in (shown, shown - true, found, true)]


def lags(takes: list[Take], names: tuple[str, ...]) -> Table:
    """Return how late what is shown is."""
    groups = named(takes)
    rows = [
        (what, name, 1000.0 * mean(np.array([_lag(take, column) for take in groups[name]])))
        for what, name, column in (
            ("pose", "shake", None),
            ("pose", "look around", None),
            ("jawOpen", "talk", names.index("jawOpen")),
            ("eyeBlinkLeft", "blinks", names.index("eyeBlinkLeft")),
            ("eyeBlinkRight", "blinks", names.index("eyeBlinkRight")),
        )
        if name in groups
    ]
    note = (
        "Where the correlation with the truth is greatest, in steps of 1 ms, at 30 frames a "
        "second; all rows with the application's own filters. Where a face went astray "
        "says nothing."
    )
    return Table("Lag", ("what", "scenario", "ms"), rows, note, digits=0)


def _lag(take: Take, column: int | None) -> float:
    if column is None:
        right = np.where(take.right[:, None], angles(take.pose), np.nan)
        return lag(take.time, angles(take.true_pose), right)
    return lag(take.time, take.true_expression[:, column], take.expression[:, column])


def angles(poses: Float64) -> Float64:
    """Return pitch, yaw and roll (n, 3) rad of poses (n, 4, 4); nan stays so."""
    return np.array([euler_angles(pose[:3, :3]) for pose in poses])


def even(takes: list[Take]) -> Table:
    """Return whether a slow turn is shown as one."""
    rows = []
    for take in named(takes).get("creep", []):
        yaw = angles(take.pose)[SETTLED:, 1]
        rows.append((take.seed, *steps(yaw[np.isfinite(yaw)])))
    heads = ("performer", "greatest step, mean steps", "least")
    return Table("A turn of 2 deg/s", heads, rows, "Steps of the yaw from frame to frame.")


def distances(takes: list[Take], names: tuple[str, ...]) -> Table:
    """Return how expressions suffer from distance."""
    wanted = [names.index(name) for name in WANTED]
    off = {
        name: mean(np.array([_off(take, wanted) for take in group]))
        for name, group in named(takes).items()
        if name.endswith(" m")
    }
    near = off.get("0.5 m", float("nan"))
    rows = [(name, value, value / near) for name, value in off.items()]
    heads = ("distance", "rms of the expressions", "of that at 0.5 m")
    note = f"1280x720; {', '.join(WANTED)}."
    return Table("Distance", heads, rows, note)


def _off(take: Take, wanted: list[int]) -> float:
    true, fitted = take.true_expression[take.seen], take.expression[take.seen]
    return float(rms(true, fitted)[wanted].mean()) if len(true) else float("nan")
