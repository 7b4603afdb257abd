"""Light and Material: how surfaces are drawn. Part of `records`, where the conventions stand."""

from dataclasses import dataclass, field
from typing import Literal, Self

import numpy as np

from livemask.arrays import Float32, UInt8
from livemask.harmonics import of_lamp


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
    harmonics: Float32 = field(default_factory=lambda: np.empty(0, np.float32))

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        if not self.harmonics.size:
            made = of_lamp(self.direction, self.colour, self.ambient)
            object.__setattr__(self, "harmonics", made)

    @classmethod
    def default(cls) -> Self:
        """Return a soft key light from above the camera, a little to the side."""
        direction = np.array([0.35, 0.55, 0.76], np.float32)
        direction /= np.linalg.norm(direction)
        return cls(direction, np.full(3, 0.75, np.float32), np.full(3, 0.40, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Finish:
    """What only the looks `character` and `anime` draw.

    Attributes
    ----------
    normal_map : (h, w, 3 or 4) uint8, optional
        Normals in tangent space, as glTF has them.
    relief : float
        How strongly it tilts them.
    glow : (float, float, float)
        Linear RGB that shines of itself.
    glow_map : (h, w, 3 or 4) uint8, optional
        sRGB-coded, multiplies `glow`.
    shadow : (float, float, float)
        Of `anime`: stands for `Material.colour` where little light falls.
    """

    normal_map: UInt8 | None = None
    relief: float = 1.0
    glow: tuple[float, float, float] = (0.0, 0.0, 0.0)
    glow_map: UInt8 | None = None
    shadow: tuple[float, float, float] = (0.0, 0.0, 0.0)


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
    wrap : str
        How `uv` beyond the texture are taken: `clamp`, `repeat` or `mirror`.
    finish : Finish, optional
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
    wrap: Literal["clamp", "repeat", "mirror"] = "clamp"
    finish: Finish | None = None
