"""Character: a head with all that grows on it, built once, ready to be moved by a face."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

import numpy as np
from scipy.spatial import cKDTree

from livemask import plugins
from livemask.cropping import crop
from livemask.geometry import vertex_normals
from livemask.masks.avatars.canvas import PLAIN, Canvas, flat
from livemask.masks.avatars.eyes import Eyes, Iris, eyes
from livemask.masks.avatars.growing import Grown, grown
from livemask.masks.avatars.lashes import Line, lashes
from livemask.masks.avatars.occlusion import openness
from livemask.masks.avatars.sculpting import Move, sculpted
from livemask.masks.avatars.solids import Solid, joined
from livemask.masks.avatars.thinning import thinned
from livemask.masks.avatars.tints import mix, step, tint
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, UInt8

LEAST, LEAST_BETWEEN = 0.40, 0.58
"""What is left of the light where none gets to: on a head, and between hairs, which pass it on."""

MOVING = 30.0
"""mm from eyes and mouth within which what is hidden at rest may come out."""

GUM, TOOTH, TONGUE = tint("#7a2530"), tint("#fff8ec"), tint("#d9606a")


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What a character's file says.

    Attributes
    ----------
    moves : tuple of Move
        That make its head of the mean head.
    iris : Iris
    lashes : Line
    skin : callable
        (n, 3) places on the sculpted head -> (n, 3) linear colours.
    paint : callable
        Paints on a canvas; also gets the sculpted head.
    growth : callable
        Sculpted head -> what moves with its skin.
    crest : callable
        Sculpted head -> what keeps its shape: hair, horns, ears.
    gloss, shine : float
        Highlights of skin and crest, 0 to 1.
    gleam : float
        Size of the spots of light on the eyes, shares of the ball's radius.
    size : float
        Times as large as the head that it was made from, to cover the hair of who wears it.
    """

    moves: tuple[Move, ...]
    iris: Iris
    lashes: Line
    skin: Callable[[Float32], Array]
    paint: Callable[[Canvas, MorphableModel], None]
    growth: Callable[[MorphableModel], list[Grown]]
    crest: Callable[[MorphableModel], list[Solid]]
    gloss: float
    shine: float
    gleam: float
    size: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Character:
    """What is drawn.

    Attributes
    ----------
    design : Design
    plain : MorphableModel
        The head that it was made from.
    model : MorphableModel
        Sculpted, with what grows on it.
    uv : (n, 2) float32
    colours : (n, 3) float32
        Of `model`, with the shadows that it casts on itself.
    picture : (s, s, 3) uint8
    crest : Solid
    crest_normals : (c, 3) float32
    eyes : Eyes
    """

    design: Design
    plain: MorphableModel
    model: MorphableModel
    uv: Float32
    colours: Float32
    picture: UInt8
    crest: Solid
    crest_normals: Float32
    eyes: Eyes


@lru_cache(maxsize=1)
def plain_head() -> MorphableModel:
    """Return the shipped head."""
    return cast("MorphableModel", plugins.create("models", "head"))


def build(design: Design) -> Character:
    """Return the character of a design."""
    plain = plain_head()
    bare = sculpted(plain, design.moves)
    model = grown(bare, [*lashes(bare, design.lashes), *design.growth(bare)])
    crest = joined(design.crest(bare))
    eyeballs = eyes(plain, design.moves, design.iris)
    canvas = Canvas()
    design.paint(canvas, bare)
    uv = np.tile(PLAIN.astype(np.float32), (len(model.mean), 1))
    skin = bare.parts["skin"]
    uv[skin] = flat(bare.mean[skin])
    light, crest_light, eye_light = _shadows(model, len(bare.mean), crest, eyeballs)
    colours = _painted(design, bare, model) * light[:, None]
    shown = _shown(bare, light)
    body, left = thinned(crop(model, shown), colours[shown])
    kept = np.flatnonzero(shown)[left]
    return Character(
        design,
        plain,
        body,
        np.ascontiguousarray(uv[kept]),
        np.ascontiguousarray(colours[kept], np.float32),
        canvas.done(),
        replace(crest, colours=crest.colours * crest_light[:, None]),
        crest.normals(),
        _shaded(eyeballs, eye_light),
    )


def _shown(bare: MorphableModel, light: Float32) -> Array:
    """Return which vertices of a model may ever be seen: skin deep under hair or fur is not."""
    dark = np.zeros(len(light), np.bool_)
    dark[bare.parts["skin"]] = True
    near, _ = cKDTree(bare.mean[bare.landmark_vertices[36:]]).query(bare.mean)
    dark[: len(bare.mean)] &= np.asarray(near) > MOVING
    return np.asarray(~(dark & (light < LEAST + 0.03)))


def _painted(design: Design, bare: MorphableModel, model: MorphableModel) -> Array:
    """Return (n, 3) linear colours without light."""
    colours = model.albedo.astype(np.float64)
    skin = bare.parts["skin"]
    colours[skin] = design.skin(bare.mean[skin])
    inner = bare.parts["mouth"]
    front = step(bare.mean[inner, 2] - bare.mean[skin, 2].max(), -32.0, -12.0)
    colours[inner] = mix(GUM, design.skin(bare.mean[inner]), front)
    colours[bare.parts["teeth"]], colours[bare.parts["tongue"]] = TOOTH, TONGUE
    return colours


def _shadows(model: MorphableModel, bare: int, crest: Solid, eyeballs: Eyes) -> tuple[Float32, ...]:
    """Return what is left of the light on each vertex of head, crest and eyes.

    The first `bare` vertices of `model` are the head.
    """
    normals = np.empty_like(model.mean)
    vertex_normals(model.mean, model.triangles, normals)
    pieces = (
        (model.mean, normals, model.triangles),
        (crest.vertices, crest.normals(), crest.triangles),
        (eyeballs.vertices, eyeballs.normals, eyeballs.triangles),
    )
    starts = np.cumsum([0] + [len(p[0]) for p in pieces])
    triangles = np.concatenate([p[2] + s for p, s in zip(pieces, starts, strict=False)])
    share = openness(
        np.concatenate([p[0] for p in pieces]),
        np.concatenate([p[1] for p in pieces]),
        np.ascontiguousarray(triangles, np.int32),
    )
    inside = np.concatenate([model.parts[p] for p in ("mouth", "teeth", "tongue")])
    share[inside] = np.clip((model.mean[inside, 2] - 45.0) / 55.0, 0.12, 1.0)
    least = np.full(len(share), LEAST)
    least[bare : starts[2]] = LEAST_BETWEEN
    light = least + (1.0 - least) * np.clip(1.2 * share, 0.0, 1.0)
    return tuple(np.split(light.astype(np.float32), starts[1:-1]))


def _shaded(eyeballs: Eyes, light: Float32) -> Eyes:
    """Return the eyes with their sockets' shadow, softened: they must stay alive."""
    soft = 0.5 + 0.5 * light[:, None]
    return Eyes(
        eyeballs.vertices,
        eyeballs.normals,
        eyeballs.triangles,
        eyeballs.colours * soft,
        eyeballs.picture,
        eyeballs.directions,
    )
