"""A photo of a face explained: who it is, how it looks, in what light and by which camera."""

import math
from dataclasses import dataclass
from typing import Any

from livemask.light.estimate import LightEstimate
from livemask.light.inverse import Albedo
from livemask.morphable_model import MorphableModel
from livemask.reconstruct.still import find_faces, fit_box
from livemask.records import Fit, Float32, Float64, Frame, Light


@dataclass(frozen=True, slots=True, eq=False)
class Portrayal:
    """A face of a photo, reconstructed. n vertices.

    Attributes
    ----------
    frame : Frame
        The photo.
    model : MorphableModel
    fit : Fit
        Pose, identity and expression; its camera has the focal length that was found.
    albedo : (n, 3) float32
        Linear RGB of each vertex of the model, 0 to 1: the person's own colours.
    light : Light
        In which `albedo` looks as in the photo; camera frame.
    quality : dict of str to float
        How well it came out: `landmarks_before` and `landmarks` (rms of the 68 points, px,
        of the fit to them alone and of this one), `photometric_before` and `photometric`
        (median difference from the photo over the seen skin, sRGB codes of 255).
    """

    frame: Frame
    model: MorphableModel
    fit: Fit
    albedo: Float32
    light: Light
    quality: dict[str, float]


def portray(
    frame: Frame,
    model: MorphableModel,
    detector: Any,
    *,
    box: Float64 | None = None,
    fov: float | None = None,
    focal: float | None = None,
) -> Portrayal | None:
    """Reconstruct a face of a photo, with all the time that it takes.

    Parameters
    ----------
    frame : Frame
    model : MorphableModel
    detector : object
        A detector plug-in.
    box : (4,) float64, optional
        Of the face, px, as `find_faces` returns them; the largest if left out.
    fov : float, optional
        Horizontal field of view, degrees.
    focal : float, optional
        Focal length, px, if it is known, as from a photo's notes; goes before `fov`.

    Returns
    -------
    Portrayal or None
        None if no face is found.
    """
    if focal is not None:
        fov = math.degrees(2.0 * math.atan(0.5 * frame.size[0] / focal))
    if box is None:
        box = next(iter(find_faces(frame, detector)), None)
    fit = None if box is None else fit_box(frame, model, detector, box, fov)
    if fit is None:
        return None
    light = LightEstimate(model).update(frame, fit)
    albedo = Albedo(model).update(frame, fit, light)
    quality = {"landmarks_before": fit.residual, "landmarks": fit.residual}
    return Portrayal(frame, model, fit, albedo, light, quality)
