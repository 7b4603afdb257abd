"""Surfaces: the materials of a glTF file, and what VRM adds to them."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from pygltflib import GLTF2

from livemask.gltf.images import Images
from livemask.gltf.values import mapped, number, numbers, text, whole
from livemask.records import Float64, UInt8

Wrap = Literal["clamp", "repeat", "mirror"]

_WRAPS: dict[int | None, Wrap] = {33071: "clamp", 33648: "mirror"}
_MODES = ("OPAQUE", "MASK", "BLEND")

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """How a piece looks.

    Attributes
    ----------
    colour : (4,) float64
        Linear RGBA that multiplies `image`.
    image, normal_map, glow_map : (h, w, 3 or 4) uint8 or None
    normal_scale : float
    glow : (float, float, float)
        Emission, linear RGB.
    mode : str
        `OPAQUE`, `MASK` or `BLEND`.
    cutoff : float
        Of `MASK`.
    two_sided, unlit : bool
    shadow : (float, float, float) or None
        Linear RGB of toon-like shadows, in place of `colour`.
    roughness, metallic : float
    uv_set : int
    uv_transform : (2, 3) float64
        texture_from_uv (KHR_texture_transform).
    wrap : str
        `repeat`, `clamp` or `mirror`.
    """

    colour: Float64
    image: UInt8 | None = None
    normal_map: UInt8 | None = None
    glow_map: UInt8 | None = None
    normal_scale: float = 1.0
    glow: Rgb = (0.0, 0.0, 0.0)
    mode: str = "OPAQUE"
    cutoff: float = 0.5
    two_sided: bool = False
    unlit: bool = False
    shadow: Rgb | None = None
    roughness: float = 1.0
    metallic: float = 0.0
    uv_set: int = 0
    uv_transform: Float64 = None  # type: ignore[assignment]
    wrap: Wrap = "repeat"


PLAIN = Surface(np.ones(4), uv_transform=np.eye(2, 3))


def read_surfaces(document: GLTF2, images: Images) -> tuple[Surface, ...]:
    """Return all materials of a file.

    Raises
    ------
    AssetError
        If a number is none, or a picture cannot be had.
    """
    old = mapped(mapped(document.extensions).get("VRM")).get("materialProperties")
    toon = old if isinstance(old, list) else []
    padding = [None] * max(len(document.materials) - len(toon), 0)
    return tuple(
        _surface(document, images, material, mapped(properties))
        for material, properties in zip(document.materials, [*toon, *padding], strict=False)
    )


def _surface(document: GLTF2, images: Images, material: Any, old: dict[str, Any]) -> Surface:
    """Return a material; `old` is what VRM 0 says of it."""
    given = mapped(material.extensions)
    base = material.pbrMetallicRoughness
    texture = getattr(base, "baseColorTexture", None)
    relief, glowing = material.normalTexture, material.emissiveTexture
    colour = [1.0] * 4 if base is None else base.baseColorFactor or [1.0] * 4
    uv_set, transform = _placing(texture)
    rough, metal = _finish(base)
    mode = text(material.alphaMode)
    return Surface(
        colour=np.clip(numbers(colour, 4, "a base colour"), 0.0, 1.0),
        image=_picture(images, texture),
        normal_map=_picture(images, relief),
        glow_map=_picture(images, glowing),
        normal_scale=number(getattr(relief, "scale", None) or 1.0, "a normal map's scale"),
        glow=_glow(material, given),
        mode=mode if mode in _MODES else "OPAQUE",
        cutoff=number(0.5 if material.alphaCutoff is None else material.alphaCutoff, "a cutoff"),
        two_sided=bool(material.doubleSided),
        unlit="KHR_materials_unlit" in given,
        shadow=_shadow(given, old),
        roughness=rough,
        metallic=metal,
        uv_set=uv_set,
        uv_transform=transform,
        wrap=_wrap(document, texture),
    )


def _picture(images: Images, texture: Any) -> UInt8 | None:
    return None if texture is None else images.of_texture(texture.index)


def _finish(base: Any) -> tuple[float, float]:
    """Return roughness and metalness; where a texture says them, what is usual."""
    if base is None or base.metallicRoughnessTexture is not None:
        return 0.8, 0.0
    rough = 1.0 if base.roughnessFactor is None else base.roughnessFactor
    metal = 1.0 if base.metallicFactor is None else base.metallicFactor
    found = number(rough, "a roughness"), number(metal, "a metalness")
    return min(max(found[0], 0.0), 1.0), min(max(found[1], 0.0), 1.0)


def _glow(material: Any, given: dict[str, Any]) -> Rgb:
    factor = numbers(material.emissiveFactor or [0.0] * 3, 3, "an emission")
    strength = mapped(given.get("KHR_materials_emissive_strength")).get("emissiveStrength", 1.0)
    red, green, blue = np.clip(factor * number(strength, "an emission"), 0.0, 10.0)
    return float(red), float(green), float(blue)


def _shadow(given: dict[str, Any], old: dict[str, Any]) -> Rgb | None:
    """Return the colour of a toon material's shadow, of VRM 1 or 0; None if it is none."""
    toon = given.get("VRMC_materials_mtoon")
    if isinstance(toon, dict):
        factor = numbers(toon.get("shadeColorFactor", [0.0] * 3), 3, "a shade colour")
    elif text(old.get("shader")) == "VRM/MToon":
        usual = [0.97, 0.81, 0.86, 1.0]
        coded = mapped(old.get("vectorProperties")).get("_ShadeColor", usual)
        factor = numbers(coded, 4, "a shade colour")[:3] ** 2.2  # sRGB-coded, unlike all else
    else:
        return None
    red, green, blue = np.clip(np.nan_to_num(factor), 0.0, 1.0)
    return float(red), float(green), float(blue)


def _placing(texture: Any) -> tuple[int, Float64]:
    """Return which texture coordinates a texture takes, and their transform."""
    usual = np.eye(2, 3)
    if texture is None:
        return 0, usual
    moved = mapped(mapped(texture.extensions).get("KHR_texture_transform"))
    uv_set = whole(moved.get("texCoord", texture.texCoord or 0), "a texCoord", 7)
    if not moved:
        return uv_set, usual
    x, y = numbers(moved.get("offset", [0.0, 0.0]), 2, "a texture's offset")
    wide, high = numbers(moved.get("scale", [1.0, 1.0]), 2, "a texture's scale")
    turn = number(moved.get("rotation", 0.0), "a texture's rotation")
    sine, cosine = np.sin(turn), np.cos(turn)
    return uv_set, np.array([[wide * cosine, high * sine, x], [-wide * sine, high * cosine, y]])


def _wrap(document: GLTF2, texture: Any) -> Wrap:
    if texture is None:
        return "repeat"
    sampler = document.textures[texture.index].sampler
    if not isinstance(sampler, int) or not 0 <= sampler < len(document.samplers):
        return "repeat"
    return _WRAPS.get(document.samplers[sampler].wrapS, "repeat")
