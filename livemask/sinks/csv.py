"""Writes a table of every face in every frame, with the column names of OpenFace 2.

    frame, face_id, timestamp, confidence, success,
    pose_Tx, pose_Ty, pose_Tz      head origin, mm: x right, y down, z away from the camera
    pose_Rx, pose_Ry, pose_Rz      rad, R = Rx Ry Rz about those axes; 0 looks into the camera
    x_0 ... x_67, y_0 ... y_67     the stabilised landmarks, px of the source
    jawOpen ...                    the expressions of the model

Rx > 0 looks down, Ry > 0 turns to the subject's right, Rz > 0 tilts clockwise in the image.
Unlike OpenFace, frames count from 0 and no spaces follow the commas.

A face that is only held where it last was has its face_id, success 0 and otherwise empty
cells; a frame without any face has one row with neither. A cell is never `nan`.
"""

import csv
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from livemask.geometry import project
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Fit, Float64, Frame, Output, State
from livemask.sinks.files import writable
from livemask.sinks.tables.lines import Lines

_POSE = ("pose_Tx", "pose_Ty", "pose_Tz", "pose_Rx", "pose_Ry", "pose_Rz")
_OPENFACE = np.diag([1.0, -1.0, -1.0])  # y and z of our frames, camera and head, turned over


def create(
    file: Path, source: Path | None = None, overwrite: bool = False, live: bool = False
) -> "Csv":
    """Return a writer of tables.

    Parameters
    ----------
    file : Path
        The table to write.
    source : Path, optional
        The input, which is never overwritten.
    overwrite : bool
        Whether an existing file may be replaced.
    live : bool
        Whether pictures must not wait for the table.

    Raises
    ------
    UsageError, SinkError
        If the file may not or cannot be written.
    """
    return Csv(writable(file, source, overwrite), 60 if live else 4)


class Csv:
    """Writes the rows of each frame as it comes, so that a broken-off run keeps them.

    The file is made with the first frame that comes with a model, which names the last columns.
    """

    wants_pixels = False

    def __init__(self, file: Path, capacity: int) -> None:
        self.capacity = capacity
        self._lines = Lines(file)
        self._early: list[Output] = []  # without pixels, from before the model was there

    def send(self, output: Output) -> None:
        """Write the rows of a frame.

        Raises
        ------
        SinkError
            If the file cannot be written. The rows before stay.
        """
        if output.model is None:
            self._early.append(replace(output, image=None, frame=_without_pixels(output.frame)))
            return
        if not self._lines.begun:
            self._lines.write(_written([columns(output.model)]))
            for early in self._early:
                self._lines.write(_written(_rows(replace(early, model=output.model))))
            self._early.clear()
        self._lines.write(_written(_rows(output)))

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        self._lines.close()


def _written(rows: Iterable[Iterable[Any]]) -> str:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _without_pixels(frame: Frame) -> Frame:
    return Frame(np.empty((0, 0, 3), np.uint8), frame.time, frame.index)


def columns(model: MorphableModel) -> tuple[str, ...]:
    """Return the names of all columns."""
    xs, ys = (tuple(f"{axis}_{i}" for i in range(68)) for axis in "xy")
    seen = ("frame", "face_id", "timestamp", "confidence", "success")
    return (*seen, *_POSE, *xs, *ys, *model.expression_names)


def openface_angles(rotation: Float64) -> tuple[float, float, float]:
    """Return Rx, Ry, Rz in rad of a camera_from_head rotation (3, 3).

    References
    ----------
    Baltrusaitis et al., OpenFace 2.0, FG 2018; its RotationHelpers.h: R = Rx Ry Rz.
    """
    r = _OPENFACE @ rotation @ _OPENFACE
    return (
        float(np.arctan2(-r[1, 2], r[2, 2])),
        float(np.arcsin(np.clip(r[0, 2], -1.0, 1.0))),
        float(np.arctan2(-r[0, 1], r[0, 0])),
    )


def _rows(output: Output) -> list[list[Any]]:
    seen: list[Fit | None] = [fit for fit in output.fits if fit.state is not State.LOST]
    return [_row(output, fit) for fit in seen or [None]]


def _row(output: Output, fit: Fit | None) -> list[Any]:
    time = f"{output.time:.6f}"
    if fit is None or fit.state is not State.TRACKED:
        empty = [""] * (len(columns(output.model)) - 5)
        return [output.frame.index, "" if fit is None else fit.id, time, "", 0, *empty]
    translation = _OPENFACE @ fit.camera_from_head[:3, 3]
    angles = openface_angles(fit.camera_from_head[:3, :3])
    return [
        output.frame.index,
        fit.id,
        time,
        f"{fit.confidence:.4f}",
        1,
        *_cells(translation, 3),
        *_cells(angles, 6),
        *_cells(_landmarks(output.model, fit).T, 3),
        *_cells(fit.gesture, 5),
    ]


def _landmarks(model: MorphableModel, fit: Fit) -> Float64:
    """Return the (68, 2) points of the fit, px; nan for those that the model has not."""
    points = project(fit.camera, fit.camera_from_head, fit_landmarks(model, fit))
    points[~model.landmark_model.known] = np.nan
    return points


def _cells(values: Any, decimals: int) -> list[str]:
    numbers = np.ravel(values).tolist()  # plain floats are formatted several times as fast
    return [f"{number:.{decimals}f}" if isfinite(number) else "" for number in numbers]
