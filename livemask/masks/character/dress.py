"""Dress: the materials and texture coordinates of a character as livemask draws them."""

import numpy as np

from livemask.gltf.pieces import Piece
from livemask.gltf.surfaces import PLAIN, Surface
from livemask.records import Array, Float32, Material, UInt8
from livemask.surfaces import Finish

STEEP = 4.0
"""How many times as steep as given the edge of what is cut out becomes."""

_ORDER = {"OPAQUE": 0, "MASK": 1, "BLEND": 2}


def order(surface: Surface) -> int:
    """Return when to draw: what is transparent last, over what is not."""
    return _ORDER[surface.mode]


def surface_of(piece: Piece, surfaces: tuple[Surface, ...]) -> Surface:
    """Return how a piece looks."""
    return PLAIN if piece.material is None else surfaces[piece.material]


def material(surface: Surface) -> Material:
    """Return a surface as a material."""
    red, green, blue, alpha = (float(c) for c in surface.colour)
    gloss = 0.0 if surface.shadow else (1.0 - surface.roughness) * (0.3 + 0.5 * surface.metallic)
    return Material(
        look="anime" if surface.shadow and not surface.unlit else "character",
        colour=(red, green, blue),
        texture=_texture(surface, alpha),
        lit=not surface.unlit or surface.shadow is not None,
        specular=gloss,
        exponent=float(np.clip(2.0 / max(surface.roughness, 0.1) ** 4, 4.0, 400.0)),
        opacity=alpha if surface.mode == "BLEND" else 1.0,
        two_sided=surface.two_sided,
        wrap=surface.wrap,
        finish=Finish(
            normal_map=surface.normal_map,
            relief=surface.normal_scale,
            glow=surface.glow,
            glow_map=surface.glow_map if any(surface.glow) else None,
            shadow=surface.shadow or (0.0, 0.0, 0.0),
        ),
    )


def _texture(surface: Surface, alpha: float) -> UInt8 | None:
    """Return its picture with the alpha that its mode asks for; without, where it asks none."""
    image = surface.image
    if image is None or image.shape[2] == 3:
        return image
    if surface.mode == "OPAQUE" or (image[..., 3] == 255).all():
        return np.ascontiguousarray(image[..., :3])
    if surface.mode == "BLEND":
        return image
    cut = (image[..., 3].astype(np.float32) * alpha / 255.0 - surface.cutoff) * STEEP + 0.5
    return np.dstack([image[..., :3], np.clip(255.0 * cut, 0.0, 255.0).astype(np.uint8)])


def uv(piece: Piece, surface: Surface) -> Float32 | None:
    """Return (n, 2) texture coordinates, transformed; None if the piece has none."""
    if surface.uv_set >= len(piece.uv):
        return piece.uv[0] if piece.uv else None
    given, transform = piece.uv[surface.uv_set], surface.uv_transform
    if np.array_equal(transform, np.eye(2, 3)):
        return given
    return np.ascontiguousarray(given @ transform[:, :2].T + transform[:, 2], np.float32)


def colours(piece: Piece, surface: Surface) -> tuple[Float32 | None, Float32 | None]:
    """Return (n, 3) colours and (n,) alphas of the vertices, None where they are all 1."""
    if piece.colours is None:
        return None, None
    rgb, alpha = np.ascontiguousarray(piece.colours[:, :3]), piece.colours[:, 3].copy()
    soft = surface.mode == "BLEND" and bool((alpha < 1.0).any())
    return (None if _whole(rgb) else rgb), (alpha if soft else None)


def _whole(values: Array) -> bool:
    return bool((values == 1.0).all())
