"""What of the picture must be covered so that a person cannot be recognised."""

import numpy as np

from livemask.geometry import euler_angles, project, transform_points
from livemask.records import Fit, Float32

CENTRE = np.array([0.0, 15.0, 0.0])
"""Middle of a head and its hair, head frame, mm."""

WIDTH, HEIGHT = 128.0, 165.0
"""mm from there to the edge of what is covered: ears, hair and chin with room to spare."""

CORNERS = 24


def head_outline(fit: Fit, margin: float = 1.0) -> Float32:
    """Return a polygon (CORNERS, 2) float32 px around the head of `fit`, `margin` times as large.

    An ellipse that tilts with the head and is as wide for a turned head as for any other.
    """
    centre = project(fit.camera, fit.camera_from_head, CENTRE[None])[0]
    depth = -float(transform_points(fit.camera_from_head, CENTRE[None])[0, 2])
    scale = margin * fit.camera.focal / max(depth, 1.0)
    angle = np.linspace(0.0, 2.0 * np.pi, CORNERS, endpoint=False)
    ring = scale * np.column_stack([WIDTH * np.cos(angle), HEIGHT * np.sin(angle)])
    roll = euler_angles(fit.camera_from_head[:3, :3])[2]
    turn = np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]])
    return np.asarray(centre + ring @ turn.T, np.float32)
