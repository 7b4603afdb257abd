"""Kernel that unrolls a mesh onto a texture: what each texel of it is."""

from numba import njit

from livemask.triangles import corners_of, covers, double_area, reach, shares


@njit(cache=True, nogil=True)
def unroll(places, triangles, values, texels, covered):  # type: ignore[no-untyped-def]
    """Write to `texels` (h, w, k) the `values` (n, k) of a mesh, interpolated in its triangles.

    `places` (n, 2) are the vertices on the texture, px. Later `triangles` go over earlier ones;
    `covered` (h, w) becomes True where one was drawn.
    """
    height, width, count = texels.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        corners = corners_of(places, a, b, c)
        area = double_area(corners)
        if abs(area) < 1e-9:
            continue
        left, right, top, bottom = reach(corners, width, height)
        for y in range(top, bottom):
            for x in range(left, right):
                u, v, w = shares(x, y, corners, area)
                if covers(u, v, w):
                    for k in range(count):
                        texels[y, x, k] = u * values[a, k] + v * values[b, k] + w * values[c, k]
                    covered[y, x] = True
