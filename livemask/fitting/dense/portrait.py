"""Portrait: one frame explained by pose, identity, expression, light and albedo, step by step.

Analysis by synthesis (Blanz & Vetter 1999; Thies et al. 2016, Face2Face) at some hundred
vertices, linear in the logarithm of the picture: Gauss-Newton with the 68 points as weak
rows beside. Each step takes one or two milliseconds, so that a tracker can do one a frame.
"""

from typing import NamedTuple

import numpy as np

from livemask.fitting.dense.kernels import (
    LIGHT,
    TINT,
    colour_rows,
    motion_rows,
    sample,
    weigh,
)
from livemask.fitting.dense.picture import Picture
from livemask.fitting.dense.sparse import Points
from livemask.fitting.dense.surface import Surface
from livemask.fitting.kernels import rotate_by
from livemask.geometry import rotation_vector
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Face, Fit, Float32, Float64

BLURS = (3.0, 3.0, 1.2, 1.2, 1.2)
"""px of the cut by which it is blurred at each step: first what is far off is found."""

DEVIATIONS = np.array([0.25, 0.05])
"""Of brightness and of tint, logarithms, about what light and albedo of the model explain."""

SHARE = 0.9
"""What one vertex counts: those beside it err alike."""

LIGHT_SIGMA, TINT_SIGMA = 0.5, 0.1
"""Of the harmonics beyond the even light."""

LEAST_FIT, LEAST_SEEN = 0.6, 0.4
"""Mean weight, and share of the vertices that are seen, of a portrait that is believed."""

MOST_TURNED, MOST_MOVED, MOST_UNUSUAL = np.radians(15.0), 12.0, 4.5
"""rad, mm across the picture from the points' fit; sigmas of any identity component."""


class Evidence(NamedTuple):
    """What is known of an identity: normal equations of a Gaussian.

    Attributes
    ----------
    matrix : (k, k) float64
    right : (k,) float64
    """

    matrix: Float64
    right: Float64


class Portrait:
    """A frame that is being explained. Call `step` until `done`, then ask `evidence`.

    Parameters
    ----------
    surface : Surface
    model : MorphableModel
    picture : Picture
    face : Face
        The points of the frame.
    fit : Fit
        Of the points: where the portrait begins.
    """

    def __init__(
        self, surface: Surface, model: MorphableModel, picture: Picture, face: Face, fit: Fit
    ) -> None:
        self._surface, self._picture = surface, picture
        self._begin = fit.camera_from_head
        self._points = Points(model, surface, face, fit.camera)
        vertices = model.vertices(fit.identity, fit.expression)
        self._normals = np.ascontiguousarray(model.normals(vertices)[surface.vertices].T)
        self.rotation = fit.camera_from_head[:3, :3].copy()
        self.translation = fit.camera_from_head[:3, 3].copy()
        self._shape = np.concatenate([fit.identity, fit.expression[surface.active]])
        self._colour = np.zeros(LIGHT + TINT + len(surface.tones))
        camera = fit.camera
        self._lens = np.array([camera.focal, *camera.centre, picture.scale, *picture.corner])
        self._planes: Float32 = np.empty(0, np.float32)
        self._steps, self._right_fit, self._seen_share = 0, 0.0, 0.0
        self.evidence: Evidence | None = None

    @property
    def done(self) -> bool:
        """Whether all steps are taken."""
        return self._steps >= len(BLURS)

    @property
    def believed(self) -> bool:
        """Whether what was found is a face like the model's, about where the points say."""
        turn = self.rotation @ self._begin[:3, :3].T
        moved = np.abs(self.translation[:2] - self._begin[:2, 3]).max()
        identity = self._shape[: self._count]
        return bool(
            np.isfinite(self._shape).all()
            and np.linalg.norm(rotation_vector(turn)) < MOST_TURNED
            and moved < MOST_MOVED
            and np.abs(identity).max() < MOST_UNUSUAL
            and self._right_fit > LEAST_FIT
            and self._seen_share > LEAST_SEEN
        )

    @property
    def _count(self) -> int:
        return len(self._shape) - len(self._surface.active)

    def step(self, prior: Evidence) -> None:
        """Take one step of Gauss & Newton; `prior` is of the identity."""
        blur = BLURS[self._steps]
        if self._steps == 0 or blur != BLURS[self._steps - 1]:
            self._planes = self._picture.blurred(blur)
        normal = self._normal_equations()
        self._steps += 1
        matrix, right = normal[:-1, :-1], normal[:-1, -1]
        present = self._unknowns()
        beliefs = self._precisions()
        right = right - beliefs * present
        matrix[np.diag_indices_from(matrix)] += beliefs
        who = slice(6, 6 + self._count)
        if self.done:
            self.evidence = _about(matrix, right, present, who)
        matrix[who, who] += prior.matrix
        right[who] += prior.right - prior.matrix @ present[who]
        self._move(np.asarray(np.linalg.solve(matrix, right), np.float64))

    def _normal_equations(self) -> Float64:
        """Return the normal equations (u + 1, u + 1) of vertices and points, right side last."""
        surface = self._surface
        count = len(surface.mean[0])
        moved = surface.mean + np.tensordot(self._shape.astype(np.float32), surface.moves, 1)
        seen, found = np.empty((3, count)), np.empty((count, 16))
        rows = np.empty((6 + len(self._shape) + len(self._colour) + 1, 2 * count), np.float32)
        sample(
            moved,
            self._normals,
            self.rotation,
            self.translation,
            self._lens,
            self._planes,
            seen,
            found,
        )
        if self._steps == 0:
            self._begin_light(found)
        motion_rows(seen, self.rotation, self.translation, surface.moves, found, rows)
        first = 6 + len(self._shape)
        colour_rows(found, surface.albedo, surface.tones, self._colour, first, rows)
        self._right_fit = weigh(found, DEVIATIONS, SHARE, rows)
        self._seen_share = float((found[:, 0] > 0.0).mean())
        points = self._points.rows(self.rotation, self.translation, self._shape, len(rows))
        return np.asarray((rows @ rows.T).astype(np.float64) + points @ points.T)

    def _begin_light(self, found: Float64) -> None:
        """Take the even light and tint that the middle vertex has."""
        seen = found[:, 0] > 0.0
        for channel, at in ((0, 0), (1, LIGHT)):
            rest = found[seen, 1 + 3 * channel] - self._surface.albedo[channel, seen]
            self._colour[at] = np.median(rest) if len(rest) else 0.0

    def _unknowns(self) -> Float64:
        return np.concatenate([np.zeros(6), self._shape, self._colour])

    def _precisions(self) -> Float64:
        """Return what is known before looking of all but the identity, (u,) 1 / sigma^2."""
        return np.concatenate(
            [
                np.full(6, 1e-9),
                np.zeros(self._count),
                self._surface.sigmas**-2,
                [1e-6],
                np.full(LIGHT - 1, LIGHT_SIGMA**-2),
                [1e-6],
                np.full(TINT - 1, TINT_SIGMA**-2),
                np.ones(len(self._surface.tones)),
            ]
        )

    def _move(self, step: Float64) -> None:
        """Take the step, expressions between 0 and 1."""
        rotate_by(step[:3].copy(), self.rotation)
        self.translation += step[3:6]
        first = 6 + len(self._shape)
        self._shape += step[6:first]
        expression = self._shape[self._count :]
        np.clip(expression, 0.0, 1.0, out=expression)
        self._colour += step[first:]


def _about(matrix: Float64, right: Float64, present: Array, who: slice) -> Evidence:
    """Return what normal equations say of some unknowns, the others integrated out."""
    others = np.ones(len(right), np.bool_)
    others[who] = False
    across = matrix[who][:, others]
    gone = np.linalg.solve(
        matrix[np.ix_(others, others)], np.column_stack([across.T, right[others]])
    )
    own = matrix[who, who] - across @ gone[:, :-1]
    return Evidence(own, right[who] - across @ gone[:, -1] + own @ present[who])
