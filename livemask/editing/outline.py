"""How the surroundings of a head follow it: its outline takes them along, ever less further out.

What is beside a head, hair and background, has no shape that is known. Each point of the new
outline comes from a point of the old one; what is around is drawn along, and stands still from
some way off on (after Fried et al. 2016, "Perspective-aware manipulation of portrait photos").
"""

from collections.abc import Callable

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from livemask.editing.easel import Easel
from livemask.editing.motion import Motion
from livemask.editing.pair import Pair
from livemask.masks.swapping.filling import filled
from livemask.records import Array, Camera, Float32, Float64

BENDS = 25.0
"""mm: two points of outlines that look opposite ways are as far from one another as this."""

EVEN = 7.0
"""mm along the outline over which its moves are evened."""

SWUNG, BENT = (75.0, 2.6), (60.0, 2.2)
"""mm around skull and face up to which they take things along, at least, and in lengths of the
longest move: the less, the more these are squeezed."""

STILL = 0.01
"""px: less is no move."""

HELD = 0.3
"""How far the neck stays from where on it does not swing with the skull."""


def around(motion: Motion, easel: Easel, pair: Pair, size: tuple[int, int]) -> Float32:
    """Return (h, w, 2) from where, relative to each pixel, what is beside the head comes.

    Parameters
    ----------
    motion : Motion
        The changed head.
    easel : Easel
        On which it is drawn.
    pair : Pair
        The head before and after.
    size : (int, int)
        Of the photo, px; nothing is drawn in from beyond its borders.

    Returns
    -------
    (h, w, 2) float32
        px of the photo.
    """
    still = np.zeros((*motion.there.shape, 2), np.float32)
    line = _outline(motion.there)
    if line is None:
        return still
    swing = _swing(pair, easel)
    moves = _moves(line, motion, easel, swing)
    if np.abs(moves).max() < STILL and np.abs(swing(line) - line).max() < STILL:
        return still
    grid = np.stack(np.meshgrid(*map(np.arange, still.shape[1::-1])), axis=2)
    whole = (swing(grid.reshape(-1, 2)) - grid.reshape(-1, 2)).reshape(grid.shape)
    bent = _spread(line, moves - (swing(line) - line), easel, motion.there)
    skull = motion.head & (motion.neck < HELD)
    moved = whole * _fading(skull, easel, whole[motion.head], SWUNG)[..., None] + bent
    return _kept_in((moved / easel.scale).astype(np.float32), easel, size)


def _spread(line: Float64, moves: Float64, easel: Easel, there: Array) -> Float32:
    """Return (h, w, 2) the moves (c, 2) of the points of a line, carried outwards, fading."""
    sown, known = np.zeros((*there.shape, 3), np.float32), np.zeros(there.shape, np.float32)
    columns, rows = np.rint(line).astype(int).T
    sown[rows, columns, :2], known[rows, columns] = moves, 1.0
    spread = cv2.GaussianBlur(filled(sown, known), (0, 0), max(EVEN / easel.mm / 2.0, 1.0))
    return np.asarray(spread[..., :2] * _fading(there, easel, moves, BENT)[..., None])


def _swing(pair: Pair, easel: Easel) -> Callable[[Array], Float64]:
    """Return what takes points (p, 2) px of the maps back to where the tilted head had them."""
    heads = (pair.before.points, pair.after.points)
    before, after = (_middle_of(points, easel.camera) for points in heads)
    turn = np.array(
        [[np.cos(pair.roll), -np.sin(pair.roll)], [np.sin(pair.roll), np.cos(pair.roll)]]
    )
    return lambda points: (points - after) @ turn.T + before


def _outline(there: Array) -> Float64 | None:
    """Return the points (c, 2) of the longest outline of what is `there` (h, w), px of the maps."""
    lines, _ = cv2.findContours(there.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not lines:
        return None
    longest = max(lines, key=cv2.contourArea)[:, 0].astype(np.float64)
    return longest if len(longest) >= 16 else None


def _moves(
    line: Float64, motion: Motion, easel: Easel, swing: Callable[[Array], Float64]
) -> Float64:
    """Return (c, 2) from where, relative to itself, each point of a line comes, px of the maps.

    Where face or neck end in the midst of the head, from where they ended before, or from the
    old outline of the head if that was behind it; where they hide what is behind, from a like
    place of the old outline.
    """
    new, old = _outline(motion.head), _outline(motion.head_before)
    if new is None or old is None:
        return np.zeros_like(line)
    columns, rows = line.astype(int).T
    own = line + (motion.own.places - easel.places())[rows, columns] * easel.scale
    _, nearest = cKDTree(old).query(own)
    behind = (motion.own.turned[rows, columns] < 0.0)[:, None]
    moves = np.where(behind, old[nearest], own) - line
    edge = ~motion.smooth[rows, columns]
    _, beside = cKDTree(new).query(line[edge])
    moves[edge] = _drift(new, old, motion, easel, swing)[beside]
    return np.asarray(gaussian_filter1d(moves, EVEN / easel.mm, axis=0, mode="wrap"))


def _drift(
    new: Float64, old: Float64, motion: Motion, easel: Easel, swing: Callable[[Array], Float64]
) -> Float64:
    """Return (o, 2) from where on the old outline each point of the new one comes, px."""
    columns, rows = new.astype(int).T
    bend, wide = BENDS / easel.mm / 2.0, EVEN / easel.mm
    stays = motion.neck[rows, columns, None]
    across = _normals(new, wide)
    expected = stays * new + (1.0 - stays) * swing(new)
    looking = stays * across + (1.0 - stays) * (swing(new + across) - swing(new))
    tree = cKDTree(np.column_stack([old, bend * _normals(old, wide)]))
    _, nearest = tree.query(np.column_stack([expected, bend * looking]))
    return np.asarray(old[nearest] - new)


def _middle_of(points: Float64, camera: Camera) -> Float64:
    """Return where a camera sees the middle of the head, px."""
    middle = 0.5 * (points.min(axis=0) + points.max(axis=0))
    return np.asarray(camera.centre + camera.focal * middle[:2] / -middle[2] * (1.0, -1.0))


def _normals(line: Float64, wide: float) -> Float64:
    """Return unit vectors (c, 2) across a closed line."""
    smooth = gaussian_filter1d(line, max(wide / 2.0, 1.0), axis=0, mode="wrap")
    along = np.roll(smooth, -1, axis=0) - np.roll(smooth, 1, axis=0)
    across = np.column_stack([along[:, 1], -along[:, 0]])
    return np.asarray(across / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9))


def _fading(there: Array, easel: Easel, moves: Array, how: tuple[float, float]) -> Float32:
    """Return (h, w) 1 where something is `there`, falling to 0 where it takes nothing along."""
    longest = float(np.linalg.norm(moves, axis=-1).max(initial=0.0))
    reach = max(how[0] / easel.mm, how[1] * longest)
    off = cv2.distanceTransform((~there).astype(np.uint8), cv2.DIST_L2, 5)
    near = np.clip(1.0 - off / np.float32(reach), 0.0, 1.0)
    return np.asarray(near * near * (3.0 - 2.0 * near), np.float32)


def _kept_in(moved: Float32, easel: Easel, size: tuple[int, int]) -> Float32:
    """Return moves that end at the photo's borders: what is cut there is not torn off."""
    places = easel.places()
    for axis in (0, 1):
        room = np.minimum(places[..., axis], size[axis] - 1.0 - places[..., axis])
        longest = max(2.0 * float(np.abs(moved[..., axis]).max()), 1.0)
        near = np.clip(room / np.float32(longest), 0.0, 1.0)
        moved[..., axis] *= near * (2.0 - near)
    return moved
