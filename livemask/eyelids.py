"""Lids that meet: the move that closes an eye, made to measure for the shape of a head.

The expression `eyeBlink*` closes the eye of the mean head. On another one it stops short, or the
lids pass one another. Which factor it needs at each place across the eye is told by the rims of
the two lids: how far apart they are, and how far the expression brings them together.
"""

from dataclasses import dataclass

import numpy as np

from livemask.arrays import Array, Float32, Float64, Int32
from livemask.landmarks import LEFT_EYE, RIGHT_EYE

OVERLAP = 0.25
"""mm by which closed lids pass one another, so that no light falls between."""

LEAST_MOVE = 2.5
"""mm: where the expression brings the lids together by less, near the corners, the factor is that
of the nearest place where it does by more."""

MOST = 1.5
"""The factor is never greater, nor less than its inverse."""

ENDS = 2
"""Vertices of a rim, at least, between which the other one's places can be told."""

REACH, RINGS = 1.2, 14
"""How far from its middle an eye's lids reach, in its widths; how many rings of edges lie between
the seam behind the lids and the skin before them, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Eyelids:
    """The lids of one eye.

    Attributes
    ----------
    row : int
        Of the expression that closes them.
    moved : (v,) int32
        Vertices that it moves.
    by : (v, 3) float32
        Its displacements on the mean head, mm.
    upper, lower : (u,) and (l,) int32
        The vertices of the two rims, from one corner to the other.
    upper_by, lower_by : (u, 2) and (l, 2) float32
        x and y of their displacements.
    """

    row: int
    moved: Int32
    by: Float32
    upper: Int32
    lower: Int32
    upper_by: Float32
    lower_by: Float32

    @classmethod
    def of(cls, row: int, blink: Float32, rims: tuple[Int32, Int32]) -> "Eyelids":
        """Gather what the expression of a row, `blink` (n, 3), moves; `rims` as below."""
        moved = np.flatnonzero(blink.any(axis=1)).astype(np.int32)
        upper, lower = rims
        return cls(row, moved, blink[moved], upper, lower, blink[upper, :2], blink[lower, :2])

    def among(self, new: Int32) -> "Eyelids":
        """Return what is left of them where `new` (n,) is the number of each vertex, -1 of none."""
        moved, upper, lower = (new[v] >= 0 for v in (self.moved, self.upper, self.lower))
        return Eyelids(
            self.row,
            new[self.moved[moved]],
            self.by[moved],
            new[self.upper[upper]],
            new[self.lower[lower]],
            self.upper_by[upper],
            self.lower_by[lower],
        )

    def closing(self, shape: Float32) -> Float32:
        """Return the displacements (v, 3) mm that close the eye of a head `shape` (n, 3)."""
        if min(len(self.upper), len(self.lower)) < ENDS:
            return self.by
        upper, lower = shape[self.upper, :2], shape[self.lower, :2]
        across, apart = _apart(upper, lower)
        _, left = _apart(upper + self.upper_by, lower + self.lower_by)
        closes = apart - left
        sure = closes > LEAST_MOVE
        if not sure.any():
            return self.by
        factor = np.clip((apart[sure] + OVERLAP) / closes[sure], 1.0 / MOST, MOST)
        order = np.argsort(across[sure])
        share = np.interp(shape[self.moved, 0], across[sure][order], factor[order])
        return np.asarray(self.by * share[:, None], np.float32)


def find_eyelids(
    mean: Float32, triangles: Int32, skin: Int32, landmark_vertices: Int32, blinks: dict[int, Array]
) -> tuple[Eyelids, ...]:
    """Return the lids of both eyes, or none where a model's eyes are not open seams in its skin.

    Parameters
    ----------
    mean : (n, 3) float32
        mm, head frame.
    triangles : (t, 3) int32
        Of the model.
    skin : (s,) int32
        Its vertices without eyeballs and mouth.
    landmark_vertices : (68,) int32
        Of the model.
    blinks : dict of int to (n, 3) float32
        By its row, what each of the two expressions that close an eye moves by, the right first.
    """
    found = []
    for (row, blink), eye in zip(blinks.items(), (RIGHT_EYE, LEFT_EYE), strict=False):
        corners = landmark_vertices[eye]
        rim = _rim(mean, triangles, skin, mean[corners]) if (corners >= 0).all() else None
        if rim is not None:
            found.append(Eyelids.of(row, blink, rim))
    return tuple(found)


def _rim(mean: Float32, triangles: Int32, skin: Int32, eye: Float32) -> tuple[Int32, Int32] | None:
    """Return the upper and the lower rim: of the rings about the seam the narrowest."""
    near = np.zeros(len(mean), np.bool_)
    near[skin] = True
    reach = REACH * float(np.linalg.norm(eye[0] - eye[3]))
    near &= np.linalg.norm(mean - eye.mean(axis=0), axis=1) < reach
    edges, seam = _edges(triangles[near[triangles].any(axis=1)], near)
    best, narrowest = None, np.inf
    for ring in _rings(edges, seam):
        lids = _parted(mean, ring)
        if min(map(len, lids)) < 5:
            continue
        _, apart = _apart(mean[lids[0], :2], mean[lids[1], :2])
        if apart.max() < narrowest:
            best, narrowest = lids, float(apart.max())
    return best


def _edges(triangles: Int32, near: Array) -> tuple[Array, Array]:
    """Return the edges (e, 2) between vertices that are `near`, and the vertices of open ones."""
    sides = np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, ::2]]))
    sides = sides.astype(np.int64)
    keys, counts = np.unique(sides[:, 0] * len(near) + sides[:, 1], return_counts=True)
    edges = np.stack(np.divmod(keys, len(near)), axis=1)
    inside = near[edges].all(axis=1)
    return edges[inside], np.unique(edges[inside & (counts == 1)])


def _rings(edges: Array, seam: Array) -> list[Array]:
    """Return the vertices that lie one edge from the seam, two, three..."""
    known, rings = set(seam.tolist()), [seam]
    while len(rings) <= RINGS and len(rings[-1]):
        touch = np.isin(edges, rings[-1])
        beyond = np.setdiff1d(edges[touch.any(axis=1)], list(known))
        known |= set(beyond.tolist())
        rings.append(beyond)
    return rings[1:]


def _parted(mean: Float32, ring: Array) -> tuple[Int32, Int32]:
    """Return the vertices of a ring above the line between its corners and below, by x."""
    if len(ring) < 3:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    ring = ring[np.argsort(mean[ring, 0])].astype(np.int32)
    x, y = mean[ring, 0], mean[ring, 1]
    above = y > np.interp(x, x[[0, -1]], y[[0, -1]])
    return ring[above], ring[~above]


def _apart(upper: Float32, lower: Float32) -> tuple[Float64, Float64]:
    """Return where (u,) along x the points of the upper rim lie, and how far above the lower."""
    order = np.argsort(lower[:, 0])
    below = np.interp(upper[:, 0], lower[order, 0], lower[order, 1])
    return upper[:, 0].astype(np.float64), np.asarray(upper[:, 1] - below)
