"""What a reconstruction found, in words and numbers: its JSON file."""

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from livemask.geometry import euler_angles
from livemask.records import Array, Float64

if TYPE_CHECKING:
    from livemask.reconstruction.reconstruction import Reconstruction

UNITS = (0.1, 1.0, 10.0, 100.0)
"""mm that a step of the 16 bit depth picture may be."""


def told(made: "Reconstruction") -> str:
    """Return the JSON text; every length in mm or px, as its name says."""
    fit = made.fit
    told = {
        "format": "livemask reconstruction 1",
        "model": made.model.name,
        "identity": _rounded(fit.identity),
        "expression": dict(zip(made.model.expression_names, _rounded(fit.expression), strict=True)),
        "pose": _pose(fit.camera_from_head),
        "camera": _camera(made),
        "light": _light(made),
        "quality": {
            **{name: round(float(value), 4) for name, value in made.portrayal.quality.items()},
            "residual_px": round(float(fit.residual), 4),
            "visible_vertices": round(float(made.visible.mean()), 4),
        },
        "depth_png_unit_mm": depth_unit(made.depth),
        "face_box_px": list(made.box),
        "points_px": _known(made.points),
        "points_mm": _known(made.points_3d),
    }
    return json.dumps(told, indent=1, allow_nan=False) + "\n"


def depth_unit(depth: Array) -> float:
    """Return the mm of a step in a 16 bit picture: the finest that reaches the farthest point."""
    farthest = float(depth.max())
    return next((unit for unit in UNITS if farthest / unit < 65535.0), UNITS[-1])


def brightest(made: "Reconstruction") -> float:
    """Return the most light on the face, a white wall's being 1; at least that."""
    return max(1.0, float(made.look.light[made.look.alpha > 0.5].max(initial=1.0)))


def quaternion(rotation: Float64) -> Float64:
    """Return w, x, y, z of a rotation (3, 3), w not negative (Shepperd 1978)."""
    from livemask.geometry import rotation_vector

    vector = rotation_vector(rotation)
    angle = float(np.linalg.norm(vector))
    sine = math.sin(0.5 * angle) / angle if angle > 1e-12 else 0.5
    return np.concatenate([[math.cos(0.5 * angle)], sine * vector])


def _pose(camera_from_head: Float64) -> dict[str, Any]:
    pitch, yaw, roll = np.degrees(euler_angles(camera_from_head[:3, :3]))
    return {
        "camera_from_head": _rounded(camera_from_head, 8),
        "euler_deg": _named(("pitch", "yaw", "roll"), (pitch, yaw, roll)),
        "quaternion": _named(("w", "x", "y", "z"), quaternion(camera_from_head[:3, :3]), 8),
        "translation_mm": _rounded(camera_from_head[:3, 3]),
    }


def _camera(made: "Reconstruction") -> dict[str, Any]:
    camera = made.fit.camera
    wide = 2.0 * math.atan(0.5 * camera.size[0] / camera.focal)
    return {
        "focal_px": round(float(camera.focal), 4),
        "centre_px": _rounded(camera.centre),
        "size_px": list(camera.size),
        "horizontal_field_of_view_deg": round(math.degrees(wide), 4),
    }


def _light(made: "Reconstruction") -> dict[str, Any]:
    light = made.portrayal.light
    return {
        "direction": _rounded(light.direction),
        "colour": _rounded(light.colour),
        "ambient": _rounded(light.ambient),
        "harmonics": _rounded(light.harmonics),
        "light_png_white": round(brightest(made), 6),
    }


def _named(names: tuple[str, ...], values: Any, digits: int = 4) -> dict[str, float]:
    return {name: round(float(v), digits) for name, v in zip(names, values, strict=True)}


def _known(points: Float64) -> list[Any]:
    """Return points, None those that the model has not."""
    return [_rounded(point) if np.isfinite(point).all() else None for point in points]


def _rounded(array: Array, digits: int = 4) -> list[Any]:
    return list(np.round(np.asarray(array, np.float64), digits).tolist())
