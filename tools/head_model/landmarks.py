"""Where the 68 iBUG points lie on the head, and where the jaw's outline may lie.

Found by running dlib on 280 textured renders of 40 heads and projecting its points back
(the brows were then shifted by their mean residual on photos). The cage is too coarse for
brows, so that a point is a vertex `v a`, the point of an edge `e a-b` or of a quad
`f a-b-c-d` of the once subdivided mesh, in numbers of the base mesh.
"""

import numpy as np

from head_model.cut import Cage
from livemask.landmarks import MIRROR
from livemask.models.subdivision import Subdivision
from livemask.records import Array, Int32

POINTS = (
    # jaw, from the subject's right ear over the chin to the left
    "v 5738", "v 5735", "v 5759", "v 5242", "v 5241", "e 915-5298", "v 5295", "e 5292-5293",
    "v 5296",
    "e 11898-11899", "v 11901", "e 7617-11903", "v 11850", "v 11851", "v 12356", "v 12332",
    "v 12335",
    # right brow, left brow
    "v 5262", "e 225-232", "e 222-224", "e 205-223", "e 208-228",
    "e 6983-7001", "e 6980-6997", "e 6996-6998", "e 6999-7005", "v 11870",
    # bridge and base of the nose
    "e 132-133", "v 131", "e 164-201", "v 294",
    "v 320", "v 313", "v 317", "v 7076", "v 7082",
    # right eye, left eye
    "e 21-24", "v 0", "e 54-57", "e 66-69", "e 47-50", "f 41-6776-6777-36",
    "e 6850-6853", "e 6838-6841", "v 6784", "e 6805-6808", "f 6825-6820-13373-13372",
    "e 6831-6834",
    # outer lips
    "v 3737", "f 5354-410-447-5351", "f 450-456-457-460", "v 466", "f 7210-7219-7216-7215",
    "f 11956-11953-7207-7170", "v 10405", "e 7130-7166", "v 7241", "v 492", "v 486", "e 370-406",
    # inner lips
    "e 430-499", "f 462-459-471-472", "v 474", "f 7221-7228-7227-7218", "e 7190-7248",
    "f 7265-7264-7242-7236", "v 523", "f 518-481-487-517",
)  # fmt: skip

STRIPS = (
    # for the jaw points 0 to 8, front to back; 9 to 16 are their mirror images
    (
        "24 4855 25 23 4880 85 147 185 193 215 256 263 5264 3740 718 5195 267 5237 870 5402 5754 "
        "5769 5765 5739 5738"
    ),
    "905 901 902 259 5178 5327 5182 5185 5186 5201 269 5235 867 5411 5763 5735",
    "5333 5323 5324 5152 5177 5205 5204 270 5246 5098 5097 5759",
    "5140 5288 5289 5301 5153 5208 5206 736 5242 912 911 738 884",
    "5156 5218 5173 5290 5300 5208 735 5241 895 912 911 996 748",
    "898 5161 5163 5216 5170 5227 5298 737",
    "734 5159 5160 5210 5165 5223 5224 5295 917 891 743",
    "731 723 5158 5215 5167 5221 5292 918 914 921 913",
    "733 5162 724 5211 5171 5225 5296 732 747 780",
)


def landmark_vertices(cage: Cage, once: Subdivision) -> Int32:
    """Return the (68,) vertices of the subdivided mesh."""
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


def contour(cage: Cage) -> tuple[Int32, ...]:
    """Return for each jaw point the vertices, front to back, where the outline may lie."""
    right = [cage.number(np.array(strip.split(), np.int64)) for strip in STRIPS]
    left = [cage.mirror[right[MIRROR[i]]] for i in range(9, 17)]
    return tuple(np.asarray(strip, np.int32) for strip in right + left)
