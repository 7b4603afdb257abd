"""Kernel that unrolls a mesh onto a texture: what each texel of it is."""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def unroll(places, triangles, values, texels, covered):  # type: ignore[no-untyped-def]
    """Write to `texels` (h, w, k) the `values` (n, k) of a mesh, interpolated in its triangles.

    `places` (n, 2) are the vertices on the texture, px. Later `triangles` go over earlier ones;
    `covered` (h, w) becomes True where one was drawn.
    """
    height, width, count = texels.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, bx, by = places[a, 0], places[a, 1], places[b, 0], places[b, 1]
        cx, cy = places[c, 0], places[c, 1]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if abs(area) < 1e-9:
            continue
        left, right = max(0, int(np.ceil(min(ax, bx, cx)))), int(np.floor(max(ax, bx, cx)))
        top, bottom = max(0, int(np.ceil(min(ay, by, cy)))), int(np.floor(max(ay, by, cy)))
        for y in range(top, min(bottom, height - 1) + 1):
            for x in range(left, min(right, width - 1) + 1):
                v = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area
                w = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area
                u = 1.0 - v - w
                if u >= -1e-9 and v >= -1e-9 and w >= -1e-9:
                    for k in range(count):
                        texels[y, x, k] = u * values[a, k] + v * values[b, k] + w * values[c, k]
                    covered[y, x] = True
