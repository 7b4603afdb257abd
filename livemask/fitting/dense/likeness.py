"""Likeness: photos of one person explained together, step by step (Gauss & Newton).

Each photo has a pose, an expression, a light of its own; the identity is all photos', the one
that explains them best together (the other unknowns eliminated: Triggs et al. 2000, section 6.1).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from livemask.fitting.dense.picture import Picture
from livemask.fitting.dense.rows import LIGHT, POSE, TINT, Seen, look, picture_rows
from livemask.fitting.dense.sparse import Points
from livemask.fitting.dense.surface import Surface
from livemask.fitting.linear import bounded_solve
from livemask.geometry import project, rigid, rotation_matrix
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Array, Fit, Float64, Frame

BLURS = (4.0,) * 4 + (2.5,) * 4 + (1.2,) * 8
"""px of the cut by which it is blurred at each step: first what is far off is found."""

DEVIATIONS = np.array([0.1, 0.04])
"""Of brightness and of tint, logarithms, about what light, albedo and stains explain: most of
a face fits as well, and what does not, gloss or an eyebrow of another form, is to count little."""

SHARE = 0.6
"""What one vertex counts: those beside it err alike."""

LIGHT_SIGMA, TINT_SIGMA = 0.5, 0.1
"""Of the harmonics beyond the even light."""

ZOOM_SIGMA = 0.15
"""Of the logarithm of a focal length that nobody has told; 0 of one that is known."""

ZOOM_STEP = 0.03
"""Of what one step may add to it: what it does to a face is not linear for long."""

STEP = 1.5
"""Standard deviations of the identity (any component) that one step may go."""

MOST_UNUSUAL, MOST_OFF = 5.0, 3.0
"""Sigmas of any identity component, and how many times as far off the points may be as where it
began, of a result that is believed."""

FIRST_LIGHT = 4
"""Rounds in which the light is found before the face moves."""

SWEEPS = 60
"""Of the bounded solve."""


class View(NamedTuple):
    """A photo to explain.

    Attributes
    ----------
    frame : Frame
    landmarks : (68, 2) float64
        px.
    fit : Fit
        Of the landmarks: where it begins.
    zooms : bool
        Whether the focal length is to be found, too.
    """

    frame: Frame
    landmarks: Float64
    fit: Fit
    zooms: bool


def explain(model: MorphableModel, surface: Surface, views: Sequence[View]) -> list[Fit]:
    """Return the fits of photos of one person to all that they show.

    A photo in which the face is too small to show form keeps the fit that it has, and so do all
    if what is found is no face.
    """
    sights = [sight for view in views if (sight := _Sight.of(model, surface, view)) is not None]
    if not sights:
        return [view.fit for view in views]
    who = np.mean([view.fit.identity for view in views], axis=0)
    for blur in BLURS:
        gathered = [sight.gather(who, blur) for sight in sights]
        # Photos of one person err alike, where the model cannot follow: beside what is usual
        # among people all of them count as one, whose chance errors are smaller.
        matrix = len(sights) * np.eye(len(who)) + sum(one.matrix for one in gathered)
        right = sum((one.right for one in gathered), -len(sights) * who)
        step = np.linalg.solve(matrix, right)
        step *= min(1.0, STEP / max(float(np.abs(step).max(initial=0.0)), 1e-9))
        for sight, one in zip(sights, gathered, strict=True):
            sight.move(one, step)
        who = who + step
    found = {id(sight.view): sight.fit(who) for sight in sights}
    fits = [found.get(id(view), view.fit) for view in views]
    told = [_with_residual(model, view, fit) for view, fit in zip(views, fits, strict=True)]
    right = all(_is_believed(view, fit) for view, fit in zip(views, told, strict=True))
    return told if right else [view.fit for view in views]


def _with_residual(model: MorphableModel, view: View, fit: Fit) -> Fit:
    shown = project(fit.camera, fit.camera_from_head, fit_landmarks(model, fit))
    off = (shown - view.landmarks)[model.landmark_model.known]
    return replace(fit, residual=float(np.sqrt(np.mean(np.sum(off**2, axis=1)))))


def _is_believed(view: View, fit: Fit) -> bool:
    """Tell whether a fit is a face like the model's, about where the points say."""
    return bool(
        np.isfinite(fit.identity).all()
        and np.isfinite(fit.camera_from_head).all()
        and np.abs(fit.identity).max(initial=0.0) < MOST_UNUSUAL
        and fit.residual < MOST_OFF * max(view.fit.residual, 1.0)
    )


class _Said(NamedTuple):
    """What a photo says of the identity, and what its other unknowns make of a step of it."""

    matrix: Float64  # (k, k)
    right: Float64  # (k,)
    own: Float64  # (o, o) of the others
    rest: Float64  # (o, 1 + k)


class _Sight:
    """A photo that is being explained."""

    def __init__(
        self, model: MorphableModel, surface: Surface, view: View, picture: Picture
    ) -> None:
        self.view, self._model, self._surface, self._picture = view, model, surface, picture
        self._camera = view.fit.camera
        self._rotation = view.fit.camera_from_head[:3, :3].copy()
        self._translation = view.fit.camera_from_head[:3, 3].copy()
        self._expression = view.fit.expression.astype(np.float64)
        self._colour = np.zeros(LIGHT + TINT + len(surface.shades))
        self._points = Points(model, surface, view.landmarks)
        self._blur, self._planes = 0.0, np.empty(0, np.float32)
        self._begun = False
        count = len(view.fit.identity)
        self._who = slice(POSE, POSE + count)
        self._play = slice(POSE, POSE + len(surface.active))  # of the others

    @classmethod
    def of(cls, model: MorphableModel, surface: Surface, view: View) -> "_Sight | None":
        picture = Picture.of(view.frame, view.fit)
        return None if picture is None else cls(model, surface, view, picture)

    def gather(self, who: Float64, blur: float) -> _Said:
        """Return the normal equations of the identity; `who` (k,) it is so far."""
        if blur != self._blur:
            self._blur, self._planes = blur, self._picture.blurred(blur)
        whole = self._normal_equations(who)
        matrix, right = whole[:-1, :-1], whole[:-1, -1]
        precision, present = self._beliefs(len(who))
        matrix[np.diag_indices_from(matrix)] += precision
        matrix[POSE - 1, POSE - 1] += ZOOM_STEP**-2
        right -= precision * present
        others = np.ones(len(right), np.bool_)
        others[self._who] = False
        across = matrix[np.ix_(others, ~others)]
        own = matrix[np.ix_(others, others)]
        rest = np.column_stack([right[others], across])
        gone = np.linalg.solve(own, rest)
        said = matrix[self._who, self._who] - across.T @ gone[:, 1:]
        return _Said(said, right[self._who] - across.T @ gone[:, 0], own, rest)

    def _normal_equations(self, who: Float64) -> Float64:
        """Return those of vertices and points (u + 1, u + 1), right side last."""
        surface = self._surface
        vertices = self._model.vertices(who, self._expression)
        shown = vertices[surface.vertices].astype(np.float64)
        normals = self._model.normals(vertices)[surface.vertices].astype(np.float64)
        places = self._rotation @ shown.T + self._translation[:, None]
        seen = look(places, self._rotation @ normals.T, self._camera, self._picture, self._planes)
        if not self._begun:
            self._begin_light(seen)
        rows = picture_rows(surface, seen, self._rotation, self._translation, self._colour)
        weigh(rows, np.tile(seen.facing, (2, 1)))
        shape = np.concatenate([who, self._expression[surface.active]])
        points = self._points.rows(
            self._camera, self._rotation, self._translation, shape, len(rows)
        )
        return np.asarray((rows @ rows.T).astype(np.float64) + points @ points.T)

    def _begin_light(self, seen: Seen) -> None:
        """Take the even light and tint of the middle vertex, then what explains most as it is."""
        self._begun = True
        for channel, at in ((0, 0), (1, LIGHT)):
            rest = seen.values[channel, 0] - self._surface.albedo[channel]
            rest = rest[seen.facing > 0.0]
            self._colour[at] = np.median(rest) if len(rest) else 0.0
        precision, _ = self._beliefs(self._who.stop - self._who.start)
        precision = precision[-len(self._colour) :]
        for _ in range(FIRST_LIGHT):
            rows = picture_rows(
                self._surface, seen, self._rotation, self._translation, self._colour
            )[-len(self._colour) - 1 :]
            weigh(rows, np.tile(seen.facing, (2, 1)))
            whole = (rows @ rows.T).astype(np.float64)
            right = whole[:-1, -1] - precision * self._colour
            matrix = whole[:-1, :-1] + np.diag(precision)
            self._colour = self._colour + np.linalg.solve(matrix, right)

    def _beliefs(self, count: int) -> tuple[Float64, Float64]:
        """Return what is known before looking of all but the identity: 1 / sigma^2, and where."""
        surface, fit = self._surface, self.view.fit
        zoom = np.log(self._camera.focal / fit.camera.focal)
        present = np.concatenate(
            [
                np.zeros(6),
                [zoom],
                np.zeros(count),
                self._expression[surface.active],
                self._colour,
            ]
        )
        precision = np.concatenate(
            [
                np.full(6, 1e-6),
                [ZOOM_SIGMA**-2 if self.view.zooms else 1e9],
                np.zeros(count),
                surface.sigmas**-2,
                [1e-6],
                np.full(LIGHT - 1, LIGHT_SIGMA**-2),
                [1e-6],
                np.full(TINT - 1, TINT_SIGMA**-2),
                np.ones(len(surface.shades)),
            ]
        )
        return precision, present

    def move(self, said: _Said, step: Float64) -> None:
        """Take a step of the identity, and what it makes best of the others, within bounds."""
        right = said.rest[:, 0] - said.rest[:, 1:] @ step
        play = self._play
        free = np.ones(len(right), np.bool_)
        free[play] = False
        across = said.own[np.ix_(free, ~free)]
        gone = np.linalg.solve(said.own[np.ix_(free, free)], np.column_stack([right[free], across]))
        matrix = np.ascontiguousarray(said.own[play, play] - across.T @ gone[:, 1:])
        present = self._expression[self._surface.active]
        lower, upper = (self._surface.bounds - present[:, None]).T.copy()
        played = np.zeros(len(present))
        bounded_solve(matrix, right[play] - across.T @ gone[:, 0], lower, upper, played, SWEEPS)
        self._take(gone[:, 0] - gone[:, 1:] @ played, played)

    def _take(self, step: Float64, played: Float64) -> None:
        self._rotation = rotation_matrix(step[:3]) @ self._rotation
        self._translation = self._translation + step[3:6]
        grown = float(np.exp(step[6])) if self.view.zooms else 1.0
        self._translation[2] *= grown
        self._camera = replace(self._camera, focal=self._camera.focal * grown)
        self._expression = self._expression.copy()
        self._expression[self._surface.active] += played
        self._colour = self._colour + step[POSE:]

    def fit(self, who: Float64) -> Fit:
        return replace(
            self.view.fit,
            camera=self._camera,
            camera_from_head=rigid(self._rotation, self._translation),
            identity=who,
            expression=self._expression,
        )


def weigh(rows: Array, facing: Array) -> float:
    """Multiply `rows` (u + 1, 2 n) by the roots of the weights of Geman & McClure (1985).

    `facing` (2, n): cosines of the channels' vertices, 0 where not seen. Returns the mean
    weight over the vertices that are seen, of what they count beside one that fits.
    """
    off = rows[-1].reshape(2, -1) / DEVIATIONS[:, None]
    robust = np.where(facing > 0.0, 1.0 / (1.0 + 0.25 * off * off), 0.0)
    rows *= (robust * np.sqrt(SHARE * facing) / DEVIATIONS[:, None]).ravel().astype(np.float32)
    return float(robust.sum() / max(np.count_nonzero(facing), 1))
