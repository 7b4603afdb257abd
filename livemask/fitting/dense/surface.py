"""Surface: the vertices of a head that are compared with the picture, evenly spread."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64

SPACING = 4.0
"""mm between neighbours."""

ON_THE_FACE = 0.8
"""Least `face_weight`: neither ears nor hair nor neck."""

FROM_EYES = 2.0
"""mm from the eyeballs: lids and lashes hide what the model knows there."""

DARKEST = 0.01
"""Least albedo, so that it has a logarithm."""

STAINS, STAIN_SIZE = 30, 30.0
"""How many in each channel, and mm within which brightness differs alike."""

STAIN_SIGMAS = 0.15, 0.045
"""Of brightness and of tint, logarithms."""

UNSEEN = ("eyeLook", "tongue")
"""Expressions that neither skin nor points show."""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Rows of a morphable model; n vertices, k identity and q expression components.

    Attributes
    ----------
    vertices : (n,) int64
        Which they are.
    mean : (3, n) float32
        Head frame, mm.
    moves : (k + q, 3, n) float32
        Of identity, then of `active` expressions, mm.
    bends : (k + q, 3, n) float32
        What each adds to the normals of the mean, to first order.
    active : (q,) int64
        Which expressions.
    sigmas : (q,) float64
        Of their priors.
    bounds : (q, 2) float64
        Least and greatest coefficient of each.
    albedo : (2, n) float32
        Logarithm of green, and of red over green.
    tones : (a, 2, n) float32
        What one standard deviation of each albedo component adds to it.
    stains : (s, 2, n) float32
        What neither the model's albedo nor its light explains, see `stains`; the same of it.
    """

    vertices: Array
    mean: Float32
    moves: Float32
    bends: Float32
    active: Array
    sigmas: Float64
    bounds: Float64
    albedo: Float32
    tones: Float32
    stains: Float32

    @classmethod
    def of(cls, model: MorphableModel) -> "Surface":
        """Choose the vertices of a model: takes a third of a second."""
        rows = spread(model)
        active = np.array(
            [i for i, name in enumerate(model.expression_names) if not name.startswith(UNSEEN)],
            np.int64,
        )
        moves = [*model.identity, *model.expressions[active]]
        colour = np.maximum(model.albedo[rows].T, DARKEST)
        change = model.albedo_components[:, rows].transpose(0, 2, 1) / colour
        return cls(
            rows,
            np.ascontiguousarray(model.mean[rows].T),
            _stack([move[rows] for move in moves], len(rows)),
            _stack(_bends(model, moves, rows), len(rows)),
            active,
            model.expression_sigmas[active].astype(np.float64),
            model.expression_bounds[active].astype(np.float64),
            two_channels(np.log(colour), 0),
            two_channels(change, 1),
            stains(model.mean[rows].astype(np.float64)),
        )

    @property
    def shades(self) -> Float32:
        """(a + s, 2, n) float32: tones, then stains."""
        return np.concatenate([self.tones, self.stains])


def stains(points: Float64) -> Float32:
    """Return the (s, 2, n) commonest of soft random stains at `points` (n, 3), mm.

    Beards, cast shadows, make-up and gloss darken or redden what lies together: a Gaussian process
    (Rasmussen & Williams 2006, section 4.2), of which the first components are kept. Without
    it, a face is bent until its shading looks like them.
    """
    apart = points[:, None] - points
    alike = np.exp(-0.5 * np.einsum("ija,ija->ij", apart, apart) / STAIN_SIZE**2)
    variances, shapes = np.linalg.eigh(alike)
    first = (shapes * np.sqrt(np.maximum(variances, 0.0)))[:, : -STAINS - 1 : -1].T
    out = np.zeros((2 * len(first), 2, len(points)), np.float32)
    for channel, sigma in enumerate(STAIN_SIGMAS):
        out[channel * len(first) : (channel + 1) * len(first), channel] = sigma * first
    return out


def _stack(parts: list[Float32], count: int) -> Float32:
    """Return (m, n, 3) as (m, 3, n)."""
    whole = np.array(parts, np.float32).reshape(-1, count, 3)
    return np.ascontiguousarray(whole.transpose(0, 2, 1))


def _bends(model: MorphableModel, moves: list[Float32], rows: Array) -> list[Float32]:
    """Return what each of `moves` (n, 3) does to the normals of `rows`, (r, 3) each."""
    rest = model.normals(model.mean)[rows]
    return [model.normals(model.mean + move)[rows] - rest for move in moves]


def spread(model: MorphableModel) -> Array:
    """Return the rows (n,) of vertices on the face, about `SPACING` apart."""
    skin = model.parts.get("skin", np.arange(len(model.mean)))
    normals = model.normals(model.mean)
    rows = skin[(model.face_weight[skin] > ON_THE_FACE) & (normals[skin, 2] > -0.1)]
    if len(model.parts.get("eyes", ())):
        away, _ = cKDTree(model.mean[model.parts["eyes"]]).query(model.mean[rows])
        rows = rows[away > FROM_EYES]
    tree, free = cKDTree(model.mean[rows]), np.ones(len(rows), np.bool_)
    chosen = []
    for i in np.random.default_rng(1).permutation(len(rows)):
        if free[i]:
            chosen.append(rows[i])
            free[tree.query_ball_point(model.mean[rows[i]], SPACING)] = False
    return np.sort(np.array(chosen, np.int64))


def two_channels(rgb: Array, axis: int) -> Float32:
    """Return green, and red less green, of logarithms with three colours along `axis`.

    The first shows form, by its shading; the second hardly shades, and tells lips from skin.
    """
    red, green, _ = np.moveaxis(rgb, axis, 0)
    return np.ascontiguousarray(np.stack([green, red - green], axis=axis), np.float32)
