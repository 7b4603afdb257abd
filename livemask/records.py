"""The records that the stages hand to one another, and the conventions.

`Frame -> Face(s) -> Fit(s) -> Scene -> Output`

Units are mm, px, s and rad. `b_from_a` takes points of frame a to frame b; points
are rows. Left and right are the subject's.

- *Head*: +x to the subject's left, +y up, +z out of the nose; mm.
- *Camera*: as in glTF and OpenGL, looking along -z, +y up, so that the identity
  rotation is a face that looks into the camera; mm.
- *Image*: (0, 0) is the centre of the top left pixel, x to the right, y down, as
  in OpenCV and dlib; px.

Images are RGB, uint8 and sRGB-coded; colours of light and albedo are linear unless
a field says otherwise. Arrays are shared, never copied: whoever receives a record
only reads it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Self

import numpy as np

from livemask.arrays import Array, Float32, Float64, Int32, UInt8
from livemask.surfaces import Light, Material

__all__ = (
    "Array", "Background", "Camera", "Effect", "Face", "Fit", "Float32", "Float64", "Frame",
    "Int32", "Layer", "Light", "Material", "Mesh", "Output", "Scene", "Seen", "State", "UInt8",
)  # fmt: skip

DEFAULT_FIELD_OF_VIEW = math.radians(60.0)


class State(StrEnum):
    """What is known about a face in this frame."""

    TRACKED = "tracked"
    HELD = "held"  # not seen in this frame, shown where it last was
    LOST = "lost"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes
    ----------
    image : (h, w, 3) uint8
        RGB, read-only.
    time : float
        When it was taken, s, from the start of the source.
    index : int
        Counts from 0.
    """

    image: UInt8
    time: float
    index: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, px."""
        return self.image.shape[1], self.image.shape[0]


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face as detected.

    Attributes
    ----------
    id : int
        Stays with the person while tracked.
    landmarks : (68, 2) float64
        iBUG points in the image, px.
    confidence : float, 0 to 1
    """

    id: int
    landmarks: Float64
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """A pinhole camera with square pixels and no distortion.

    Attributes
    ----------
    focal : float
        Focal length, px.
    centre : (2,) float64
        Principal point, px.
    size : (int, int)
        Width and height of the image, px.
    """

    focal: float
    centre: Float64
    size: tuple[int, int]

    @classmethod
    def from_field_of_view(
        cls, size: tuple[int, int], horizontal: float = DEFAULT_FIELD_OF_VIEW
    ) -> Self:
        """Return a centred camera of a horizontal field of view in rad.

        The millimetres of a fit scale with this angle; the picture hardly does.
        """
        width, height = size
        focal = 0.5 * width / math.tan(0.5 * horizontal)
        return cls(focal, np.array([(width - 1) / 2, (height - 1) / 2]), size)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A head model fitted to a face. Vertices are made from it when they are needed.

    Attributes
    ----------
    id : int
        The face's.
    camera : Camera
        Through which it was fitted.
    camera_from_head : (4, 4) float64
        Rigid; mm.
    identity : (k,) float64
        In standard deviations of the model's components; the same array object if unchanged.
    expression : (m,) float64
        Coefficients of the model's expressions, as they fit the picture: for what is drawn
        on the face.
    gesture : (m,) float64
        The same as they depart from how this person's face is at rest: for programs and for
        faces that are not this one's. `expression` if left out.
    stance : (4, 4) float64
        The pose as it departs from how this person sits at ease, see `calibration`: for
        programs, mm. `camera_from_head` if left out.
    residual : float
        Root mean square distance between the projected and the detected points, px.
    confidence : float, 0 to 1
    state : State
    """

    id: int
    camera: Camera
    camera_from_head: Float64
    identity: Float64
    expression: Float64
    residual: float
    confidence: float
    state: State
    gesture: Float64 = field(default_factory=lambda: np.empty(0))
    stance: Float64 = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        if not self.gesture.size:
            object.__setattr__(self, "gesture", self.expression)
        if not self.stance.size:
            object.__setattr__(self, "stance", self.camera_from_head)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """All that is known of the faces of a frame: what is drawn follows from it and the frame.

    Attributes
    ----------
    chosen : tuple of Fit
        The faces that are asked for, after them those that are lost and may still be there.
    strangers : tuple of Fit
        The passers-by, likewise.
    known : frozenset of int
        The numbers of all faces that are not forgotten.
    light : Light
    gone : tuple of Fit
        Who was there some seconds ago and is not waited for: they left by the border, say.
    sought : mapping of int to (4, 2) float64
        Of each face that was looked for where it was: the corners of that place, px, in order.
    """

    chosen: tuple[Fit, ...]
    strangers: tuple[Fit, ...]
    known: frozenset[int]
    light: Light
    gone: tuple[Fit, ...] = ()
    sought: Mapping[int, Float64] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """A surface to draw.

    Attributes
    ----------
    vertices : (n, 3) float32
        In the mesh's own frame (a face: the head frame), mm.
    triangles : (t, 3) int32
        Counter-clockwise seen from outside. Like `uv`, `alpha` and `colours` it is
        uploaded again only when the array object is another one.
    normals : (n, 3) float32
        Unit length.
    camera : Camera
    camera_from_mesh : (4, 4) float64
    material : Material
    uv : (n, 2) float32, optional
        (0, 0) is the outer top left corner of the texture, (1, 1) its bottom right one.
    alpha : (n,) float32, optional
        Opacity per vertex: soft edges. All 1 if left out.
    colours : (n, 3) float32, optional
        Linear RGB per vertex. All 1 if left out.
    """

    vertices: Float32
    triangles: Int32
    normals: Float32
    camera: Camera
    camera_from_mesh: Float64
    material: Material = field(default_factory=Material)
    uv: Float32 | None = None
    alpha: Float32 | None = None
    colours: Float32 | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What a mesh cannot say: a change of the picture itself.

    Attributes
    ----------
    look : str
        `blur`: so strong that nobody can be recognised. `mosaic`: a few large squares. `fade`:
        what lies over the last `mark` is seen only in part.
    region : (n, 2) float32 or None
        Polygon in the image, px; None is the whole picture.
    amount : float
        Times as far as it must be (blur), px of a square (mosaic); too little is made enough.
        The opacity, 0 to 1 (fade).
    """

    look: str
    region: Float32 | None = None
    amount: float = 1.0


Layer = Mesh | Effect

Background = UInt8 | Literal["video", "blur", "transparent"]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A frame, what was found in it, and what is to be drawn over it.

    `layers` are drawn in their order; meshes that follow one another share a depth
    buffer, an effect between them clears it. Below them lies `background`: a picture (h, w, 3)
    of the frame's size, the frame itself, the frame blurred, or nothing. `seen` is None while
    nobody looks for faces yet. It is `bare` if masks were taken off for the moment.
    """

    frame: Frame
    fits: tuple[Fit, ...]
    layers: tuple[Layer, ...]
    light: Light
    background: Background = "video"
    seen: Seen | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """What every sink receives.

    Attributes
    ----------
    image : (h, w, 3 or 4) uint8 or None
        RGB, never mirrored; RGBA, colours not multiplied by alpha, when the background is
        transparent and a sink takes alpha. None when no sink wants pixels.
    frame : Frame
        Unmasked, as it came from the source.
    fits : tuple of Fit
    model : MorphableModel
    time : float
        `frame.time`, s.
    seen : Seen or None
        The scene's.
    """

    image: UInt8 | None
    frame: Frame
    fits: tuple[Fit, ...]
    model: Any
    time: float
    seen: Seen | None = None
