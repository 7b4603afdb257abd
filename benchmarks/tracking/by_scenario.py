"""Tables of takes by what happened: poses, points, finding."""

import numpy as np

from benchmarks.metrics.finding import waits
from benchmarks.metrics.points import errors
from benchmarks.metrics.pose import place_errors, turn_errors, without_offset, without_size
from benchmarks.table import Table
from benchmarks.tracking.take import Take, inner_distance
from livemask.geometry import euler_angles
from livemask.records import Array, Float64

SEES, BLIND = 60.0, 75.0
"""Degrees of turn up to which a face is to be tracked, and beyond which it may be lost."""


def named(takes: list[Take]) -> dict[str, list[Take]]:
    """Return the takes of each scenario, in the order of their first."""
    found: dict[str, list[Take]] = {}
    for take in takes:
        found.setdefault(take.scenario, []).append(take)
    return found


def yaws(take: Take) -> Float64:
    """Return by how much the head is turned to either side, (n,) deg."""
    turns = [euler_angles(pose[:3, :3])[1] for pose in take.true_pose]
    return np.degrees(np.abs(turns))


def poses(takes: list[Take]) -> Table:
    """Return how far poses are off."""
    heads = (
        "scenario", "yaw <= 30: deg", "without offset", "yaw 30-60: deg", "less the offset",
        "place mm", "without size", "across mm",
    )  # fmt: skip
    rows = [(name, *_mean([_pose(take) for take in group])) for name, group in named(takes).items()]
    note = (
        "Mean over the tracked frames. Without offset: but for the even turn between two people's "
        "head frames, over a whole take. Without size: but for the ratio of the distances, which "
        "one camera does not show; across: of that the part across the picture."
    )
    return Table("Pose", heads, rows, note)


def _pose(take: Take) -> Float64:
    used = take.seen & take.visible
    if used.sum() < 3:
        return np.full(7, np.nan)
    true, fitted, yaw = take.true_pose[used], take.pose[used], yaws(take)[used]
    turns = true[:, :3, :3], fitted[:, :3, :3]
    own, rest = turn_errors(*turns), turn_errors(turns[0], without_offset(*turns))
    near, far = yaw <= 30.0, (yaw > 30.0) & (yaw <= SEES)
    places = true[:, :3, 3], fitted[:, :3, 3]
    sized = without_size(*places)
    across = place_errors(places[0][:, :2], sized[:, :2])
    angles = [mean(v[m]) for m in (near, far) for v in (own, rest)]
    return np.array(
        [
            *angles,
            place_errors(*places).mean(),
            place_errors(places[0], sized).mean(),
            across.mean(),
        ]
    )


def points(takes: list[Take]) -> Table:
    """Return how far points are off."""
    heads = (
        "scenario", "shown: NME box %", "inner, box %", "inner, eyes %", "detected: inner, eyes %",
        "p95",
    )  # fmt: skip
    rows = [(name, *_mean([_points(t) for t in group])) for name, group in named(takes).items()]
    note = (
        "Shown: the fit's points after smoothing; detected: those that it was given. By the box "
        "around the true points, all 68 or the inner 51; by the distance that the outer corners "
        "of the eyes would have in a face that looks into the camera."
    )
    return Table("Points", heads, rows, note)


def _points(take: Take) -> Float64:
    used = np.flatnonzero(take.seen & take.visible)
    if not len(used):
        return np.full(5, np.nan)
    by_box = np.array([errors(take.points[i], take.true_points[i]) for i in used])
    eyes = take.eyes[used]
    off = inner_distance(take.points[used], take.true_points[used]) / eyes
    found = inner_distance(take.detected[used], take.true_points[used]) / eyes
    return 100.0 * np.array(
        [by_box[:, 0].mean(), by_box[:, 2].mean(), off.mean(), np.nanmean(found),
         np.percentile(off, 95)]
    )  # fmt: skip


def finding(takes: list[Take]) -> Table:
    """Return who was tracked, where nobody was, and how soon again."""
    heads = (
        "scenario", "tracked %", "of yaw <= 60 %", "astray", "false", "frames to meet",
        "frames to meet again, worst",
    )  # fmt: skip
    rows = [(name, *_finding(group)) for name, group in named(takes).items()]
    note = (
        "Tracked: of the frames in which all of the face is in the picture; what is farther off "
        "than 15 % of the eyes' distance counts as astray. False: frames tracked with nobody in "
        "the picture. Expected again: all in the picture and turned by less than 60 degrees, after "
        "it was not, or was turned beyond 75."
    )
    return Table("Finding", heads, rows, note, digits=1)


def _finding(takes: list[Take]) -> tuple[float | int, ...]:
    expected = [t.visible & (yaws(t) <= SEES) for t in takes]
    seen = [t.seen & t.visible & ~t.right for t in takes]
    again = [wait for take in takes for wait in meetings(take)]
    first = [int(np.flatnonzero(t.right)[0]) if t.right.any() else len(t.right) for t in takes]
    return (
        100.0 * mean(np.concatenate([t.right[t.visible] for t in takes])),
        100.0 * mean(np.concatenate([t.right[e] for t, e in zip(takes, expected, strict=True)])),
        int(sum(s.sum() for s in seen)),
        int(sum((t.seen & t.away).sum() for t in takes)),
        max(first),
        max(again) if again else float("nan"),
    )


def meetings(take: Take) -> list[int]:
    """Return how many frames a face was not tracked, each time that it came back."""
    yaw = yaws(take)
    gone = ~take.visible | (yaw > BLIND)
    return waits(take.visible & (yaw <= SEES), gone, take.right)


def mean(values: Array) -> float:
    """Return the mean, or nan of nothing."""
    return float(np.mean(values)) if len(values) else float("nan")


def _mean(rows: list[Float64]) -> list[float]:
    """Return the mean of each column of those rows that have a number in it."""
    columns = np.array(rows).T
    return [mean(column[np.isfinite(column)]) for column in columns]
