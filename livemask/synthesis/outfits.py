"""Outfits: all that people can wear, made once, with the shadows that it throws on the head."""

from dataclasses import replace

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
from livemask.synthesis.part import Binding, Part

SIDES = 48
"""From how many sides it is found out what throws shadows."""

OPEN, SCATTERED, SOFTENING = 0.45, 0.22, 4
"""jawOpen at which light in the mouth is measured; the share that gets anywhere in it; steps by
which light spreads under the skin."""


class Outfits:
    """What the people of a model wear.

    Parameters
    ----------
    model : MorphableModel
        Only livemask's own head is dressed: others have no neck, or another one.
    dressed : bool

    Attributes
    ----------
    mean : (n, 3) float32
        The head at rest that all is made for.
    passed : dict of str to (n, 16) float32
        The head's transfer under each cut of hair and each hat; under "" with neither.
    hair, hats, glasses : dict of str to tuple of Part
    body, lashes, beard : Part
    scalp : dict of str to (n,) float32
        Where hair grows.
    """

    def __init__(self, model: MorphableModel, *, dressed: bool) -> None:
        self._model, self.mean = model, model.mean
        self._rest = model.normals(model.mean)
        self.hair: dict[str, tuple[Part, ...]] = {}
        self.hats: dict[str, tuple[Part, ...]] = {}
        self.glasses: dict[str, tuple[Part, ...]] = {}
        self.scalp: dict[str, Float32] = {}
        self.passed: dict[str, Float32] = {}
        self.neck: Neck | None = None
        if not dressed:
            self.passed[""] = transfer(model.mean, self._rest, model.triangles, SIDES)
            return
        self._inside = self._mouth()
        self.neck = Neck.of(model)
        self.fringe = Lashes.of(model)
        body = worn.sweater(model, self.neck)
        self.passed[""], (self.body,) = self._shadowed((body,))
        for name, cut in CUTS.items():
            self.scalp[name] = scalp(model, cut)
            self.passed[name], parts = self._shadowed((body, *grow(model, cut)))
            self.hair[name] = parts[1:]
        for name, hat in worn.hats(model).items():
            self.passed[name], parts = self._shadowed((body, *hat))
            self.hats[name] = parts[1:]
        self.glasses = {k: tuple(map(in_open, v)) for k, v in worn.glasses(model).items()}
        self.beard = self._lit_as_skin(worn.beard(model))
        self.lashes = in_open(worn.fringe(model, self.fringe))

    def _shadowed(self, parts: tuple[Part, ...]) -> tuple[Float32, tuple[Part, ...]]:
        """Return the transfer of the head, and the parts with theirs, each in all's shadow."""
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
        return self._soft(head), lit

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

    def _lit_as_skin(self, part: Part) -> Part:
        """Return a part in the light of the skin that it is next to."""
        skin = self._model.parts["skin"]
        near = Binding.near(part.vertices, self._model.mean, skin, 10.0, 1).vertices[:, 0]
        return replace(part, passed=self.passed[""][near])


def in_open(part: Part) -> Part:
    """Return a part in the light that an open surface gets, or nearly all of it."""
    light = 0.85 * harmonics.COSINE * harmonics.basis(part.normals)
    return replace(part, passed=light.astype(np.float32))
