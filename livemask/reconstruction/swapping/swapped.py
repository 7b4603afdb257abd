"""Puts the face of one photo into another: drawn, matched, blended."""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.errors import UsageError
from livemask.masks.face_mesh import one_of, smooth
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.swapping.matching import matched
from livemask.reconstruction.swapping.membrane import membrane
from livemask.reconstruction.swapping.worn import Openings, Worn, wear
from livemask.reconstruction.swapping.zones import zones_of
from livemask.records import Array, Float32, UInt8

PARTS = ("eyes", "nose", "mouth")

WHOSE = ("source", "target")

UNLIKE = (0.3, 0.7)
"""Logarithms between which forehead and temples of the two are not both skin: then the hair, the
hat or the shade of the photo stays."""

SOFT, WIDE = 0.008, 0.03
"""Over which what is compared there is averaged, and how far around it counts: of the face."""


EDGE = 0.012
"""Of the face: over which all edges are soft."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is taken over.

    Attributes
    ----------
    parts : tuple of str
        Of `PARTS`; the whole face if empty.
    eyes, mouth : str
        Whose eyeballs are seen between the lids, and whose teeth and tongue between the lips:
        the `source`'s as far as its photo shows them, or the `target`'s own, where it looks.
    """

    parts: tuple[str, ...] = ()
    eyes: str = "target"
    mouth: str = "target"

    def __post_init__(self) -> None:
        """Refuse what is none of these."""
        for part in self.parts:
            if part not in PARTS:
                raise UsageError(f"there is no part {part!r}; parts are {', '.join(PARTS)}.")
        one_of("eyes", self.eyes, WHOSE)
        one_of("mouth", self.mouth, WHOSE)


def swapped(image: UInt8, source: Portrayal, target: Portrayal, wish: Wish | None = None) -> UInt8:
    """Return a photo in which a face is another person's.

    Pose, expression and form of the face, its light and its skin's tone stay; beside the face,
    and beneath hair that hangs into it, not one pixel changes.

    Parameters
    ----------
    image : (h, w, 3) uint8
        The photo of `target`, maybe with other faces exchanged already.
    source, target : Portrayal
        Whose face is put on whom; of one model.
    wish : Wish, optional
        What is taken over; the whole face if left out.

    Returns
    -------
    (h, w, 3) uint8
    """
    asked = wish or Wish()
    zones = zones_of(target.model, tuple(sorted(set(asked.parts))))
    openings = Openings(asked.eyes == "source", asked.mouth == "source")
    worn = wear(source, target, zones, openings)
    colours = matched(worn)
    alpha = worn.alpha * (1.0 - _unlike(worn, colours))
    return _laid(image, worn, colours, np.minimum(alpha, _within(alpha, worn.size)))


def _within(alpha: Array, size: float) -> Array:
    """Return `alpha` (h, w) with soft edges that lie within it."""
    soft = cv2.GaussianBlur(np.asarray(alpha, np.float32), (0, 0), EDGE * size)
    return np.clip(2.0 * soft - 1.0, 0.0, 1.0)


def _unlike(worn: Worn, colours: Float32) -> Float32:
    """Return (h, w) 1 where the two faces cannot both be skin, though both might be hair."""
    soft = max(SOFT * worn.size, 0.6)
    ours, theirs = (
        cv2.GaussianBlur(np.log(np.maximum(c, 0.004)), (0, 0), soft) for c in (colours, worn.under)
    )
    apart = np.abs(ours - theirs).max(axis=2)
    odd = smooth((apart - UNLIKE[0]) / (UNLIKE[1] - UNLIKE[0])) * worn.doubtful
    wide = max(3, int(WIDE * worn.size)) | 1
    around = cv2.dilate(odd.astype(np.float32), np.ones((wide, wide), np.uint8))
    return np.clip(cv2.GaussianBlur(around, (0, 0), 0.4 * WIDE * worn.size + 0.1), 0.0, 1.0)


def _laid(image: UInt8, worn: Worn, colours: Float32, alpha: Array) -> UInt8:
    """Return the photo with the face in it, blended."""
    left, top, right, bottom = worn.box
    made = image.copy()
    under = made[top:bottom, left:right]
    patch, picture = _coded(colours), _coded(worn.under)
    gained = membrane(patch, picture, np.ascontiguousarray(alpha, np.float32), worn.inside)
    face = patch + gained * (1.0 - worn.own)[..., None]
    shown = alpha > 0.0
    share = alpha[shown][:, None]
    mixed = share * 255.0 * np.clip(face[shown], 0.0, 1.0) + (1.0 - share) * under[shown]
    under[shown] = np.rint(mixed).astype(np.uint8)
    return made


def _coded(linear: Float32) -> Float32:
    """Return linear values, 0 to 1, sRGB-coded (IEC 61966-2-1), 0 to 1."""
    low = np.clip(linear, 0.0, 1.0)
    return np.asarray(
        np.where(low <= 0.0031308, 12.92 * low, 1.055 * low ** (1 / 2.4) - 0.055), np.float32
    )
