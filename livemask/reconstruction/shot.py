"""Shot: a photo with what is known of it before looking."""

import math
from dataclasses import dataclass

from livemask.records import Camera, Float64, Frame

USUAL_FOV = math.radians(60.0)
"""Horizontal, of a camera of which nothing is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A photo that is to be explained.

    Attributes
    ----------
    frame : Frame
    box : (4,) float64, optional
        Of the face, px, as `find_faces` returns them; the largest if left out.
    fov : float, optional
        Horizontal field of view, degrees.
    focal : float, optional
        Focal length, px, if it is known, as from a photo's notes; goes before `fov`.
    """

    frame: Frame
    box: Float64 | None = None
    fov: float | None = None
    focal: float | None = None

    @property
    def camera(self) -> Camera:
        """The camera that took it, as far as it is known."""
        usual = USUAL_FOV if self.fov is None else math.radians(self.fov)
        camera = Camera.from_field_of_view(self.frame.size, usual)
        return camera if self.focal is None else Camera(self.focal, camera.centre, camera.size)

    @property
    def zooms(self) -> bool:
        """Whether the focal length is to be found."""
        return self.fov is None and self.focal is None
