"""Numbers: what is known of a frame as a line of JSON, and back again to the last bit.

Python writes of each number as many digits as tell it from all others, so that the same is
read. What stays from line to line (identity, camera, light) is written when it changes.
"""

import json
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from livemask.records import Array, Camera, Fit, Float64, Frame, Light, Seen, State

LONGEST_LINE = 1_000_000
"""Bytes. Sixteen faces of the largest published model have 300 000."""

MOST_FACES, MOST_NUMBERS = 64, 4096
"""In a line, and of one kind of a face."""

FARTHEST = 1e9
"""No number is greater."""

NOBODY = Seen((), (), frozenset(), Light.default())
"""Before anybody is looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordedFrame(Frame):
    """A frame of a session, and what was known of it.

    Attributes
    ----------
    seen : Seen
    """

    seen: Seen = NOBODY


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A line.

    Attributes
    ----------
    index, time
        Of the frame.
    at : int
        When its picture comes in the film, ms.
    seen : Seen
    """

    index: int
    time: float
    at: int
    seen: Seen


class Encoder:
    """Writes lines. Those before tell what a line does not repeat."""

    def __init__(self) -> None:
        self._light: Light | None = None
        self._cameras: dict[int, Camera] = {}
        self._identities: dict[int, Float64] = {}

    def line(self, frame: Frame, at: int, seen: Seen | None) -> bytes:
        """Return the line of a frame whose picture comes `at` ms in the film."""
        row: dict[str, Any] = {"frame": frame.index, "time": float(frame.time), "at": at}
        if seen is not None:
            row["known"] = sorted(seen.known)
            if seen.light is not self._light:
                row["light"] = _flat(*(getattr(seen.light, name) for name in _LIGHT))
                self._light = seen.light
            for group in _GROUPS:
                row[group] = [self._face(fit) for fit in getattr(seen, group)]
        return json.dumps(row, separators=(",", ":")).encode() + b"\n"

    def _face(self, fit: Fit) -> dict[str, Any]:
        face: dict[str, Any] = {
            "id": fit.id,
            "state": str(fit.state),
            "residual": float(fit.residual),
            "confidence": float(fit.confidence),
            "pose": _flat(fit.camera_from_head),
        }
        if fit.camera is not self._cameras.get(fit.id):
            self._cameras[fit.id] = camera = fit.camera
            face["camera"] = [float(camera.focal), *_flat(camera.centre), *camera.size]
        if fit.identity is not self._identities.get(fit.id):
            self._identities[fit.id] = fit.identity
            face["identity"] = _flat(fit.identity)
        face["expression"] = _flat(fit.expression)
        if fit.gesture is not fit.expression:
            face["gesture"] = _flat(fit.gesture)
        if fit.stance is not fit.camera_from_head:
            face["stance"] = _flat(fit.stance)
        return face


class Decoder:
    """Reads the lines of an `Encoder`, in their order. Trusts nothing that they say."""

    def __init__(self) -> None:
        self._light = NOBODY.light
        self._cameras: dict[int, Camera] = {}
        self._identities: dict[int, Float64] = {}

    def row(self, line: bytes) -> Row:
        """Return what a line says.

        Raises
        ------
        ValueError
            If it is none.
        """
        try:
            return self._row(json.loads(line))
        except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from error

    def _row(self, row: dict[str, Any]) -> Row:
        index, at = (_whole(row[key], 2**53) for key in ("frame", "at"))
        (time,) = _numbers([row["time"]], 1).tolist()
        if "light" in row:
            self._light = Light(*_parted(row["light"]))
        if "chosen" not in row:
            return Row(index, time, at, NOBODY)
        known = frozenset(_whole(face, 10_000) for face in _listed(row["known"], 10_000))
        groups = {
            group: tuple(self._fit(face) for face in _listed(row[group], MOST_FACES))
            for group in _GROUPS
        }
        return Row(index, time, at, Seen(known=known, light=self._light, sought={}, **groups))

    def _fit(self, face: dict[str, Any]) -> Fit:
        number = _whole(face["id"], 10_000)
        if "camera" in face:
            self._cameras[number] = _camera(face["camera"])
        if "identity" in face:
            self._identities[number] = _numbers(face["identity"])
        expression = _numbers(face["expression"])
        return Fit(
            id=number,
            camera=self._cameras[number],
            camera_from_head=_pose(face["pose"]),
            identity=self._identities[number],
            expression=expression,
            residual=float(face["residual"]),
            confidence=float(face["confidence"]),
            state=State(face["state"]),
            gesture=_numbers(face["gesture"]) if "gesture" in face else expression,
            stance=_pose(face["stance"]) if "stance" in face else np.empty(0),
        )


_OTHERS = "known", "light", "sought"  # where faces were looked for says nothing of the picture
_GROUPS = tuple(field.name for field in fields(Seen) if field.name not in _OTHERS)
_LIGHT = {"direction": (3,), "colour": (3,), "ambient": (3,), "harmonics": (9, 3)}


def _flat(*arrays: Array) -> list[float]:
    return [number for array in arrays for number in np.ravel(array).tolist()]


def _parted(values: Any) -> list[Array]:
    """Return the arrays of a light."""
    numbers = _numbers(values, 36).astype(np.float32)
    ends = np.cumsum([int(np.prod(shape)) for shape in _LIGHT.values()])
    parts = np.split(numbers, ends[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, _LIGHT.values(), strict=True)]


def _camera(values: Any) -> Camera:
    focal, x, y, width, height = _numbers(values, 5).tolist()
    if not (focal > 0.0 and width >= 1.0 and height >= 1.0):
        raise ValueError("a camera is none")
    return Camera(focal, np.array([x, y]), (int(width), int(height)))


def _pose(values: Any) -> Float64:
    pose = _numbers(values, 16).reshape(4, 4)
    if (pose[3] != [0.0, 0.0, 0.0, 1.0]).any():
        raise ValueError("a pose is none")
    return pose


def _numbers(values: Any, count: int | None = None) -> Float64:
    """Return a list of numbers as (n,) float64."""
    listed = _listed(values, MOST_NUMBERS)
    if count is not None and len(listed) != count:
        raise ValueError(f"{len(listed)} numbers where {count} belong")
    if not all(type(value) in (int, float) for value in listed):
        raise ValueError("something is no number")
    numbers = np.array(listed, np.float64)
    if not (np.abs(numbers) < FARTHEST).all():  # so is what is no number
        raise ValueError(f"a number is beyond {FARTHEST:g}")
    return numbers


def _listed(values: Any, most: int) -> list[Any]:
    if not isinstance(values, list) or len(values) > most:
        raise ValueError(f"a list of at most {most} belongs here")
    return values


def _whole(value: Any, below: int) -> int:
    if type(value) is not int or not 0 <= value < below:
        raise ValueError("a whole number belongs here")
    return value
