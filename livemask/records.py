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
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from livemask.harmonics import of_lamp

Array = NDArray[Any]
Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
UInt8 = NDArray[np.uint8]

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
        Coefficients of the model's expressions.
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


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Light from all around, and the brightest of it as one distant light.

    Matt surfaces are shaded by the harmonics, highlights are the distant light's.

    Attributes
    ----------
    direction : (3,) float32
        Unit vector towards the light, camera frame.
    colour, ambient : (3,) float32
        Linear RGB of the distant and of the surrounding light.
    harmonics : (9, 3) float32
        What white matt surfaces show, see `harmonics.shade`; camera frame, linear RGB. Those
        of `direction`, `colour` and `ambient` if left out.
    """

    direction: Float32
    colour: Float32
    ambient: Float32
    harmonics: Float32 = field(default=None)  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        if self.harmonics is None:
            made = of_lamp(self.direction, self.colour, self.ambient)
            object.__setattr__(self, "harmonics", made)

    @classmethod
    def default(cls) -> Self:
        """Return a soft key light from above the camera, a little to the side."""
        direction = np.array([0.35, 0.55, 0.76], np.float32)
        direction /= np.linalg.norm(direction)
        return cls(direction, np.full(3, 0.75, np.float32), np.full(3, 0.40, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """How a mesh is drawn. The names of the numbers are those of the uniforms.

    Attributes
    ----------
    look : str
        Name of the shader pair: `shaders/LOOK.vert` and `.frag` (and `.geom`).
    colour : (float, float, float)
        Linear RGB that multiplies texture and vertex colours.
    texture : (h, w, 3 or 4) uint8, or "frame", or None
        sRGB-coded; "frame" is the video itself, sampled at `uv` as it is, without light
        unless `lit`. Held by identity: give the same array to keep it on the GPU.
    lit : bool
        Whether the light shades it. Unlit colours reach the screen unchanged.
    specular, exponent : float
        Strength of the highlight, 0 to 1, and its sharpness (Blinn 1977).
    translucency : float
        Share of the light that falls on the back and shines through, 0 to 1.
    opacity : float, 0 to 1
    two_sided : bool
        Whether back faces are drawn.
    """

    look: str = "shaded"
    colour: tuple[float, float, float] = (1.0, 1.0, 1.0)
    texture: UInt8 | Literal["frame"] | None = None
    lit: bool = True
    specular: float = 0.2
    exponent: float = 32.0
    translucency: float = 0.0
    opacity: float = 1.0
    two_sided: bool = False


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
        `blur`: so strong that nobody can be recognised. `mosaic`: a few large squares.
    region : (n, 2) float32 or None
        Polygon in the image, px; None is the whole picture.
    amount : float
        Times as far as it must be (blur), px of a square (mosaic); too little is made enough.
    """

    look: str
    region: Float32 | None = None
    amount: float = 1.0


Layer = Mesh | Effect


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A frame, what was found in it, and what is to be drawn over it.

    `layers` are drawn in their order; meshes that follow one another share a depth
    buffer, an effect between them clears it.
    """

    frame: Frame
    fits: tuple[Fit, ...]
    layers: tuple[Layer, ...]
    light: Light


@dataclass(frozen=True, slots=True, eq=False)
class Output:
    """What every sink receives.

    Attributes
    ----------
    image : (h, w, 3 or 4) uint8 or None
        RGB(A), never mirrored; None when no sink wants pixels.
    frame : Frame
        Unmasked, as it came from the source.
    fits : tuple of Fit
    model : MorphableModel
    time : float
        `frame.time`, s.
    """

    image: UInt8 | None
    frame: Frame
    fits: tuple[Fit, ...]
    model: Any
    time: float
