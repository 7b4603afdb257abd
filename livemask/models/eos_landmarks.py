"""The 68 points of a model in the format of eos, which are not in its file.

The Surrey Face Model has them in `BFM/surrey.toml`. Any other model needs the two files that
eos puts beside it: `ibug_to_NAME.txt` (TOML; iBUG points count from 1, vertices from 0) and
`NAME_model_contours.json`, where NAME is that of the `.bin` file. Neither names the points of
the jaw, but an outline: they are spread over it evenly, from the height of the eyes to the
chin.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livemask.errors import ModelError
from livemask.landmarks import (
    CHIN,
    JAW,
    LEFT_BROW,
    LEFT_EYE,
    LEFT_EYE_OUTER,
    RIGHT_BROW,
    RIGHT_EYE,
    RIGHT_EYE_OUTER,
)
from livemask.models.tables import listed, read_table, vertex
from livemask.records import Array, Int32
from livemask.resources import resource


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Where the points are.

    Attributes
    ----------
    file : Path
        That says so.
    points : (68,) int64
        Vertices; -1 where unknown.
    right, left : (c,) int64
        The vertices of the outline, from the temple down.
    """

    file: Path
    points: Array
    right: Array
    left: Array


def landmarks(file: Path, mean: Array) -> Int32:
    """Return the (68,) vertices of the iBUG points of the model in `file`; -1 where unknown.

    Parameters
    ----------
    file : Path
        The model's; what lies beside it is read too.
    mean : (n, 3) float
        Of any unit, y up.

    Raises
    ------
    ModelError
        If nothing tells where they are, or too few of them, or beyond the model.
    """
    table = _beside(file, len(mean)) or _surrey(file, len(mean))
    points = table.points
    if points[CHIN] >= 0 and len(table.right) and len(table.left):
        points[: CHIN + 1] = _spread(mean, table.right, points)
        points[CHIN : JAW.stop] = _spread(mean, table.left, points)[::-1]
    eyes = np.r_[RIGHT_EYE, LEFT_EYE]
    missing = [i for i in (*range(JAW.stop), *eyes) if points[i] < 0]
    missing += [brow.start for brow in (RIGHT_BROW, LEFT_BROW) if (points[brow] < 0).all()]
    if missing:
        raise ModelError(
            f"{table.file}: field 'landmark_mappings' or the contour beside it lacks the iBUG "
            f"points {', '.join(str(i + 1) for i in missing)} (from 1); brows, eyes and chin "
            "are needed."
        )
    return points.astype(np.int32)


def tables(file: Path) -> tuple[Path, Path]:
    """Return where the tables of a model lie if it has any: of its points, of its outline."""
    return (
        file.with_name(f"ibug_to_{file.stem}.txt"),
        file.with_name(f"{file.stem}_model_contours.json"),
    )


def _spread(mean: Array, outline: Array, points: Array) -> Array:
    """Return (9,) vertices at even distances along an outline from the eyes to the chin."""
    height = mean[points[[RIGHT_EYE_OUTER, LEFT_EYE_OUTER]], 1].max()
    below = np.append(outline[mean[outline, 1] <= height], points[CHIN])
    steps = np.linalg.norm(np.diff(mean[below], axis=0), axis=1)
    along = np.append(0.0, np.cumsum(steps))
    wanted = np.linspace(0.0, along[-1], CHIN + 1)
    return np.asarray(below[np.abs(along[None] - wanted[:, None]).argmin(1)])


def _surrey(file: Path, count: int) -> Table:
    """Return the table of the Surrey Face Model, as far as a resolution has its vertices."""
    source = resource("BFM/surrey.toml")
    table = read_table(source)
    if count not in table["vertices"]:
        wanted = " or ".join(map(str, table["vertices"]))
        raise ModelError(
            f"{file}: field 'shape_model.mean' has {count} vertices, the Surrey Face Model "
            f"{wanted}; for another model put ibug_to_{file.stem}.txt and "
            f"{file.stem}_model_contours.json of eos beside it. The Basel models are read as "
            "the Basel university gives them out, .h5 or .mat."
        )
    points = np.array(table["points"])
    return Table(
        source,
        np.where(points < count, points, -1),
        np.array(table["right_contour"]),
        np.array(table["left_contour"]),
    )


def _beside(file: Path, count: int) -> Table | None:
    """Return the table beside `file`, if there is one."""
    mapping, contours = tables(file)
    if not mapping.is_file():
        return None
    pairs = read_table(mapping).get("landmark_mappings")
    if not isinstance(pairs, dict):
        raise ModelError(f"{mapping}: field 'landmark_mappings' is missing; it is TOML in eos.")
    points = np.full(68, -1)
    for name, value in pairs.items():
        if name not in {str(i + 1) for i in range(68)}:
            raise ModelError(f"{mapping}: field 'landmark_mappings' names {name!r}, not 1 to 68.")
        points[int(name) - 1] = vertex(mapping, name, value, count)
    sides: Any = read_table(contours).get("model_contour") if contours.is_file() else {}
    if not isinstance(sides, dict):
        raise ModelError(f"{contours}: field 'model_contour' is missing.")
    right, left = (
        np.array([vertex(contours, side, v, count) for v in listed(contours, sides, side)], int)
        for side in ("right_contour", "left_contour")
    )
    return Table(mapping, points, right, left)
