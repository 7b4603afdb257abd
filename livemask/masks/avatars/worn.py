"""Worn: a character on the head of a face, moved by it in each frame."""

from dataclasses import replace

import numpy as np

from livemask.masks.avatars.character import Character
from livemask.masks.avatars.eyes import Eyes, gleams
from livemask.masks.character.placing import Measure, head_from_character, person_measure
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float64, Material, Mesh

BLANK, BRIGHT = 0.02, 8.0
"""Where the picture of an eye is white, u and v; times as bright as white is a spot of light."""

CALM = ("eyeBlink", "eyeLook", "tongueOut")
"""Expressions that are never exaggerated: names begin so."""


class Worn:
    """Follows one face.

    Parameters
    ----------
    character : Character
    exaggeration : float
        Times as much expression as the person shows.
    size : float
        Times as large as the head.
    """

    def __init__(self, character: Character, exaggeration: float, size: float) -> None:
        self._of, self._size = character, size * character.design.size
        names = character.model.expression_names
        self._strength = np.array([1.0 if n.startswith(CALM) else exaggeration for n in names])
        self._rows = {name: row for row, name in enumerate(names)}
        self._nobody = np.zeros(0)
        self._own: Measure = person_measure(
            character.plain, np.zeros(len(character.plain.identity))
        )
        self._model: MorphableModel | None = None
        self._identity: Float64 | None = None
        self._looks, self._eye_uv = np.full((2, 2), np.nan), np.zeros((0, 2), np.float32)
        design = character.design
        self._skin = Material("avatar", texture=character.picture, specular=design.gloss)
        self._crest = Material("locks", specular=design.shine, exponent=40.0)
        self._ball = Material(
            "avatar", texture=character.eyes.picture, specular=0.06, exponent=60.0
        )
        self._eyeballs = _with_gleams(character.eyes, design.gleam)

    def meshes(self, model: MorphableModel, fit: Fit) -> tuple[Mesh, ...]:
        """Return it as the face of `fit` moves it: what keeps its shape, head, eyes.

        What is quick to draw comes first, and hides some of what is not.
        """
        self._follow(model, fit)
        values = self._expression(fit)
        camera_from_own = fit.camera_from_head @ self._placed
        return (
            self._still(fit, camera_from_own),
            self._body(fit, values, camera_from_own),
            self._eyes(fit, values, camera_from_own),
        )

    def _follow(self, model: MorphableModel, fit: Fit) -> None:
        """Take on the size of the head, and find out what the model calls its expressions."""
        if self._model is not model:
            self._model, self._identity = model, None
            pairs = [
                (row, self._rows[name])
                for row, name in enumerate(model.expression_names)
                if name in self._rows
            ]
            self._theirs, self._ours = np.array(pairs, np.int64).reshape(-1, 2).T
        if self._identity is not fit.identity:
            self._identity = fit.identity
            person = person_measure(model, fit.identity)
            self._placed = head_from_character(self._own, person, np.eye(3), self._size)

    def _expression(self, fit: Fit) -> Float64:
        """Return the (m,) coefficients of the character's own expressions."""
        values = np.zeros(len(self._rows))
        values[self._ours] = fit.gesture[self._theirs]
        return np.clip(values * self._strength, 0.0, 1.0)

    def _body(self, fit: Fit, values: Float64, camera_from_own: Float64) -> Mesh:
        of = self._of
        vertices = of.model.vertices(self._nobody, values)
        return Mesh(
            vertices=vertices,
            triangles=of.model.triangles,
            normals=of.model.normals(vertices),
            camera=fit.camera,
            camera_from_mesh=camera_from_own,
            material=self._skin,
            uv=of.uv,
            colours=of.colours,
        )

    def _still(self, fit: Fit, camera_from_own: Float64) -> Mesh:
        crest = self._of.crest
        return Mesh(
            vertices=crest.vertices,
            triangles=crest.triangles,
            normals=self._of.crest_normals,
            camera=fit.camera,
            camera_from_mesh=camera_from_own,
            material=self._crest,
            colours=crest.colours,
        )

    def _eyes(self, fit: Fit, values: Float64, camera_from_own: Float64) -> Mesh:
        eyes, looks = self._eyeballs, self.looks(values)
        if not np.array_equal(looks, self._looks):
            gleam = np.full((len(eyes.vertices) - len(self._of.eyes.vertices), 2), BLANK)
            uv = np.concatenate([self._of.eyes.uv(looks), gleam]).astype(np.float32)
            self._looks, self._eye_uv = looks, uv
        return Mesh(
            vertices=eyes.vertices,
            triangles=eyes.triangles,
            normals=eyes.normals,
            camera=fit.camera,
            camera_from_mesh=camera_from_own,
            material=self._ball,
            uv=self._eye_uv,
            colours=eyes.colours,
        )

    def looks(self, values: Float64) -> Float64:
        """Return where the eyes look, (2, 2): left and right eye; to the left and up, -1 to 1."""
        at = {name: values[row] for name, row in self._rows.items() if name.startswith("eyeLook")}
        found = []
        for side, sign in (("Left", 1.0), ("Right", -1.0)):
            out, into, up, down = (at[f"eyeLook{way}{side}"] for way in ("Out", "In", "Up", "Down"))
            found.append((sign * (out - into), up - down))
        return np.array(found)


def _with_gleams(eyes: Eyes, size: float) -> Eyes:
    """Return eyes with the spots of light as their last vertices."""
    vertices, triangles = gleams(eyes, size)
    ahead = np.tile(np.array([0, 0, 1], np.float32), (len(vertices), 1))
    return replace(
        eyes,
        vertices=np.concatenate([eyes.vertices, vertices]),
        triangles=np.concatenate([eyes.triangles, triangles + np.int32(len(eyes.vertices))]),
        normals=np.concatenate([eyes.normals, ahead]),
        colours=np.concatenate([eyes.colours, np.full_like(vertices, BRIGHT)]),
    )
