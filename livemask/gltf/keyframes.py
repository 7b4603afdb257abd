"""Keyframes of one head: where it was when, and with which expression, kept on the disk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np

from livemask.geometry import rotation_vector
from livemask.gltf.writer import METRES, Glb
from livemask.records import Float32, Float64

CHUNK = 4096
"""Keyframes that are in memory at once, when the file is written."""

_TIME, _PLACE, _TURN, _WEIGHTS = slice(0, 1), slice(1, 4), slice(4, 8), slice(8, None)


class Keyframes:
    """Takes keyframes in the order of their times.

    Parameters
    ----------
    weights : int
        How many expressions there are.
    folder : Path
        Where there is room for them.

    Raises
    ------
    OSError
        From all methods but `close`, if there is no room.
    """

    def __init__(self, weights: int, folder: Path) -> None:
        self.count = 0
        self._spool: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - `close` does
        self._last = np.zeros(8 + weights, np.float32)
        self._last[0] = -1.0
        self._missed: float | None = None  # when it was last looked for in vain
        self._shown: list[tuple[float, bool]] = []

    def add(self, time: float, camera_from_head: Float64, expression: Float64) -> None:
        """Add a keyframe at `time` s, 0 or later; one that is not after the last is left out."""
        if self._missed is not None and self.count:  # it is back: until then it stayed
            self._put(self._missed, self._last)
        self._missed = None
        row = np.empty_like(self._last)
        row[_PLACE] = METRES * camera_from_head[:3, 3]
        row[_TURN] = _quaternion(camera_from_head[:3, :3])
        if row[_TURN] @ self._last[_TURN] < 0.0:  # the same turn, on the nearer side
            row[_TURN] *= -1.0
        row[_WEIGHTS] = expression
        self._put(time, row)
        self._show(time, True)

    def miss(self, time: float) -> None:
        """Note that the head is not there at `time` s."""
        self._missed = time
        self._show(time, False)

    def write(self, glb: Glb, node: int) -> list[dict[str, Any]]:
        """Add all keyframes to a file; return what an animation's channels need of each."""
        times = glb.parts((part[:, 0] for part in self._chunks(_TIME)), bounds=True)
        found = [("translation", _PLACE), ("rotation", _TURN)]
        tracks = [(path, times, glb.parts(self._chunks(part)), "LINEAR") for path, part in found]
        if len(self._last) > _WEIGHTS.start:
            weights = (part.ravel() for part in self._chunks(_WEIGHTS))
            tracks.append(("weights", times, glb.parts(weights), "LINEAR"))
        if not all(shown for _, shown in self._shown):
            tracks.append(("scale", *self._sizes(glb), "STEP"))
        return [
            {"node": node, "path": path, "input": at, "output": values, "interpolation": between}
            for path, at, values, between in tracks
        ]

    def close(self) -> None:
        """Free the room. Closing twice does nothing."""
        self._spool.close()

    def _put(self, time: float, row: Float32) -> None:
        if np.float32(time) > self._last[0]:
            self._last = row.copy()
            self._last[0] = time
            self._spool.write(self._last.astype("<f4").tobytes())
            self.count += 1

    def _show(self, time: float, shown: bool) -> None:
        """Note from when on it is there or not."""
        if not self._shown or self._shown[-1][1] != shown:
            self._shown.append((time, shown))

    def _sizes(self, glb: Glb) -> tuple[int, int]:
        """Add the times at which the head comes and goes: size 0 hides it (section 3.5.3)."""
        times = np.array([time for time, _ in self._shown], np.float32)
        sizes = np.array([[float(shown)] * 3 for _, shown in self._shown], np.float32)
        rising = np.flatnonzero(np.diff(times, prepend=-1.0) > 0.0)
        return glb.array(times[rising], bounds=True), glb.array(sizes[rising])

    def _chunks(self, part: slice) -> Iterator[Float32]:
        self._spool.seek(0)
        width = len(self._last)
        while data := self._spool.read(4 * width * CHUNK):
            yield np.frombuffer(data, "<f4").reshape(-1, width)[:, part]


def _quaternion(rotation: Float64) -> Float64:
    """Return x, y, z, w of a rotation (3, 3)."""
    vector = rotation_vector(rotation)
    angle = float(np.linalg.norm(vector))
    axis = vector / angle if angle > 1e-12 else vector
    return np.append(np.sin(0.5 * angle) * axis, np.cos(0.5 * angle))
