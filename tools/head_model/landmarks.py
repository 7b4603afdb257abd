"""Where the iBUG points 17 to 67 lie on the head; `contour.py` has the jaw.

Found by running dlib on 280 textured renders of 40 heads and projecting its points back
(the brows were then shifted by their mean residual on photos). The cage is too coarse for
brows, so that a point is a vertex `v a`, the point of an edge `e a-b` or of a quad
`f a-b-c-d` of the once subdivided mesh, in numbers of the base mesh.
"""

import numpy as np

from head_model.cut import Cage
from livemask.models.subdivision import Subdivision
from livemask.records import Array, Int32

POINTS = (
    # right brow, left brow
    "v 5262", "e 225-232", "e 222-224", "e 205-223", "e 208-209",
    "e 6983-6984", "e 6980-6997", "e 6996-6998", "e 6999-7005", "v 11870",
    # bridge and base of the nose
    "e 132-133", "v 131", "e 164-201", "v 294",
    "v 320", "v 313", "v 317", "v 7076", "v 7082",
    # right eye, left eye
    "v 4856", "v 0", "e 54-57", "e 66-69", "e 47-50", "f 41-6776-6777-36",
    "e 6850-6853", "e 6838-6841", "v 6784", "v 11474", "f 6825-6820-13373-13372",
    "e 6831-6834",
    # outer lips
    "v 3737", "f 5354-410-447-5351", "f 450-456-457-460", "v 466", "f 7210-7219-7216-7215",
    "f 11956-11953-7207-7170", "v 10405", "e 7130-7166", "v 7241", "v 492", "v 486", "e 370-406",
    # inner lips
    "e 430-499", "f 462-459-471-472", "v 474", "f 7221-7228-7227-7218", "e 7190-7248",
    "f 7265-7264-7242-7236", "v 523", "f 518-481-487-517",
)  # fmt: skip


def inner_vertices(cage: Cage, once: Subdivision) -> Int32:
    """Return the (51,) vertices of the subdivided mesh."""
    return np.array([_resolve(point, cage, once) for point in POINTS], np.int32)


def _resolve(point: str, cage: Cage, once: Subdivision) -> int:
    kind, numbers = point.split()
    corners = np.sort(cage.number(np.array(numbers.split("-"), np.int64)))
    if kind == "v":
        return int(corners[0])
    rows, first = (once.edges, len(cage.base)) if kind == "e" else _faces(cage, once)
    (found,) = np.flatnonzero((np.sort(rows, 1) == corners).all(1))
    return int(first + found)


def _faces(cage: Cage, once: Subdivision) -> tuple[Array, int]:
    return cage.quads, len(cage.base) + len(once.edges)
