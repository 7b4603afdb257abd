"""Which files a reconstruction can be written as, and how."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from livemask.errors import UsageError

OUTPUTS: dict[str, tuple[str, ...]] = {
    "obj": (".obj", ".mtl", "_texture.png"),
    "glb": (".glb",),
    "ply": (".ply",),
    "json": (".json",),
    "render": ("_render.png",),
    "overlay": ("_overlay.png",),
    "depth": ("_depth.png", "_depth.npy"),
    "visibility": ("_visibility.npy",),
    "uv": ("_uv.png",),
    "position": ("_position.npy",),
    "kpt": ("_kpt.txt",),
    "pose": ("_pose.txt",),
    "crop": ("_crop.png",),
    "mask": ("_mask.png",),
    "albedo": ("_albedo.png",),
    "light": ("_light.png",),
    "mat": (".mat",),
    "sheet": ("_sheet.png",),
}
"""What follows the name of each."""

DEFAULT = ("obj", "overlay", "json")

TEXTURE = (256, 4096)
CROP = (16, 4096)
UV = (16, 2048)
"""Least and greatest side, px."""


@dataclass(frozen=True, slots=True)
class Form:
    """How files are written.

    Attributes
    ----------
    texture_size : int
        px a side.
    hidden : str
        What the photo does not show of the texture: `fill` or `zero`.
    colours : bool
        Whether .obj files have a colour at each vertex instead of a texture.
    front : bool
        Whether meshes look ahead, in the head frame, instead of as in the photo.
    crop : int
        px a side of the aligned picture.
    uv_size : int
        px a side of position map and uv texture.
    """

    texture_size: int = 1024
    hidden: Literal["fill", "zero"] = "fill"
    colours: bool = False
    front: bool = False
    crop: int = 224
    uv_size: int = 256

    def __post_init__(self) -> None:
        """Check the sizes, before memory is asked for."""
        _check("texture size", self.texture_size, TEXTURE)
        _check("crop", self.crop, CROP)
        _check("uv size", self.uv_size, UV)
        if self.hidden not in ("fill", "zero"):
            raise UsageError(f"hidden {self.hidden!r} is neither 'fill' nor 'zero'.")


def files_of(folder: Path, name: str, output: str, form: Form) -> list[Path]:
    """Return the files of an output.

    Raises
    ------
    UsageError
        If there is no such output.
    """
    if output not in OUTPUTS:
        raise UsageError(f"there is no output {output!r}; there are {', '.join(OUTPUTS)}.")
    ends = OUTPUTS[output]
    if output == "obj" and form.colours:
        ends = ends[:1]
    return [folder / f"{name}{end}" for end in ends]


def chosen(text: str) -> tuple[str, ...]:
    """Return the outputs named in `obj,glb,json`, each once; `all` is all but the sheet.

    Raises
    ------
    UsageError
        If there is no such output.
    """
    names = [part.strip() for part in text.split(",") if part.strip()]
    every = [name for name in OUTPUTS if name != "sheet"]
    wanted = [one for name in names for one in (every if name == "all" else [name])]
    for name in wanted:
        files_of(Path(), "", name, Form())
    if not wanted:
        raise UsageError(f"no output is named in {text!r}; there are {', '.join(OUTPUTS)}.")
    return tuple(dict.fromkeys(wanted))


def _check(what: str, value: int, bounds: tuple[int, int]) -> None:
    if not bounds[0] <= value <= bounds[1]:
        raise UsageError(f"{what} {value} must be {bounds[0]} to {bounds[1]} pixels.")
