"""Truth: what is the case in a frame of the performer."""

from dataclasses import dataclass

from livemask.records import Camera, Float32, Float64


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Pose, expression and shape of the performer in one frame.

    Attributes
    ----------
    index : int
        Of the frame.
    time : float
        s.
    camera : Camera
    camera_from_head : (4, 4) float64
        Rigid; mm.
    expression : (52,) float64
        Coefficients of the shipped model's expressions, 0 to 1.
    vertices : (n, 3) float32
        Head frame, mm, with the shipped model's topology. The neck is as when the head is
        held straight: only pictures bend it.
    landmarks : (68, 3) float64
        The model's 68 points, head frame, mm; those of the jaw where the model has them, not
        on the visible outline.
    visible : bool
        Whether all points but the jaw's are in the picture.
    """

    index: int
    time: float
    camera: Camera
    camera_from_head: Float64
    expression: Float64
    vertices: Float32
    landmarks: Float64
    visible: bool
