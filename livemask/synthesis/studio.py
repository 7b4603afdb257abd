"""Studio: takes the pictures of an order, each with its labels."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.reconstruction.layout import layout_of
from livemask.records import Array, Float64, Int32, UInt8
from livemask.synthesis import background, lens, weather
from livemask.synthesis.eyeballs import flattened
from livemask.synthesis.heads import Heads
from livemask.synthesis.labels import Labeller
from livemask.synthesis.order import Order
from livemask.synthesis.outfits import Outfits
from livemask.synthesis.person import cast
from livemask.synthesis.pixels import Paint, draw
from livemask.synthesis.raster import buffers, clear, fill, fill_strands, samples
from livemask.synthesis.recipe import Recipe, recipe
from livemask.synthesis.staging import HeadMesh, Staged, stage
from livemask.synthesis.textures import cloths, skin, strands

PER_SIDE = 2
"""Samples of a pixel across and down."""

TEXELS = 1024
"""A side of the skin's texture; twice as many for pictures above 512 px."""

ACROSS = 170.0
"""mm of skin that a texture's width holds, on the face."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture.

    Attributes
    ----------
    image : (s, s, 3) uint8
        RGB.
    labels : dict of str to array
        As `docs/synthesize.md` lists them.
    """

    image: UInt8
    labels: dict[str, Array]


class Studio:
    """Makes what every picture needs, once; then each picture from its number alone.

    Parameters
    ----------
    order : Order
    model : MorphableModel
    photos : tuple of Path
        For backgrounds; drawn ones if there are none.
    """

    def __init__(self, order: Order, model: MorphableModel, photos: tuple[Path, ...] = ()) -> None:
        self._order, self._model, self._photos = order, model, photos
        self._heads = Heads(model)
        layout = layout_of(model)
        own = self._heads.own
        self._outfits = Outfits(model, dressed=own)
        self._head = HeadMesh.of(model, layout, flattened(model) if own else None)
        self._skins = skin(model, layout, TEXELS * (2 if order.size > 512 else 1))
        self._strands, self._cloths = strands(), cloths()
        self._grains = lens.grains(order.size)
        self._labeller = Labeller(order, model, self._head)
        self._buffers = buffers(order.size, PER_SIDE)

    def recipe(self, index: int) -> Recipe:
        """Return what picture `index` shows."""
        return recipe(self._order, index, self._model, len(self._heads.beyond))

    def picture(self, index: int) -> Picture:
        """Return picture `index`: the same whenever, wherever and in which order it is made."""
        told = self.recipe(index)
        lights = weather.light(np.random.default_rng([told.seed, 1]), told.skin)
        person = cast(told, self._heads, self._outfits)
        staged = stage(told, person, self._head, self._model, lights)
        behind = np.random.default_rng([told.seed, 2])
        image = background.make(behind, self._order.size, self._photos)
        paint = self._paint(told, lights.lamp, lights.colour + 0.25 * lights.around.sum(0) / np.pi)
        self._draw(staged, paint, image)
        taken = lens.taken(np.random.default_rng([told.seed, 4]), image, self._grains)
        return Picture(taken, self._labeller.labels(told, person, staged))

    def _draw(self, staged: Staged, paint: Paint, image: Array) -> None:
        owner, nearness = self._buffers
        shown = staged.shown
        places = samples(shown.places, PER_SIDE)
        clear(owner, nearness)
        everything(staged, places, (owner, nearness), paint.strands)
        values = np.concatenate(
            [shown.albedo, shown.lit, shown.uv, shown.gleam[:, None], shown.normals, shown.seen], 1
        )
        geometry = places, shown.near, shown.triangles, shown.surface
        draw(geometry, values, tuple(paint), owner, image)

    def _paint(self, told: Recipe, lamp: Float64, colour: Float64) -> Paint:
        """Return pictures and colours, as coarse as the picture shows them."""
        away = -told.camera_from_head[2, 3]
        pixel = away / told.camera.focal / PER_SIDE  # mm of a sample
        level = int(np.clip(np.round(np.log2(pixel * self._skins[0][0].shape[0] / ACROSS)), 0, 5))
        fine = int(np.clip(np.round(np.log2(pixel / 0.25)), 0, 4))
        hair = (0.8 * told.hair).astype(np.float32)
        phase = np.float32(told.seed % 628) / np.float32(100.0)
        own = self._heads.own
        tones = [
            *(0.5 * hair), 0.95 if own else 0.0, *(0.6 * hair), min(told.beard, 0.9),
            *told.iris, told.pupil, phase, *told.second, 0.9, told.freckles, told.gloss,
            *lamp, *colour,
        ]  # fmt: skip
        skin = self._skins[told.brows][level]
        cloth = self._cloths[told.pattern]
        return Paint(skin, self._strands[fine], cloth, np.array(tones, np.float32))


def everything(
    staged: Staged,
    places: Float64,
    into: tuple[Int32, Array],
    strands: UInt8,
) -> None:
    """Draw all triangles of a person into `into`: numbers and nearness."""
    shown = staged.shown
    fill(places, shown.near, shown.triangles[: staged.solid], 0, into)
    hair = shown.uv, shown.alpha, strands
    for first, last in staged.soft:
        some = shown.triangles[first:last]
        fill_strands(places, shown.near, some, first, hair, into)
