"""Fits of single pictures: faces are found and fitted once, with all the time that it takes."""

import math
from typing import Any

from livemask.fitting.fitter import Fitter
from livemask.geometry import euler_angles
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.finding import find_faces, roll_of
from livemask.records import Camera, Face, Fit, Float64, Frame
from livemask.tracking.region import Region

LOOKS = 3
"""Times that the points are found anew in the region of the fit before."""

ROUNDS = 4
"""Fits of the same points: each begins where the last one ended."""


def fit_still(
    frame: Frame, model: MorphableModel, detector: Any, fov: float | None = None
) -> Fit | None:
    """Fit the largest face of a picture to its 68 points alone; None if none is found.

    `livemask.reconstruct` fits it to all that the picture shows, in some twenty times the time.

    Parameters
    ----------
    frame : Frame
        (h, w, 3) uint8, RGB.
    model : MorphableModel
        Of which the face is made.
    detector : object
        A detector plug-in.
    fov : float, optional
        Horizontal field of view, degrees; 60 if left out.

    Returns
    -------
    Fit or None
        Pose in mm, camera in px, and coefficients.
    """
    boxes = find_faces(frame, detector)
    return fit_box(frame, model, detector, boxes[0], fov) if boxes else None


def fit_box(
    frame: Frame, model: MorphableModel, detector: Any, box: Float64, fov: float | None = None
) -> Fit | None:
    """Fit the face in a box (4,) px of a picture; None if it has no points."""
    camera = Camera.from_field_of_view(frame.size, math.radians(60.0 if fov is None else fov))
    fitted = fit_points(frame, model, detector, box, camera)
    return None if fitted is None else fitted[1]


def fit_points(
    frame: Frame, model: MorphableModel, detector: Any, box: Float64, camera: Camera
) -> tuple[Float64, Fit] | None:
    """Return the points (68, 2) px of the face in a box (4,) px and their fit; None if none."""
    region, roll, fitted = box, roll_of(frame, detector, box), None
    for _ in range(LOOKS):
        points = detector.detect(frame, region, roll)
        if points is None:
            return fitted
        fitter = Fitter(model, camera)
        for _ in range(ROUNDS):
            fit = fitter.fit(Face(0, points, 1.0))
        fitted = points, fit
        place = Region(model.landmark_model.mean[:68])
        place.learn(fit, box)
        region, roll = place.of(fit), euler_angles(fit.camera_from_head[:3, :3])[2]
    return fitted
