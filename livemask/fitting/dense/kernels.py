"""The inner loops of the dense fit: arrays and scalars in, arrays out, no checks.

Throughout: n vertices, two channels (`Picture`), float32 but for pose and places. Rows of
unknowns hold both channels of a vertex side by side: n of the first, then n of the second.
"""

import numpy as np
from numba import njit

EDGE = 0.25
"""Least cosine between the normal and the way to the camera of a vertex that is looked at."""

LIGHT, TINT = 9, 4
"""Spherical harmonics of the brightness, and of the tint: the first nine and the first four
(Ramamoorthi & Hanrahan 2001)."""


@njit(cache=True, nogil=True)
def sample(points, normals, rotation, translation, lens, planes, seen, found):  # type: ignore[no-untyped-def]
    """Write where `points` (3, n) are `seen` (3, n) in the camera frame and what is there.

    `lens` (6,): focal length and centre px, then scale and corner of the cut (`Picture`).
    `planes` (2, 3, s, s): channels with slopes. `found` (n, 16), zeros if not to be seen: facing;
    of each channel its value and its slopes to the right and upwards, per mm; the harmonics.
    """
    size, focal = planes.shape[2], lens[0]
    for i in range(points.shape[1]):
        turned = np.empty(3)
        for a in range(3):
            seen[a, i], turned[a] = translation[a], 0.0
            for b in range(3):
                seen[a, i] += rotation[a, b] * points[b, i]
                turned[a] += rotation[a, b] * normals[b, i]
        x, y, z = seen[0, i], seen[1, i], seen[2, i]
        away = (x * x + y * y + z * z) ** 0.5
        facing = -(turned[0] * x + turned[1] * y + turned[2] * z) / away
        for k in range(found.shape[1]):
            found[i, k] = 0.0
        per_mm = lens[3] * focal / -z
        u = (lens[1] + focal * x / -z - lens[4]) * lens[3]
        v = (lens[2] - focal * y / -z - lens[5]) * lens[3]
        if facing < EDGE or not (1.0 <= u < size - 2.0) or not (1.0 <= v < size - 2.0):
            continue
        found[i, 0] = facing
        column, row = int(u), int(v)
        fx, fy = u - column, v - row
        for c in range(2):
            for k in range(3):
                p = planes[c, k]
                above = p[row, column] + fx * (p[row, column + 1] - p[row, column])
                below = p[row + 1, column] + fx * (p[row + 1, column + 1] - p[row + 1, column])
                value = above + fy * (below - above)
                found[i, 1 + 3 * c + k] = value * (1.0 if k == 0 else per_mm if k == 1 else -per_mm)
        harmonics(turned[0], turned[1], turned[2], found[i, 7:])


@njit(cache=True, nogil=True)
def harmonics(x, y, z, out):  # type: ignore[no-untyped-def]
    """Write to `out` (9,) the spherical harmonics of a unit normal, unscaled."""
    out[0], out[1], out[2], out[3] = 1.0, x, y, z
    out[4], out[5], out[6] = x * y, x * z, y * z
    out[7], out[8] = x * x - y * y, 3.0 * z * z - 1.0


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def motion_rows(seen, rotation, translation, moves, found, rows):  # type: ignore[no-untyped-def]
    """Write to `rows` (6 + m, 2 n) how values change: six of the pose, then `moves` (m, 3, n).

    Three rotations about the head's origin, three translations, camera frame, as in
    `fitting.kernels.pose_rows`. Vertices that are not seen get zeros.
    """
    n = seen.shape[1]
    across, up = np.empty((2, n), np.float32), np.empty((2, n), np.float32)
    axis = np.empty((2, 3, n), np.float32)
    for i in range(n):
        shown = np.float32(1.0 if found[i, 0] > 0.0 else 0.0)
        u, v = seen[0, i] / -seen[2, i], seen[1, i] / -seen[2, i]
        for b in range(3):
            axis[0, b, i] = rotation[0, b] + u * rotation[2, b]
            axis[1, b, i] = rotation[1, b] + v * rotation[2, b]
        x, y = seen[0, i] - translation[0], seen[1, i] - translation[1]
        z = seen[2, i] - translation[2]
        for c in range(2):
            across[c, i] = gx = shown * found[i, 2 + 3 * c]
            up[c, i] = gy = shown * found[i, 3 + 3 * c]
            k = c * n + i
            rows[0, k] = gx * u * y + gy * (v * y - z)
            rows[1, k] = gx * (z - u * x) - gy * v * x
            rows[2, k] = gy * x - gx * y
            rows[3, k], rows[4, k], rows[5, k] = gx, gy, gx * u + gy * v
    for m in range(moves.shape[0]):
        for i in range(n):
            a, b, c = moves[m, 0, i], moves[m, 1, i], moves[m, 2, i]
            right = axis[0, 0, i] * a + axis[0, 1, i] * b + axis[0, 2, i] * c
            above = axis[1, 0, i] * a + axis[1, 1, i] * b + axis[1, 2, i] * c
            rows[6 + m, i] = across[0, i] * right + up[0, i] * above
            rows[6 + m, n + i] = across[1, i] * right + up[1, i] * above


@njit(cache=True, nogil=True)
def colour_rows(found, albedo, tones, colour, first, rows):  # type: ignore[no-untyped-def]
    """Write to `rows` from `first` on the rows of light, tint and `tones` (a, 2, n), negated.

    The last row is what is seen beyond what `colour` (13 + a,) explains of `albedo` (2, n).
    """
    n, last = found.shape[0], rows.shape[0] - 1
    for i in range(n):
        for c in range(2):
            k = c * n + i
            rest = found[i, 1 + 3 * c] - albedo[c, i]
            for h in range(LIGHT + TINT):
                mine = h < LIGHT if c == 0 else h >= LIGHT
                value = found[i, 7 + (h if h < LIGHT else h - LIGHT)] if mine else 0.0
                rows[first + h, k] = -value
                rest -= colour[h] * value
            for a in range(tones.shape[0]):
                rows[first + LIGHT + TINT + a, k] = -tones[a, c, i]
                rest -= colour[LIGHT + TINT + a] * tones[a, c, i]
            rows[last, k] = -rest


@njit(cache=True, nogil=True)
def weigh(found, deviations, share, rows):  # type: ignore[no-untyped-def]
    """Multiply `rows` by the roots of the weights of Geman & McClure (1985); return their mean.

    `deviations` (2,) of the channels; `share` is what one vertex counts, as neighbours are
    alike. The mean is over the vertices that are seen, of what they count beside one that fits.
    """
    n, last = found.shape[0], rows.shape[0] - 1
    total, count, roots = 0.0, 0, np.zeros(rows.shape[1], np.float32)
    for i in range(n):
        if found[i, 0] > 0.0:
            for c in range(2):
                off = rows[last, c * n + i] / deviations[c]
                robust = 1.0 / (1.0 + 0.25 * off * off)
                roots[c * n + i] = robust * (share * found[i, 0]) ** 0.5 / deviations[c]
                total += robust
                count += 1
    for r in range(rows.shape[0]):
        for k in range(rows.shape[1]):
            rows[r, k] *= roots[k]
    return total / max(count, 1)
