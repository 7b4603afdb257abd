"""A picture of a fruit with the person's own eyes and mouth, whichever way the head is turned."""

from dataclasses import replace
from typing import NamedTuple, Self

import numpy as np

from livemask import landmarks as ibug
from livemask.errors import ModelError
from livemask.geometry import rigid
from livemask.masks.face_mesh import one_of
from livemask.masks.fruit.card import card, fitted
from livemask.masks.fruit.features import Features, Layout, frame_uv
from livemask.masks.fruit.kind import KINDS
from livemask.masks.fruit.match import Match
from livemask.masks.fruit.mirrored import TWINS, given_up
from livemask.masks.fruit.noise import thumbnail
from livemask.masks.fruit.window import Window
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import (
    Array,
    Camera,
    Fit,
    Float32,
    Float64,
    Frame,
    Int32,
    Layer,
    Light,
    Material,
    Mesh,
)

HOMES = np.array([[-0.215, -0.10], [0.215, -0.10], [0.0, 0.235]])
"""Middle of the right eye, the left eye and the mouth, from the picture's middle, y down;
in shares of its shorter side, as all that follows."""

APART = 0.5
"""Outer corners of eyes as large as in life, if they were as far apart as in life."""

FAR, NEAR, NEARER = 500.0, 499.0, 498.0
"""mm from the camera to the picture, to the features on it, and to their mirror images."""

LIGHTER = 4.0
"""How many times as light as in a dark room features may become, for the picture is never dark."""

SPREAD = 1.25
"""How far apart features are, beside how large they are."""

SMALL = 64

QUAD: Int32 = np.array([[0, 1, 2], [0, 2, 3]], np.int32)
EVEN = Light(np.array([0, 0, 1], np.float32), np.zeros(3, np.float32), np.ones(3, np.float32))
"""The features' light: the picture has its own painted in."""


class _Card(NamedTuple):
    """The picture as a camera sees it."""

    camera: Camera
    material: Material
    corners: Float32
    uv: Float32

    @classmethod
    def of(cls, fruit: str, camera: Camera) -> Self:
        """Return it with a pixel to spare on each side."""
        texture = fitted(fruit, camera.size)
        (left, top), (right, bottom) = (-1.5, -1.5), (camera.size[0] + 0.5, camera.size[1] + 0.5)
        pixels = np.array([[left, top], [left, bottom], [right, bottom], [right, top]])
        return cls(
            camera,
            Material(look="card", texture=texture, lit=False),
            _unprojected(camera, pixels, FAR),
            ((pixels + 0.5) / camera.size).astype(np.float32),
        )


class _Worn:
    """What the mask makes of one model."""

    def __init__(self, model: MorphableModel, features: Features) -> None:
        if not model.landmark_model.known.all():
            raise ModelError(
                f"the model {model.name!r} lacks some of the 68 points, so nobody knows where "
                "eyes and mouth are; wear another mask, or use another model."
            )
        self.model, self.match = model, Match(features, model, LIGHTER)
        self._still = np.zeros(len(model.expression_names))
        self._identity: Float64 | None = None
        self._distance = 1.0

    def eye_distance(self, fit: Fit) -> float:
        """Return the distance of the outer corners of the eyes, mm."""
        if self._identity is not fit.identity:
            self._identity = fit.identity
            points = self.model.landmark_model.points(fit.identity, self._still)
            self._distance = ibug.eye_distance(points)
        return self._distance


class FruitCard:
    """Fills the frame.

    Parameters
    ----------
    fruit : str
        A name of `KINDS`.
    layout : Layout
    """

    hides = True
    fills = True

    def __init__(self, fruit: str, layout: Layout) -> None:
        self._fruit, self._small = fruit, thumbnail(card(fruit), SMALL, SMALL)
        self._features, self._window = Features(layout), Window()
        self._worn: _Worn | None = None
        self._card: _Card | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,  # noqa: ARG002 - the contract's
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the picture and the features on it."""
        if self._worn is None or self._worn.model is not model:
            self._worn = _Worn(model, self._features)
        if self._card is None or self._card.camera is not fit.camera:
            self._card = _Card.of(self._fruit, fit.camera)
        return (self._ground(self._card), *self._face(self._worn, fit, frame))

    def _ground(self, sheet: _Card) -> Mesh:
        return Mesh(
            vertices=sheet.corners,
            triangles=QUAD,
            normals=sheet.corners,  # unlit: not asked
            camera=sheet.camera,
            camera_from_mesh=rigid(np.eye(3), np.array([0.0, 0.0, -FAR])),
            material=sheet.material,
            uv=sheet.uv,
        )

    def _face(self, worn: _Worn, fit: Fit, frame: Frame) -> tuple[Mesh, ...]:
        """Return eyes and mouth, as the frame shows them, taken to their places.

        What a turned face shows of its far side is no more than a smear: there the near side is
        laid over it, mirrored.
        """
        features, match = self._features, worn.match
        cut, laid = features.cut(fit_landmarks(worn.model, fit))
        places = _placed(laid, APART / worn.eye_distance(fit))
        uv, inside = frame_uv(fit, cut)
        shown = self._window.of(frame, fit, uv)
        if shown is None:
            return ()
        match.update(frame, fit, uv)
        across = 0.5 + places * min(fit.camera.size) / max(fit.camera.size)
        columns, rows = np.clip(across * SMALL, 0, SMALL - 1).astype(np.intp).T
        below = self._small[rows, columns]
        ahead = np.broadcast_to(fit.camera_from_head[2, :3], cut.shape)
        pixels = places * min(fit.camera.size) + 0.5 * np.array(fit.camera.size) - 0.5
        alpha = features.alpha * inside * match.seen(fit, cut)
        mesh = Mesh(
            vertices=_unprojected(fit.camera, pixels, NEAR),
            triangles=features.triangles,
            normals=np.zeros(cut.shape, np.float32),  # unlit: not asked
            camera=fit.camera,
            camera_from_mesh=rigid(np.eye(3), np.array([0.0, 0.0, -NEAR])),
            material=shown[0],
            uv=shown[1],
            alpha=alpha,
            colours=match.colours(fit, EVEN, ahead, below),
        )
        share = given_up(fit)
        if share is None:  # nothing to be seen, but as many meshes as ever
            return (mesh, replace(mesh, vertices=np.zeros_like(mesh.vertices)))
        twins = replace(
            mesh,
            vertices=_unprojected(fit.camera, pixels, NEARER),
            camera_from_mesh=rigid(np.eye(3), np.array([0.0, 0.0, -NEARER])),
            uv=shown[1][TWINS],
            alpha=share * alpha[TWINS],
            colours=match.colours(fit, EVEN, ahead, below, TWINS),
        )
        return (replace(mesh, alpha=alpha * (1.0 - share * share)), twins)


def _placed(laid: Float64, scale: float) -> Float64:
    """Return (n, 2) shares of the shorter side, y down, of pieces `laid` (n, 2) mm, y up."""
    pieces = laid.reshape(3, -1, 2)
    homes = HOMES[:, None] + (pieces - pieces[:, :1]) * (scale, -scale)
    return np.asarray(homes.reshape(-1, 2))


def _unprojected(camera: Camera, pixels: Array, distance: float) -> Float32:
    """Return (n, 3) mm that the camera sees at `pixels` (n, 2), on a plane `distance` ahead."""
    across = (pixels - camera.centre) * (distance / camera.focal) * (1.0, -1.0)
    return np.column_stack([across, np.zeros(len(across))]).astype(np.float32)


def create(
    fruit: str = "watermelon", brows: bool = True, eyes: float = 1.4, mouth: float = 1.4
) -> FruitCard:
    """Make the mask.

    Parameters
    ----------
    fruit : str
        `watermelon`, `orange`, `lemon` or `apple`.
    brows : bool
        Whether the person's brows show above the eyes.
    eyes, mouth : float
        Their size.
    """
    layout = Layout(eyes=eyes, mouth=mouth, spread=SPREAD, brows=brows)
    return FruitCard(one_of("fruit", fruit, KINDS), layout)
