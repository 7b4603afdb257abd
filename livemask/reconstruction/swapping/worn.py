"""Worn: the face of one photo, drawn as the head in another photo moves it."""

from typing import NamedTuple

import cv2
import numpy as np

from livemask.light.skin import LINEAR, LUMINANCE
from livemask.masks.face_mesh import smooth
from livemask.masks.swapping.filling import filled
from livemask.reconstruction import views
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.raster import draw
from livemask.reconstruction.shape import Shape
from livemask.reconstruction.swapping.halves import halves_of
from livemask.reconstruction.swapping.meeting import meeting
from livemask.reconstruction.swapping.zones import Zones
from livemask.records import Array, Camera, Float32, Float64, UInt8

FINE, MOST = 2.0, 0.7e6
"""Times as fine as the photo that is drawn, for smooth edges, unless that is more pixels."""

LEAST, SURE, RIM = 0.05, 0.45, 0.25
"""Weight of a place from which on its own colour is looked at, and by how much more it takes
over from its mirror image's; the rim of a cheek, which has colours of what is behind it, needs
so much more of both."""

SOLID = (0.25, 0.85)
"""Weights between which cheek and jaw are put on: what was not seen stays as it is."""

OUTLINE = 0.04
"""Of the face: so near its outline a photo is not trusted."""

SHARP = 1.2
"""Times as fine as what is drawn a photo may be before it is made smaller."""

EYE_TONE = (0.5, 1.6)
"""How much darker or lighter than in their photo eyes and teeth may be."""


Box = tuple[int, int, int, int]

PIXELS, MIRRORED, PLACES = slice(0, 2), slice(2, 4), slice(7, 9)
WEIGHT, OTHER, RATIO = slice(4, 5), slice(5, 6), slice(6, 7)
SHOWN, OPENING, TAKEN, OUTER = slice(9, 10), slice(10, 11), slice(11, 12), slice(12, 13)
PART, FEATURES = slice(13, 14), slice(14, 18)
"""What is drawn of the vertices: `Halves`, where they are in the target, `Zones`; which openings
of the face are filled from its own photo; and with the features the places on the mean face."""


class Worn(NamedTuple):
    """A part of a photo with the drawn face. (h, w, ...) float32; colours linear RGB.

    Attributes
    ----------
    box : (int, int, int, int)
        Left, top, right, bottom in the photo, px.
    colours : (h, w, 3)
        Of the face, in the light of its own photo.
    under : (h, w, 3)
        What the photo shows there.
    face : (h, w)
        1 on what of the face can be put on, and is known.
    alpha : (h, w)
        How much of that is put on.
    inside : (h, w)
        1 on the head, 0 at its outline and beyond, where the photo shows what is behind.
    own : (h, w)
        1 where eyes and mouth are drawn, whose colours are right already.
    features, doubtful : (h, w)
        As in `Zones`.
    places : (h, w, 2)
        x and y on the model's mean face, mm.
    size : float
        Of the face, px.
    """

    box: Box
    colours: Float32
    under: Float32
    face: Float32
    alpha: Float32
    inside: Float32
    own: Float32
    features: Float32
    doubtful: Float32
    places: Float32
    size: float


class Openings(NamedTuple):
    """Whose `eyes` and `mouth` are seen: True for those of the face that is put on."""

    eyes: bool
    mouth: bool


def wear(source: Portrayal, target: Portrayal, zones: Zones, openings: Openings) -> Worn:
    """Draw the face of `source` with pose, expression and form of that of `target`."""
    model, ours, theirs = target.model, Shape.of(target.model, target.fit), _shape(source)
    pixels = meeting(target, ours)
    box = views.box_of(ours, target.frame.size)
    size = float(np.linalg.norm(np.ptp(ours.pixels[model.landmark_vertices[17:]], axis=0)))
    halves = halves_of(source, theirs, meeting(source, theirs))
    camera = views.part_of(target.fit.camera, box)
    scale = float(np.clip((MOST / (camera.size[0] * camera.size[1])) ** 0.5, 1.0, FINE))
    inner = zones.eyes * openings.eyes + zones.mouth * openings.mouth
    columns = np.column_stack(
        [halves.pixels, halves.mirrored, halves.weight, halves.other, halves.ratio,
         np.nan_to_num(pixels, nan=-1e3), zones.shown, zones.eyes + zones.mouth, inner,
         zones.outer, zones.part, zones.features, zones.doubtful, model.mean[:, :2]]
    )  # fmt: skip
    seen = _moved(ours, target.fit.camera, pixels)
    texels = draw(views.scaled(camera, scale), seen, model.triangles, columns).values
    photo = _Photo.of(source, theirs, size * scale)
    return _mixed(texels, photo, target, box, size)


def _shape(given: Portrayal) -> Shape:
    return Shape.of(given.model, given.fit)


def _moved(shape: Shape, camera: Camera, pixels: Float64) -> Float64:
    """Return the vertices (n, 3), camera frame, moved sideways to where `pixels` show them."""
    seen = shape.seen.copy()
    by = np.nan_to_num(pixels - shape.pixels) * (-seen[:, 2:] / camera.focal)
    seen[:, :2] += by * (1.0, -1.0)
    return seen


class _Photo(NamedTuple):
    """The part of a photo around a face, not finer than it is needed."""

    image: UInt8
    corner: Array
    scale: float

    @classmethod
    def of(cls, given: Portrayal, shape: Shape, size: float) -> "_Photo":
        left, top, right, bottom = views.box_of(shape, given.frame.size)
        image = given.frame.image[top:bottom, left:right]
        own = np.ptp(shape.pixels[given.model.landmark_vertices[17:]], axis=0)
        finer = float(np.linalg.norm(own)) / max(size, 1.0)
        scale = 1.0 if finer < SHARP else 1.0 / finer
        if scale < 1.0:
            reduced = [max(1, round(scale * side)) for side in image.shape[1::-1]]
            image = np.asarray(cv2.resize(image, reduced, interpolation=cv2.INTER_AREA), np.uint8)
        return cls(np.ascontiguousarray(image), np.array([left, top]), scale)

    def at(self, places: Float32) -> Float32:
        """Return the linear colours (h, w, 3) at `places` (h, w, 2) px of the whole photo."""
        inside = (places - self.corner.astype(np.float32) + 0.5) * np.float32(self.scale) - 0.5
        x, y = (np.ascontiguousarray(inside[..., i], np.float32) for i in (0, 1))
        shown = cv2.remap(self.image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(LINEAR.astype(np.float32)[shown])


def _mixed(texels: Float32, photo: _Photo, target: Portrayal, box: Box, size: float) -> Worn:
    """Return what is drawn, `texels` (h, w, 18), of the photo's own fineness."""
    left, top, right, bottom = box
    image = target.frame.image
    under = _Photo(image, np.zeros(2), 1.0).at(texels[..., PLACES])
    skin, known = _skin(texels, photo)
    opening, taken = texels[..., OPENING], texels[..., TAKEN] * known
    theirs = skin * np.float32(_tone(skin, under, taken[..., 0]))
    colours = (1.0 - opening) * skin + taken * theirs + (opening - taken) * under
    sure = np.maximum(known * (1.0 - opening), opening)
    shown = texels[..., SHOWN] * (1.0 - texels[..., OUTER] * (1.0 - _step(sure, SOLID)))
    part = shown * texels[..., PART]
    there = np.asarray(texels[..., SHOWN] > 0.0, np.float32)
    planes = (colours * sure, sure, shown, part, opening, texels[..., FEATURES], there)
    small = _averaged([np.asarray(plane * there, np.float32) for plane in planes], right - left)
    weight = np.ascontiguousarray(small[..., 3])
    face = small[..., :3] / np.maximum(weight, 1e-3)[..., None]
    return Worn(
        box,
        colours=filled(np.ascontiguousarray(face), weight),
        under=LINEAR.astype(np.float32)[image[top:bottom, left:right]],
        face=small[..., 4] * small[..., -1],
        alpha=small[..., 5] * small[..., -1],
        inside=_inside(small[..., -1], size),
        own=small[..., 6],
        features=small[..., 7],
        doubtful=small[..., 8],
        places=small[..., 9:11],
        size=size,
    )


def _inside(share: Float32, size: float) -> Float32:
    """Return (h, w) 1 where the head is, all around as well; the border of the photo is none."""
    side = 2 * max(1, round(OUTLINE * size)) + 1
    whole = np.asarray(share > 0.99, np.float32)
    return np.asarray(cv2.erode(whole, np.ones((side, side), np.uint8)), np.float32)


def _skin(texels: Float32, photo: _Photo) -> tuple[Float32, Float32]:
    """Return linear colours (h, w, 3), seen or mirrored, and how well they are known (h, w, 1)."""
    least = LEAST + RIM * texels[..., OUTER]
    own = _step(texels[..., WEIGHT] - least, (0.0, SURE))
    other = (1.0 - own) * _step(texels[..., OTHER] - least, (0.0, SURE))
    mirrored = photo.at(texels[..., MIRRORED]) * texels[..., RATIO]
    shown = own * photo.at(texels[..., PIXELS]) + other * mirrored
    known = own + other
    return np.asarray(shown / np.maximum(known, 1e-6), np.float32), known


def _tone(colours: Float32, under: Float32, there: Array) -> float:
    """Return how much lighter `under` is than `colours`, (h, w, 3), where both are `there`."""
    inside = there > 0.5
    if not inside.any():
        return 1.0
    bright, wanted = (float(np.median(c[inside] @ LUMINANCE)) for c in (colours, under))
    return float(np.clip(wanted / max(bright, 1e-3), *EYE_TONE))


def _step(weight: Array, between: tuple[float, float]) -> Float32:
    """Return 0 below the first, 1 above the second, smoothly."""
    return np.asarray(smooth((weight - between[0]) / (between[1] - between[0])), np.float32)


def _averaged(planes: list[Float32], width: int) -> Float32:
    """Return (h, w, k) `planes` side by side in so many columns, as a share of the last one.

    That says how much of each pixel is there at all.
    """
    small = np.dstack([_reduced(plane, width) for plane in planes])
    small[..., :-1] /= np.maximum(small[..., -1:], 1e-3)
    return small


def _reduced(plane: Float32, width: int) -> Float32:
    """Return (h, w, up to 4) averaged to so many columns."""
    if plane.shape[1] == width:
        return plane
    height = round(plane.shape[0] * width / plane.shape[1])
    return np.asarray(cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA), np.float32)
