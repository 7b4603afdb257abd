"""A watermelon, orange, lemon or apple for a head, with the person's own eyes and mouth."""

import numpy as np

from livemask.errors import UsageError
from livemask.geometry import rigid
from livemask.masks.face_mesh import cosines, one_of
from livemask.masks.fruit.body import Body
from livemask.masks.fruit.features import Features, Layout, frame_uv
from livemask.masks.fruit.kind import KINDS, Kind
from livemask.masks.fruit.match import Match
from livemask.masks.fruit.noise import thumbnail
from livemask.masks.fruit.window import Window
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Fit, Frame, Layer, Light, Material, Mesh

RIM = 0.12
"""Cosine between normal and line of sight below which the melon fades: about a pixel."""

LIFT = 0.8
"""mm by which eyes and mouth float over the rind."""

SMALL = (64, 128)
"""Rows and columns of the rind that the skin around features takes its colour from."""

STALK = Material(specular=0.1)


class _Worn:
    """What the mask makes of one model."""

    def __init__(self, model: MorphableModel, body: Body, match: Match) -> None:
        self.model, self.body, self.match = model, body, match


class Watermelon:
    """The melon-head filter.

    Parameters
    ----------
    kind : Kind
    layout : Layout
    gloss : float
        Strength of the highlight, 0 to 1.
    size : float
        Times as large as the head asks for.
    """

    hides = True

    def __init__(self, kind: Kind, layout: Layout, gloss: float, size: float) -> None:
        skin = kind.paint(1)
        self._kind, self._size = kind, size
        self._rind = Material(look=kind.look, texture=skin, specular=gloss, exponent=kind.sharpness)
        self._small, self._stalk = thumbnail(skin, *SMALL), kind.stalk()
        self._features, self._window = Features(layout), Window()
        self._worn: _Worn | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,
        time: float,  # noqa: ARG002 - the contract's
    ) -> tuple[Layer, ...]:
        """Return melon, stalk and features."""
        worn = self._worn
        if worn is None or worn.model is not model:
            body = Body(model, self._kind, self._size)
            worn = self._worn = _Worn(model, body, Match(self._features, model))
        worn.body.follow(fit)
        features = self._face(worn, fit, frame, light)
        return (self._skin(worn.body, fit), self._stem(worn.body, fit), *features)

    def _skin(self, body: Body, fit: Fit) -> Mesh:
        vertices, normals = body.shape()
        return Mesh(
            vertices=vertices,
            triangles=body.triangles,
            normals=normals,
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            material=self._rind,
            uv=body.uv,
            alpha=np.clip(cosines(fit, vertices, normals) / RIM, 0.0, 1.0),
        )

    def _stem(self, body: Body, fit: Fit) -> Mesh:
        vertices, triangles, normals, colours = self._stalk
        return Mesh(
            vertices=vertices,
            triangles=triangles,
            normals=normals,
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head @ rigid(np.eye(3), body.top()),
            material=STALK,
            colours=colours,
        )

    def _face(self, worn: _Worn, fit: Fit, frame: Frame, light: Light) -> tuple[Mesh, ...]:
        """Return eyes and mouth, as the frame shows them, on the melon."""
        features, match = self._features, worn.match
        cut, laid = features.cut(fit_landmarks(worn.model, fit))
        vertices, normals, places = worn.body.front(laid, LIFT)
        uv, inside = frame_uv(fit, cut)
        shown = self._window.of(frame, fit, uv)
        if shown is None:
            return ()
        match.update(frame, fit, uv)
        rows, columns = (places[:, ::-1] * SMALL).astype(np.intp).T
        below = self._small[np.clip(rows, 0, SMALL[0] - 1), np.clip(columns, 0, SMALL[1] - 1)]
        mesh = Mesh(
            vertices=vertices.astype(np.float32),
            triangles=features.triangles,
            normals=normals.astype(np.float32),
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            material=shown[0],
            uv=shown[1],
            alpha=features.alpha * inside * match.seen(fit, cut),
            colours=match.colours(fit, light, normals, below),
        )
        return (mesh,)


def create(
    fruit: str = "watermelon",
    brows: bool = True,
    eyes: float = 1.45,
    mouth: float = 1.4,
    gloss: float = 0.5,
    size: float = 1.0,
) -> Watermelon:
    """Make the mask.

    Parameters
    ----------
    fruit : str
        `watermelon`, `orange`, `lemon` or `apple`.
    brows : bool
        Whether the person's brows show above the eyes.
    eyes, mouth : float
        Their size; 1 is as in life.
    gloss : float
        Strength of the highlight, 0 to 1.
    size : float
        Of the fruit, 1 to 2: 1 has room for a head with short hair.
    """
    if not 1.0 <= size <= 2.0:
        raise UsageError(f"size={size:g} must be 1 to 2; in a smaller fruit the head would show.")
    layout = Layout(eyes=eyes, mouth=mouth, brows=brows)
    return Watermelon(KINDS[one_of("fruit", fruit, KINDS)], layout, gloss, size)
