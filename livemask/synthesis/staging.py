"""A person as what kernels draw: all vertices before the camera, lit, in one set of arrays."""

from typing import NamedTuple

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.reconstruction.layout import Layout
from livemask.records import Array, Camera, Float32, Float64, Int32, UInt8
from livemask.synthesis.lighting import SOFT, Lights, lit_by_lamp, shine, spread
from livemask.synthesis.part import Kind, Part, Surface
from livemask.synthesis.person import Person, is_hair
from livemask.synthesis.pixels import Shown
from livemask.synthesis.recipe import Recipe

DIM = 0.03
"""A lamp that gives less than this throws no shadows."""

_KINDS = {
    "eyes": (Kind.EYES, Surface.EYES),
    "teeth": (Kind.MOUTH, Surface.WET),
    "tongue": (Kind.MOUTH, Surface.WET),
    "mouth": (Kind.MOUTH, Surface.WET),
}


class HeadMesh(NamedTuple):
    """What never changes of a model's head.

    Attributes
    ----------
    layout : Layout
    triangles : (t, 3) int32
        Of the model's vertices; those of the layout are of its corners.
    rest : (n, 3) float32
        Normals at rest.
    uv : (r, 2) float32
        The layout's, but of eyes the angle from the iris' middle, rad.
    kind, surface : (t,) uint8
    """

    layout: Layout
    triangles: Int32
    rest: Float32
    uv: Float32
    kind: UInt8
    surface: UInt8

    @classmethod
    def of(cls, model: MorphableModel, layout: Layout, eyes: Float32 | None) -> "HeadMesh":
        """Gather it; `eyes` (n, 2) as `eyeballs.flattened` returns, None leaves them as painted."""
        part = np.zeros(len(model.mean), np.uint8)
        surface = np.zeros(len(model.mean), np.uint8)
        part[:], uv = Kind.SKIN, layout.uv.copy()
        for name, (kind, look) in _KINDS.items():
            own = model.parts.get(name, np.empty(0, np.int32))
            part[own], surface[own] = kind, look
        if eyes is None:
            surface[surface == Surface.EYES] = Surface.WET
        else:
            of_eyes = surface[layout.vertices] == Surface.EYES
            uv[of_eyes] = eyes[layout.vertices[of_eyes]]
        first = model.triangles[:, 0]  # lips, between skin and mouth, are as their first corner
        rest = model.normals(model.mean)
        return cls(layout, model.triangles, rest, uv, part[first], surface[first])


class Staged(NamedTuple):
    """A person before the camera.

    Attributes
    ----------
    shown : Shown
        In px. The head's triangles come first, then those of parts.
    seen, normals : (n, 3) float32
        The head's own vertices and their normals, camera frame, mm.
    solid : int
        How many triangles have no gaps; those of hair follow.
    soft : tuple of (int, int)
        First and last triangle of each part with gaps.
    lashes : int
        From which triangle on nothing but lashes follows: they are in no label.
    """

    shown: Shown
    seen: Float32
    normals: Float32
    solid: int
    soft: tuple[tuple[int, int], ...]
    lashes: int


def stage(
    recipe: Recipe, person: Person, head: HeadMesh, model: MorphableModel, lights: Lights
) -> Staged:
    """Put a person before the camera of a recipe, and light it."""
    turn = recipe.camera_from_head
    seen = _moved(turn, person.vertices)
    now = model.normals(person.vertices)
    lit = _lit(person.passed, head.rest, now, turn[:3, :3], lights)
    parts = sorted(person.parts, key=is_hair)
    free = _open(person.passed)
    blocks = [
        _Block(seen, now, lit, person.albedo, np.zeros(0), np.zeros(0), free, np.zeros_like(free))
    ]
    blocks += [_block(part, turn, person.camera_from_body, lights) for part in parts]
    _shine(blocks, head, parts, lights)
    whole = _joined(blocks, head, parts, recipe.camera)
    counts = np.cumsum([len(head.triangles), *(len(p.triangles) for p in parts)]).tolist()
    soft = [(counts[i], counts[i + 1]) for i, p in enumerate(parts) if is_hair(p)]
    solid = soft[0][0] if soft else counts[-1]
    lashes = soft[-1][0] if soft and parts[-1].kind is Kind.SKIN else counts[-1]
    return Staged(whole, seen, now, solid, tuple(soft), lashes)


class _Block(NamedTuple):
    """Vertices of one surface, camera frame; `free` (n,) is how much of the sky each sees."""

    seen: Float32
    normals: Float32
    lit: Float32
    albedo: Float32
    uv: Array
    alpha: Array
    free: Float32
    gleam: Float32


def _open(passed: Float32) -> Float32:
    return np.clip(passed[:, 0] * np.float32(3.544908), 0.0, 1.0) ** 2


def _moved(transform: Float64, points: Float32) -> Float32:
    turn, move = transform[:3, :3].astype(np.float32), transform[:3, 3].astype(np.float32)
    return points @ turn.T + move


def _block(part: Part, head: Float64, body: Float64, lights: Lights) -> _Block:
    transform = body if part.on_body else head
    now = part.normals.copy()
    lit = _lit(part.passed, part.normals, now, transform[:3, :3], lights)
    seen = _moved(transform, part.vertices)
    free = _open(part.passed)
    gleam = np.zeros_like(free)
    return _Block(seen, now, lit, part.albedo, part.uv, part.alpha, free, gleam)


def _lit(
    passed: Float32, rest: Float32, now: Float32, rotation: Float64, lights: Lights
) -> Float32:
    """Return the light from all around on vertices (n, 3); turns `now` to the camera's frame."""
    found = np.empty((len(now), 3), np.float32)
    spread(passed, rest, now, rotation.astype(np.float32), lights.seen_from(rotation), found)
    return found


def _shine(blocks: list[_Block], head: HeadMesh, parts: list[Part], lights: Lights) -> None:
    """Add the light of the lamp to all blocks, with shadows if it is bright enough."""
    ends = np.cumsum([len(b.seen) for b in blocks])
    reached = np.concatenate([b.free for b in blocks])
    if lights.colour.max() > DIM:
        meshes = [head.triangles, *(p.triangles for p in parts)]
        starts = [0, *ends[:-1].tolist()]
        casting = np.concatenate([t + s for t, s in zip(meshes, starts, strict=True)])
        everything = np.concatenate([b.seen for b in blocks])
        reached = lit_by_lamp(everything, casting.astype(np.int32), lights.lamp)
    lamp, colour = lights.lamp.astype(np.float32), lights.colour.astype(np.float32)
    surfaces = [Surface.SKIN, *(p.surface for p in parts)]
    for block, own, surface in zip(blocks, np.split(reached, ends[:-1]), surfaces, strict=True):
        soft = np.array(SOFT if surface == Surface.SKIN else (0.0, 0.0, 0.0), np.float32)
        shine(block.normals, block.seen, own, lamp, colour, soft, block.lit, block.gleam)


def _joined(blocks: list[_Block], head: HeadMesh, parts: list[Part], camera: Camera) -> Shown:
    """Return all blocks as one set of arrays; the head's vertices are the layout's corners."""
    rows, first = head.layout.vertices, blocks[0]
    corners = len(rows)

    def all_of(name: str) -> Array:
        return np.concatenate([getattr(first, name)[rows], *(getattr(b, name) for b in blocks[1:])])

    seen = all_of("seen")
    starts = np.cumsum([corners, *(len(b.seen) for b in blocks[1:])])[:-1]
    meshes = [p.triangles + start for p, start in zip(parts, starts.tolist(), strict=True)]
    depth = -seen[:, 2].astype(np.float64)
    near = 1.0 / np.where(depth > 1.0, depth, np.inf)
    places = seen[:, :2] * (camera.focal * near)[:, None] * (1.0, -1.0) + camera.centre
    each = [len(p.triangles) for p in parts]
    return Shown(
        places,
        near,
        seen,
        all_of("normals"),
        all_of("lit"),
        all_of("albedo"),
        all_of("gleam"),
        np.concatenate([head.uv, *(b.uv for b in blocks[1:])]),
        np.concatenate([np.ones(corners, np.float32), *(b.alpha for b in blocks[1:])]),
        np.concatenate([head.layout.triangles, *meshes]).astype(np.int32),
        np.r_[head.surface, np.repeat([int(p.surface) for p in parts], each)].astype(np.uint8),
        np.r_[head.kind, np.repeat([int(p.kind) for p in parts], each)].astype(np.uint8),
    )
