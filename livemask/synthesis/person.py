"""A person of a recipe, posed before the camera: head and all that is worn or held."""

from dataclasses import dataclass, replace

import numpy as np

from livemask.contour import outline
from livemask.geometry import rigid
from livemask.performer.body import body_pose
from livemask.records import Float32, Float64
from livemask.synthesis.heads import Heads
from livemask.synthesis.held import hold
from livemask.synthesis.outfits import Outfits, in_open
from livemask.synthesis.part import Kind, Part
from livemask.synthesis.recipe import Recipe

FULL = 1.0
"""A denser beard stands off the face."""


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Who stands before the camera.

    Attributes
    ----------
    vertices : (n, 3) float32
        As drawn, with the neck bent towards the body; head frame, mm.
    albedo : (n, 3) float32
        Linear RGB.
    passed : (n, 16) float32
    points, outline : (68, 3) float64
        The model's points, head frame, mm; the same with the jaw on the visible outline.
    parts : tuple of Part
        All but the head, in their own frames.
    camera_from_body : (4, 4) float64
        For parts that are `on_body`.
    """

    vertices: Float32
    albedo: Float32
    passed: Float32
    points: Float64
    outline: Float64
    parts: tuple[Part, ...]
    camera_from_body: Float64


def cast(recipe: Recipe, heads: Heads, outfits: Outfits) -> Person:
    """Return the person of a recipe."""
    model = heads.model
    shape = heads.shape(recipe.identity, recipe.beyond)
    vertices = heads.expressed(shape, recipe.expression)
    rows = model.landmark_model
    points = _rows(vertices, heads)
    turn = np.ascontiguousarray(recipe.camera_from_head[:3, :3])
    seen = outline(points, rows.strips, turn)
    albedo = heads.albedo(recipe.albedo, recipe.skin, recipe.lips)
    pose, parts = recipe.camera_from_head, list(_held(recipe, points))
    if outfits.neck is not None:
        pose = _on_neck(recipe, outfits, shape, vertices)
        if recipe.cut:
            cover = 0.94 * outfits.scalp(recipe.cut)[:, None]
            albedo += cover * ((0.8 * recipe.hair).astype(np.float32) - albedo)
        parts += _dressed(recipe, outfits, shape - model.mean, vertices - model.mean)
        parts.append(_lashes(recipe, outfits, vertices))
    worn = recipe.hat or recipe.cut if outfits.neck is not None else ""
    passed = outfits.worn(worn).passed
    return Person(vertices, albedo, passed, points[:68], seen, tuple(parts), pose)


def _rows(vertices: Float32, heads: Heads) -> Float64:
    """Return the rows (N, 3) of `LandmarkModel`: 68 points, then candidates of the outline."""
    model = heads.model
    candidates = np.unique(np.concatenate([np.empty(0, np.int32), *model.contour]))
    rows = np.concatenate([np.maximum(model.landmark_vertices, 0), candidates])
    points = vertices[rows].astype(np.float64)
    points[:68][model.landmark_vertices < 0] = 0.0
    return points


def _on_neck(recipe: Recipe, outfits: Outfits, shape: Float32, vertices: Float32) -> Float64:
    """Bend the neck in `vertices` (n, 3) and return camera_from_body (4, 4)."""
    if outfits.neck is None:
        raise ValueError("nobody without a neck is dressed")
    neck = outfits.neck
    low = neck.own[neck.share[:, 0] > 0.9]
    base = neck.base + (shape[low] - outfits.mean[low]).mean(0)
    replace(neck, base=base).bend(vertices, recipe.camera_from_head)
    return body_pose(recipe.camera_from_head, base) @ rigid(np.eye(3), -base)


def _dressed(recipe: Recipe, outfits: Outfits, rest: Float32, now: Float32) -> list[Part]:
    """Return what goes with a head whose vertices lie `rest` and `now` (n, 3) beside the mean's."""
    parts = [outfits.body.on(rest).coloured(recipe.cloth)]
    if recipe.hat:
        parts += [p.on(rest).coloured(recipe.worn) for p in outfits.worn(recipe.hat).parts]
    if recipe.glasses:
        frame, *lenses = (p.on(rest) for p in outfits.glasses(recipe.glasses))
        parts += [frame.coloured(recipe.worn), *lenses]
    if recipe.cut:
        parts += [p.on(rest).coloured(recipe.hair) for p in outfits.worn(recipe.cut).parts]
    if recipe.beard > FULL:
        parts.append(outfits.beard().on(now).coloured(recipe.hair))
    return parts


def _lashes(recipe: Recipe, outfits: Outfits, vertices: Float32) -> Part:
    lashes = outfits.lashes.coloured(0.35 * recipe.hair)
    return replace(lashes, vertices=outfits.fringe.grow(vertices))


def _held(recipe: Recipe, points: Float64) -> list[Part]:
    if not recipe.held:
        return []
    random = np.random.default_rng([recipe.seed, 3])
    return [in_open(hold(recipe.held, random, points[:68], recipe.skin))]


def is_hair(part: Part) -> bool:
    """Tell whether there are gaps in a part: hair, beard, lashes."""
    return part.kind is Kind.HAIR or bool((part.alpha < 1.0).any())
