"""A photo of a face explained: who it is, how it looks, in what light and by which camera."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from livemask.fitting.dense.likeness import View, explain
from livemask.fitting.dense.surface import Surface
from livemask.fitting.dense.unexplained import unexplained
from livemask.light.estimate import LightEstimate
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.complexion import complexion, eased
from livemask.reconstruction.finding import find_faces
from livemask.reconstruction.shape import Shape
from livemask.reconstruction.shot import Shot
from livemask.reconstruction.still import fit_points
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
    landmarks : (68, 2) float64
        As detected, px.
    quality : dict of str to float
        How well it came out: `landmarks_before` and `landmarks`, rms distance from the detected
        points, px, of the fit to them alone and of this one; `photometric_before` and
        `photometric`, what light and the model's albedo leave unexplained of the skin's
        brightness, a share (median).
    """

    frame: Frame
    model: MorphableModel
    fit: Fit
    albedo: Float32
    light: Light
    landmarks: Float64
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
    """Reconstruct a face of a photo, with all the time that it takes; None if none is found.

    Parameters
    ----------
    frame : Frame
        The photo.
    model : MorphableModel
        Of which the face is made.
    detector : object
        A detector plug-in.
    box : (4,) float64, optional
        Of the face, px, as `find_faces` returns them; the largest if left out.
    fov : float, optional
        Horizontal field of view, degrees. If neither it nor `focal` is told, it is found.
    focal : float, optional
        Focal length, px, if it is known, as from a photo's notes; goes before `fov`.
    """
    return portray_together([Shot(frame, box, fov, focal)], model, detector)[0]


def portray_together(
    shots: Sequence[Shot], model: MorphableModel, detector: Any
) -> list[Portrayal | None]:
    """Reconstruct a face of which there are several photos: all of them say who it is.

    Parameters
    ----------
    shots : sequence of Shot
        Photos of one person.
    model : MorphableModel
        Of which the face is made.
    detector : object
        A detector plug-in.

    Returns
    -------
    list of Portrayal or None
        One for each shot, with one identity; None where no face is found.
    """
    views = [_view(shot, model, detector) for shot in shots]
    found = [view for view in views if view is not None]
    fits = iter(explain(model, _surface(model), found))
    return [None if view is None else _portrayal(model, view, next(fits)) for view in views]


def _view(shot: Shot, model: MorphableModel, detector: Any) -> View | None:
    box = shot.box
    if box is None:
        box = next(iter(find_faces(shot.frame, detector)), None)
    if box is None:
        return None
    fitted = fit_points(shot.frame, model, detector, box, shot.camera)
    return None if fitted is None else View(shot.frame, *fitted, shot.zooms)


def _portrayal(model: MorphableModel, view: View, fit: Fit) -> Portrayal:
    shape = Shape.of(model, fit)
    light = eased(LightEstimate(model).update(view.frame, fit), view.frame, shape)
    albedo = complexion(view.frame, shape, light, view.landmarks).albedo
    surface = _surface(model)
    quality = {
        "landmarks_before": view.fit.residual,
        "landmarks": fit.residual,
        "photometric_before": unexplained(model, surface, view.frame, view.fit),
        "photometric": unexplained(model, surface, view.frame, fit),
    }
    return Portrayal(view.frame, model, fit, albedo, light, view.landmarks, quality)


@lru_cache(maxsize=2)
def _surface(model: MorphableModel) -> Surface:
    return Surface.of(model)
