"""The 1785 bytes of a face: see `sinks/openseeface.py`."""

import numpy as np

from livemask.geometry import project
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Fit, Float64, State
from livemask.sinks.network.features import features
from livemask.sinks.network.gesture import ROW, glance
from livemask.sinks.network.rotations import matrix_quaternion

MOST = 36
"""Faces of which a UDP packet can hold 1785 bytes each."""

UNIT = 145.0
"""mm; its model is 1 wide from ear to ear."""

EYE = 0.385
"""Radius of an eyeball, in distances between the corners of the eye."""

ORDER = (*range(48), *range(49, 54), *range(55, 60), 48, 61, 62, 63, 54, 65, 66, 67)
"""The iBUG number of each of its 66 points."""

NOSE = 30

_HEAD = np.array([-1.0, 1.0, 1.0])  # its head from ours
_TURN = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, -1.0]])  # its camera from ours
_PLACE = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])  # with depth turned over

_PACKET = np.dtype(
    [
        ("time", "<f8"),
        ("id", "<i4"),
        ("size", "<f4", 2),
        ("open", "<f4", 2),
        ("success", "u1"),
        ("error", "<f4"),
        ("quaternion", "<f4", 4),
        ("euler", "<f4", 3),
        ("translation", "<f4", 3),
        ("confidence", "<f4", 68),
        ("points", "<f4", (68, 2)),
        ("head", "<f4", (70, 3)),
        ("features", "<f4", 14),
    ]
)


def face(now: float, model: MorphableModel, fit: Fit, values: Float64) -> bytes:
    """Return the bytes of a face.

    Parameters
    ----------
    now : float
        Time of day, s.
    model : MorphableModel
        Any with ARKit's names.
    fit : Fit
        Of the face.
    values : (52,) float64
        What it does, as `Gestures.read` returns it.
    """
    packet = np.zeros((), _PACKET)
    packet["time"], packet["id"], packet["size"] = now, fit.id, fit.camera.size
    packet["open"] = [1.0 - values[ROW[f"eyeBlink{side}"]] for side in ("Right", "Left")]
    packet["success"], packet["error"] = fit.state is State.TRACKED, fit.residual
    points = _points(model, fit, values)
    known = np.asarray(np.isfinite(points).all(axis=1))
    points[~known] = 0.0
    nose = points[NOSE].copy()
    _set_pose(packet, fit.stance, nose)
    packet["confidence"] = np.where(known[:68], fit.confidence, 0.0)
    packet["points"] = np.nan_to_num(project(fit.camera, fit.camera_from_head, points[:68]))
    packet["head"] = (points - nose) * _HEAD * [1.0, -1.0, -1.0] / UNIT
    packet["features"] = features(values)
    return packet.tobytes()


def _points(model: MorphableModel, fit: Fit, values: Float64) -> Float64:
    """Return the (70, 3) points on the head, mm, head frame; nan where the model has none."""
    landmarks = np.array(fit_landmarks(model, fit), np.float64)
    landmarks[~model.landmark_model.known] = np.nan
    balls, pupils = zip(
        _eye(landmarks[36], landmarks[39], glance(values, "Right")),
        _eye(landmarks[42], landmarks[45], glance(values, "Left")),
        strict=True,
    )
    return np.vstack([landmarks[list(ORDER)], pupils, balls])


def _eye(corner: Float64, other: Float64, look: tuple[float, float]) -> tuple[Float64, Float64]:
    """Return the middle of an eyeball (3,) between its corners, and its pupil (3,)."""
    left, down = look
    radius = EYE * float(np.linalg.norm(corner - other))
    ball = 0.5 * (corner + other) - [0.0, 0.0, radius]
    ahead = [np.sin(left) * np.cos(down), -np.sin(down), np.cos(left) * np.cos(down)]
    return ball, ball + radius * np.array(ahead)


def _set_pose(packet: np.ndarray, camera_from_head: Float64, nose: Float64) -> None:
    rotation = _TURN @ camera_from_head[:3, :3] * _HEAD
    place = camera_from_head[:3, :3] @ nose + camera_from_head[:3, 3]
    packet["quaternion"] = matrix_quaternion(rotation.T)
    packet["euler"] = np.degrees(_euler(rotation))
    packet["translation"] = _PLACE @ place / UNIT


def _euler(rotation: Float64) -> tuple[float, float, float]:
    """Return x, y, z in rad of `rotation = Rz(z) Ry(y) Rx(x)`, y within a quarter turn."""
    return (
        float(np.arctan2(rotation[2, 1], rotation[2, 2])),
        float(np.arcsin(np.clip(-rotation[2, 0], -1.0, 1.0))),
        float(np.arctan2(rotation[1, 0], rotation[0, 0])),
    )
