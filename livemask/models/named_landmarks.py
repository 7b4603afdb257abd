"""The 68 iBUG points of a head whose maker named others: in the Basel way.

`metadata/landmarks/json` of the Basel Face Models 2017 and 2019 (Gerig et al. 2018) is a list
of {"id": "center.nose.tip", "coordinates": [x, y, z]}. Some twenty of these are iBUG points.
The rest come from livemask's own head: its points are moved, turned, scaled (Umeyama 1991) and
bent by a spline (Duchon 1977) that brings those of its points that have names to the model's,
and each goes to the nearest vertex. No table of all 68 points has been published by the maker.
Tried on people of livemask's own, points of the jaw come out 5 mm off, outer brows 2 mm and all
others 1 mm; the fitter takes 3 mm for granted there, and the outline corrects the jaw.
"""

import json
from collections.abc import Callable
from functools import cache

import numpy as np
from scipy.interpolate import RBFInterpolator
from scipy.spatial import cKDTree

from livemask.models import head
from livemask.models.fields import Fields
from livemask.records import Array, Float64

FIELD = "metadata/landmarks/json"

NAMES = {
    "center.chin.tip": (8,),
    "center.nose.tip": (30,),
    "right.nose.wing.tip": (31,),
    "center.nose.attachement_to_philtrum": (33,),
    "left.nose.wing.tip": (35,),
    "right.eyebrow.inner.center": (21,),
    "left.eyebrow.inner.center": (22,),
    "right.eye.corner_outer": (36,),
    "right.eye.top": (37, 38),
    "right.eye.corner_inner": (39,),
    "right.eye.bottom": (40, 41),
    "left.eye.corner_inner": (42,),
    "left.eye.top": (43, 44),
    "left.eye.corner_outer": (45,),
    "left.eye.bottom": (46, 47),
    "right.lips.corner": (48,),
    "right.lips.philtrum_ridge": (50,),
    "center.lips.upper.outer": (51,),
    "left.lips.philtrum_ridge": (52,),
    "left.lips.corner": (54,),
    "center.lips.lower.outer": (57,),
    "center.lips.upper.inner": (62,),
    "center.lips.lower.inner": (66,),
}
"""The iBUG points in whose middle each lies. The misspelling is the file's."""

NEEDED = ("center.chin.tip", "center.nose.tip", "right.eye.corner_outer", "left.eye.corner_outer",
          "right.lips.corner", "left.lips.corner")  # fmt: skip

BEND = 1.0
"""How far the spline may miss a named point in favour of smoothness."""


def named(fields: Fields) -> dict[str, Float64]:
    """Return the named points (3,) that a file lists, those of `NAMES` only.

    Raises
    ------
    ModelError
        If the field is no such list, or lacks points without which a face cannot be placed.
    """
    try:
        listed = json.loads(_text(fields))
        points = {
            str(point["id"]): np.array([float(v) for v in point["coordinates"]]) for point in listed
        }
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise fields.error(FIELD, f"is no list of named points: {error!r}") from error
    known = {name: p for name, p in points.items() if name in NAMES}
    wrong = [n for n, p in known.items() if p.shape != (3,) or not np.isfinite(p).all()]
    if wrong:
        raise fields.error(FIELD, f"gives {wrong[0]!r} no three coordinates")
    missing = [name for name in NEEDED if name not in known]
    if missing:
        raise fields.error(FIELD, f"has no point {missing[0]!r}")
    return known


def _text(fields: Fields) -> str:
    if FIELD not in fields.arrays:
        raise fields.error(FIELD, "is missing")
    value = np.asarray(fields.arrays[FIELD]).reshape(-1)
    first = value[0] if len(value) == 1 else b"".join(value.astype("S").tolist())
    return first.decode("utf-8") if isinstance(first, bytes) else str(first)


def landmark_vertices(mean: Array, points: dict[str, Float64]) -> Array:
    """Return the (68,) vertices of `mean` (n, 3) that are the iBUG points.

    `points` are the named ones, in the frame and unit of `mean`.
    """
    names = list(points)
    own = np.array([_own()[list(NAMES[name])].mean(0) for name in names])
    there = np.array([points[name] for name in names])
    placed = _similarity(own, there)
    bent = RBFInterpolator(own, there - placed(own), kernel="linear", smoothing=BEND)
    moved = placed(_own()) + bent(_own())
    for name in names:
        if len(NAMES[name]) == 1:
            moved[NAMES[name][0]] = points[name]
    _, nearest = cKDTree(mean).query(moved)
    return np.asarray(nearest)


def _similarity(start: Float64, end: Float64) -> Callable[[Float64], Float64]:
    """Return what moves, turns and scales points so that `start` (m, 3) comes nearest to `end`."""
    a, b = start - start.mean(0), end - end.mean(0)
    left, sizes, right = np.linalg.svd(a.T @ b)
    flip = np.array([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    matrix = (left * flip) @ right * float((sizes * flip).sum() / max((a**2).sum(), 1e-12))
    return lambda points: np.asarray((points - start.mean(0)) @ matrix + end.mean(0))


@cache
def _own() -> Float64:
    """Return the (68, 3) points of livemask's own head, mm."""
    model = head.create()
    return np.asarray(model.mean[model.landmark_vertices], np.float64)
