"""A watermelon for a head, with the person's own eyes and mouth."""

import numpy as np

from livemask import landmarks as ibug
from livemask.errors import ModelError
from livemask.geometry import rigid
from livemask.masks.face_mesh import cosines
from livemask.masks.fruit.features import Features, Layout, frame_uv
from livemask.masks.fruit.globe import globe
from livemask.masks.fruit.melon import HeadSize
from livemask.masks.fruit.rind import paint, usual_colour
from livemask.masks.fruit.stalk import stalk
from livemask.masks.fruit.tint import Tint
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Fit, Float32, Float64, Frame, Layer, Light, Material, Mesh

AROUND, DOWN = 72, 48
"""Faces of the melon from side to side, and from pole to pole."""

RIM = 0.12
"""Cosine between normal and line of sight below which the melon fades: about a pixel."""

LIFT = 0.8
"""mm by which eyes and mouth float over the rind."""

SUNKEN = 0.85
"""How bright skin around eyes and mouth is beside the rind: as if they lay a little deeper."""

STALK = Material(specular=0.1)
LIVE = Material(texture="frame", lit=False)


class _Body:
    """The melon about the head of the person last seen.

    Parameters
    ----------
    model : MorphableModel
    directions : (n, 3) float64
        Of the vertices, from the middle.
    """

    def __init__(self, model: MorphableModel, directions: Float64) -> None:
        if not model.landmark_model.known.all():
            raise ModelError(
                f"the model {model.name!r} lacks some of the 68 points, so nobody knows where "
                "eyes and mouth go; wear another mask, or use another model."
            )
        self.model, self.stretch = model, 1.0
        self._size, self._rows = HeadSize(model), model.landmark_model
        self._directions = directions
        self._identity: Float64 | None = None

    def follow(self, fit: Fit) -> None:
        """Take on the size of the head, and the length that the open mouth asks for."""
        if self._identity is not fit.identity:
            self._identity = fit.identity
            self.melon = self._size.melon(fit)
            self._round = self.melon.surface(self._directions).astype(np.float32)
            self._outward = self.melon.normals(self._round).astype(np.float32)
        chin = self._rows.points(fit.identity, fit.expression)[ibug.CHIN]
        self.stretch = self.melon.stretch(float(chin[1]))

    def shape(self) -> tuple[Float32, Float32]:
        """Return vertices (n, 3) mm and normals of the melon, its lower half stretched."""
        vertices, normals = self._round.copy(), self._outward.copy()
        middle = np.float32(self.melon.centre[1])
        low = vertices[:, 1] < middle
        vertices[low, 1] = middle + (vertices[low, 1] - middle) * self.stretch
        normals[low, 1] /= self.stretch
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        return vertices, normals


class Watermelon:
    """The melon-head filter.

    Parameters
    ----------
    layout : Layout
    gloss : float
        Strength of the highlight, 0 to 1.
    """

    hides = True

    def __init__(self, layout: Layout, gloss: float) -> None:
        rind = paint()
        self._rind = Material(texture=rind, specular=gloss, exponent=250.0)
        self._green = usual_colour(rind)
        self._globe, self._stalk = globe(AROUND, DOWN), stalk()
        self._features, self._tint = Features(layout), Tint()
        self._body: _Body | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,
        time: float,  # noqa: ARG002 - the contract's
    ) -> tuple[Layer, ...]:
        """Return melon, stalk and features."""
        body = self._body
        if body is None or body.model is not model:
            body = self._body = _Body(model, self._globe[0])
        body.follow(fit)
        return (self._skin(body, fit), self._stem(body, fit), self._face(body, fit, frame, light))

    def _skin(self, body: _Body, fit: Fit) -> Mesh:
        _, triangles, uv = self._globe
        vertices, normals = body.shape()
        return Mesh(
            vertices=vertices,
            triangles=triangles,
            normals=normals,
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            material=self._rind,
            uv=uv,
            alpha=np.clip(cosines(fit, vertices, normals) / RIM, 0.0, 1.0),
        )

    def _stem(self, body: _Body, fit: Fit) -> Mesh:
        vertices, triangles, normals, colours = self._stalk
        top = body.melon.centre + body.melon.axes * (0.0, 1.0, 0.0)
        return Mesh(
            vertices=vertices,
            triangles=triangles,
            normals=normals,
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head @ rigid(np.eye(3), top),
            material=STALK,
            colours=colours,
        )

    def _face(self, body: _Body, fit: Fit, frame: Frame, light: Light) -> Mesh:
        """Return eyes and mouth, as the frame shows them, on the melon."""
        features = self._features
        cut, laid = features.cut(fit_landmarks(body.model, fit))
        vertices = body.melon.front(laid, body.stretch, LIFT).astype(np.float32)
        uv, inside = frame_uv(fit, cut)
        self._tint.update(frame, uv[features.skin])
        change = self._tint.towards(self._lit_green(fit, light)) - np.float32(1.0)
        return Mesh(
            vertices=vertices,
            triangles=features.triangles,
            normals=vertices,  # unlit: not asked
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            material=LIVE,
            uv=uv,
            alpha=features.alpha * inside,
            colours=np.float32(1.0) + features.foreign[:, None] * change,
        )

    def _lit_green(self, fit: Fit, light: Light) -> Float64:
        """Return the (3,) linear colour of the rind's front as it is lit."""
        cosine = max(float(fit.camera_from_head[:3, 2] @ light.direction), 0.0)
        return SUNKEN * self._green * (light.ambient + light.colour * cosine)


def create(
    brows: bool = True, eyes: float = 1.3, mouth: float = 1.25, gloss: float = 0.5
) -> Watermelon:
    """Make the mask.

    Parameters
    ----------
    brows : bool
        Whether the person's brows show above the eyes.
    eyes, mouth : float
        Their size; 1 is as in life.
    gloss : float
        Strength of the highlight, 0 to 1.
    """
    return Watermelon(Layout(eyes=eyes, mouth=mouth, brows=brows), gloss)
