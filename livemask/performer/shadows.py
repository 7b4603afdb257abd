"""The light that reaches head, hair and clothes at rest, each in the shadow of all."""

import numpy as np
from scipy import sparse

from livemask.morphable_model import MorphableModel
from livemask.performer import harmonics
from livemask.performer.piece import Piece
from livemask.performer.transfer import transfer
from livemask.records import Float32

OPEN = 0.45
"""jawOpen at which it is found out how much light gets into the mouth."""

SCATTERED = 0.22
"""Share of the light that gets anywhere in the open mouth."""

SOFTENING = 4
"""Steps by which light spreads under the skin to neighbours, 2 to 5 mm away."""


def cast_shadows(
    person: MorphableModel, rest: Float32, pieces: tuple[Piece, ...]
) -> tuple[Float32, ...]:
    """Return the transfers of head and pieces, each in the shadow of all."""
    inside = np.concatenate([person.parts[part] for part in ("mouth", "teeth", "tongue")])
    vertices = np.concatenate([person.mean, *(p.vertices for p in pieces)])
    starts = np.cumsum([0, len(person.mean), *(len(p.vertices) for p in pieces)])
    meshes = (person.triangles, *(p.triangles for p in pieces))
    triangles = np.concatenate([t + s for t, s in zip(meshes, starts, strict=False)])
    together = transfer(
        vertices, np.concatenate([rest, *(p.normals for p in pieces)]), triangles.astype(np.int32)
    )
    head, *others = np.split(together, starts[1:-1])
    head[inside] = _passed_inside(person)[inside]
    return (_soft(person, head, SOFTENING), *others)


def _passed_inside(person: MorphableModel) -> Float32:
    """Return the transfer (n, 16) of a head with open mouth, and some light from cheek to cheek."""
    jaw = np.array([OPEN * (name == "jawOpen") for name in person.expression_names])
    opened = person.vertices(np.zeros(0), jaw)
    turned = person.normals(opened)
    scattered = SCATTERED * harmonics.COSINE * harmonics.basis(turned)
    return transfer(opened, turned, person.triangles) + scattered.astype(np.float32)


def _soft(person: MorphableModel, passed: Float32, steps: int) -> Float32:
    """Let the light of each vertex spread to its neighbours."""
    t, count = person.triangles, len(person.mean)
    pairs = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    links = sparse.coo_array((np.ones(len(pairs), np.float32), pairs.T), (count, count)).tocsr()
    links = links + links.T
    share = sparse.diags_array(1.0 / np.maximum(links.sum(1), 1.0)).astype(np.float32) @ links
    for _ in range(steps):
        passed = 0.5 * passed + 0.5 * (share @ passed)
    return np.ascontiguousarray(passed, np.float32)
