"""Outfits: all that people can wear, made once, with the shadows that it throws on the head."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy import sparse

from livemask.morphable_model import MorphableModel
from livemask.performer import harmonics
from livemask.performer.body import Neck
from livemask.performer.lashes import Lashes
from livemask.performer.transfer import transfer
from livemask.records import Array, Float32
from livemask.synthesis import worn
from livemask.synthesis.hair import CUTS, grow, scalp
from livemask.synthesis.part import Part

SIDES = 48
"""From how many sides it is found out what throws shadows."""

OPEN, SCATTERED, SOFTENING = 0.45, 0.22, 4
"""jawOpen at which light in the mouth is measured; the share that gets anywhere in it; steps by
which light spreads under the skin."""


class Worn(NamedTuple):
    """Something that is worn.

    Attributes
    ----------
    passed : (n, 16) float32
        The head's transfer under it.
    parts : tuple of Part
    """

    passed: Float32
    parts: tuple[Part, ...]


class Outfits:
    """What the people of a model wear; each thing is made when it is first worn.

    Parameters
    ----------
    model : MorphableModel
    dressed : bool
        Only livemask's own head can be: others have no neck, or another one.

    Attributes
    ----------
    mean : (n, 3) float32
        The head at rest that all is made for.
    neck : Neck or None
        None if nobody is dressed.
    fringe : Lashes
    body, lashes : Part
    """

    def __init__(self, model: MorphableModel, *, dressed: bool) -> None:
        self._model, self.mean = model, model.mean
        self._rest = model.normals(model.mean)
        self._made: dict[str, Worn] = {}
        self._scalps: dict[str, Float32] = {}
        self.neck = Neck.of(model) if dressed else None
        if self.neck is None:
            bare = transfer(model.mean, self._rest, model.triangles, SIDES)
            self._made[""] = Worn(bare, ())
            return
        self._inside = self._mouth()
        self.fringe = Lashes.of(model)
        self.body = worn.sweater(model, self.neck)
        self._made[""], (self.body,) = self._shadowed((self.body,))
        self.lashes = in_open(worn.fringe(model, self.fringe))

    def worn(self, name: str) -> "Worn":
        """Return a cut of hair or a hat, and how it shadows the head; "" is neither."""
        if name not in self._made:
            parts = grow(self._model, CUTS[name]) if name in CUTS else worn.hat(self._model, name)
            found, (_, *lit) = self._shadowed((self.body, *parts))
            self._made[name] = Worn(found.passed, tuple(lit))
        return self._made[name]

    def glasses(self, name: str) -> tuple[Part, ...]:
        """Return a frame, and its lenses where they are dark."""
        key = f"glasses {name}"
        if key not in self._made:
            parts = tuple(map(in_open, worn.glasses(self._model, name)))
            self._made[key] = Worn(self._made[""].passed, parts)
        return self._made[key].parts

    def beard(self) -> Part:
        """Return a full beard, in the light of the skin that it grows on."""
        if "beard" not in self._made:
            part, own = worn.beard(self._model)
            lit = replace(part, passed=self._made[""].passed[own])
            self._made["beard"] = Worn(lit.passed, (lit,))
        return self._made["beard"].parts[0]

    def scalp(self, cut: str) -> Float32:
        """Return where hair grows, (n,) 0 to 1."""
        if cut not in self._scalps:
            self._scalps[cut] = scalp(self._model, CUTS[cut])
        return self._scalps[cut]

    def _shadowed(self, parts: tuple[Part, ...]) -> tuple["Worn", tuple[Part, ...]]:
        """Return the head's transfer, and the parts with theirs, each in the shadow of all."""
        model = self._model
        vertices = np.concatenate([model.mean, *(p.vertices for p in parts)])
        normals = np.concatenate([self._rest, *(p.normals for p in parts)])
        starts = np.cumsum([0, len(model.mean), *(len(p.vertices) for p in parts)])
        meshes = (model.triangles, *(p.triangles for p in parts))
        triangles = np.concatenate([t + s for t, s in zip(meshes, starts, strict=False)])
        passed = transfer(vertices, normals, triangles.astype(np.int32), SIDES)
        head, *others = np.split(passed, starts[1:-1])
        inner, light = self._inside
        head[inner] = light
        lit = tuple(replace(p, passed=own) for p, own in zip(parts, others, strict=True))
        return Worn(self._soft(head), lit), lit

    def _mouth(self) -> tuple[Array, Float32]:
        """Return the vertices inside of the mouth, and what they pass on while it is open."""
        model = self._model
        inner = np.concatenate([model.parts[part] for part in ("mouth", "teeth", "tongue")])
        jaw = np.array([OPEN * (name == "jawOpen") for name in model.expression_names])
        opened = model.vertices(np.zeros(len(model.identity)), jaw)
        turned = model.normals(opened)
        scattered = SCATTERED * harmonics.COSINE * harmonics.basis(turned[inner])
        light = transfer(opened, turned, model.triangles, SIDES)[inner]
        return inner, light + scattered.astype(np.float32)

    def _soft(self, passed: Float32) -> Float32:
        """Let the light of each vertex spread to its neighbours."""
        t, count = self._model.triangles, len(self._model.mean)
        pairs = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
        links = sparse.coo_array((np.ones(len(pairs), np.float32), pairs.T), (count, count)).tocsr()
        links = links + links.T
        share = sparse.diags_array(1.0 / np.maximum(links.sum(1), 1.0)).astype(np.float32) @ links
        for _ in range(SOFTENING):
            passed = 0.5 * passed + 0.5 * (share @ passed)
        return np.ascontiguousarray(passed, np.float32)


def in_open(part: Part) -> Part:
    """Return a part in the light that an open surface gets, or nearly all of it."""
    light = 0.85 * harmonics.COSINE * harmonics.basis(part.normals)
    return replace(part, passed=light.astype(np.float32))
