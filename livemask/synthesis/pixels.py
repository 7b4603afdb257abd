"""What each sample of a picture shows: colours from light, albedo and textures."""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.records import Array, Float32, Float64, Int32, UInt8
from livemask.synthesis.raster import corners_at

DEPTH_STEP = 0.1
"""mm of one step of the label `depth`."""


class Shown(NamedTuple):
    """All that stands before the camera, as arrays that a kernel takes.

    n vertices, t triangles.

    Attributes
    ----------
    places : (n, 2) float64
        px.
    near : (n,) float64
        One over the depth, 1/mm; not above 0 behind the camera.
    seen, normals, lit, albedo : (n, 3) float32
        Camera frame, mm; light and albedo linear RGB.
    gleam : (n,) float32
        The broad highlight of the lamp.
    uv : (n, 2) float32
        Of the surface's own picture; of eyes the angle from the iris' middle, rad.
    alpha : (n,) float32
    triangles : (t, 3) int32
    surface, kind : (t,) uint8
    """

    places: Float64
    near: Float64
    seen: Float32
    normals: Float32
    lit: Float32
    albedo: Float32
    gleam: Float32
    uv: Float32
    alpha: Float32
    triangles: Int32
    surface: UInt8
    kind: UInt8


class Paint(NamedTuple):
    """Pictures and colours of one person, as a kernel takes them.

    Attributes
    ----------
    skin : (s, s, 4) uint8
        Pores, freckles, brows and beard.
    strands, cloth : (s, s, 2) uint8
    brow, beard : (4,) float32
        Linear RGB, and how dense.
    iris : (5,) float32
        Linear RGB, the pupil's radius in rad, and a phase of the fibres.
    second : (3,) float32
        Times the first, the cloth's second colour.
    skin_look : (3,) float32
        How strong pores and freckles are, and highlights.
    lamp, colour : (3,) float32
        Towards the lamp, and its light.
    """

    skin: UInt8
    strands: UInt8
    cloth: UInt8
    brow: Float32
    beard: Float32
    iris: Float32
    second: Float32
    skin_look: Float32
    lamp: Float32
    colour: Float32


@njit(cache=True, nogil=True, fastmath=True)
def draw(shown, paint, owner, per_side, image):  # type: ignore[no-untyped-def]
    """Draw over `image` (h, w, 3) float32, linear RGB, what `owner` (s, s) shows.

    `shown` is `Shown` in samples, of which a pixel has `per_side` squared. Where all of them show
    one surface, one in their middle stands for all.
    """
    height, width = image.shape[:2]
    middle = 0.5 * (per_side - 1)
    colour, total = np.empty(3, np.float32), np.empty(3, np.float32)
    for row in range(height):
        for column in range(width):
            top, left = row * per_side, column * per_side
            count = per_side * per_side
            if _is_even(owner, shown.surface, top, left, per_side):
                if owner[top, left] < 0:
                    continue
                count = 1
            covered = 0
            total[:] = 0.0
            for i in range(count):
                y, x = top + i // per_side, left + i % per_side
                triangle = owner[y, x]
                if triangle >= 0:
                    covered += 1
                    ay = y + middle if count == 1 else y + 0.0
                    ax = x + middle if count == 1 else x + 0.0
                    _shade(shown, paint, triangle, ax, ay, colour)
                    for k in range(3):
                        total[k] += min(colour[k], np.float32(4.0))
            share = np.float32(1.0 / count)
            open_share = np.float32(1.0) - covered * share
            for k in range(3):
                image[row, column, k] = open_share * image[row, column, k] + share * total[k]


@njit(cache=True, nogil=True, inline="always")
def _is_even(owner, surface, top, left, per_side):  # type: ignore[no-untyped-def]
    """Tell whether all samples of a pixel show one surface, or nothing."""
    first = owner[top, left]
    kind = surface[first] if first >= 0 else 255
    even = True
    for y in range(top, top + per_side):
        for x in range(left, left + per_side):
            at = owner[y, x]
            even = even and (surface[at] if at >= 0 else 255) == kind
    return even


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _shade(shown, paint, triangle, x, y, colour):  # type: ignore[no-untyped-def]
    """Write to `colour` (3,) what a triangle shows at a sample."""
    corners = shown.triangles[triangle]
    # Without a sign numba need not ask whether they count from the end.
    a, b, c = np.uint64(corners[0]), np.uint64(corners[1]), np.uint64(corners[2])
    p, q, r, _ = corners_at(shown.places, shown.near, corners, x, y)
    # The middle of a pixel may lie a little beside the triangle of its first sample.
    p, q, r = min(max(p, 0.0), 1.0), min(max(q, 0.0), 1.0), min(max(r, 0.0), 1.0)
    whole = 1.0 / max(p + q + r, 1e-9)
    u, v, w = np.float32(p * whole), np.float32(q * whole), np.float32(r * whole)
    s = u * shown.uv[a, 0] + v * shown.uv[b, 0] + w * shown.uv[c, 0]
    t = u * shown.uv[a, 1] + v * shown.uv[b, 1] + w * shown.uv[c, 1]
    gleam = u * shown.gleam[a] + v * shown.gleam[b] + w * shown.gleam[c]
    for k in range(3):
        colour[k] = u * shown.albedo[a, k] + v * shown.albedo[b, k] + w * shown.albedo[c, k]
    surface = shown.surface[triangle]
    gloss = np.float32(0.0)
    if surface == 0:
        gloss = _skin(paint, s, t, colour)
    elif surface == 1:
        _eye(paint, s, t, colour)
    elif surface == 3:
        gloss = _hair(paint, s, t, colour)
    elif surface == 4:
        gloss = _cloth(paint, s, t, colour)
    elif surface == 6:
        gloss = np.float32(0.03)
    for k in range(3):
        lit = u * shown.lit[a, k] + v * shown.lit[b, k] + w * shown.lit[c, k]
        colour[k] = colour[k] * lit + gloss * gleam * paint.colour[k]
    if surface in (1, 2, 5):
        sharp = _sharp(shown, paint, corners, (u, v, w))
        sharp *= np.float32(0.5) if surface == 1 else np.float32(0.25)
        for k in range(3):
            colour[k] += sharp * (paint.colour[k] + np.float32(0.2) * shown.lit[a, k])


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _sharp(shown, paint, corners, shares):  # type: ignore[no-untyped-def]
    """Return the narrow highlight on what is wet or polished (Blinn 1977, exponent 256)."""
    nx = ny = nz = px = py = pz = np.float32(0.0)
    for i in range(3):
        at, share = corners[i], shares[i]
        nx += share * shown.normals[at, 0]
        ny += share * shown.normals[at, 1]
        nz += share * shown.normals[at, 2]
        px -= share * shown.seen[at, 0]
        py -= share * shown.seen[at, 1]
        pz -= share * shown.seen[at, 2]
    far = np.float32(1.0) / np.sqrt(px * px + py * py + pz * pz)
    hx, hy, hz = paint.lamp[0] + px * far, paint.lamp[1] + py * far, paint.lamp[2] + pz * far
    length = np.sqrt((hx * hx + hy * hy + hz * hz) * (nx * nx + ny * ny + nz * nz))
    half = (hx * nx + hy * ny + hz * nz) / (length + np.float32(1e-9))
    half = max(half, np.float32(0.0))
    for _ in range(8):
        half *= half
    return half


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _skin(paint, s, t, colour):  # type: ignore[no-untyped-def]
    """Change `colour` by pores, freckles, brows and beard; return how glossy it is."""
    side = paint.skin.shape[0]
    x, y = s * side - np.float32(0.5), t * side - np.float32(0.5)
    left, top = int(np.floor(x)), int(np.floor(y))
    fx, fy = x - left, y - top
    left, top = min(max(left, 0), side - 2), min(max(top, 0), side - 2)
    one, low = np.float32(1.0), paint.skin
    w0, w1, w2, w3 = (one - fx) * (one - fy), fx * (one - fy), (one - fx) * fy, fx * fy
    byte = np.float32(1.0 / 255.0)
    a, b, c, d = low[top, left], low[top, left + 1], low[top + 1, left], low[top + 1, left + 1]
    pores = (w0 * a[0] + w1 * b[0] + w2 * c[0] + w3 * d[0]) * byte - np.float32(0.502)
    spots = (w0 * a[1] + w1 * b[1] + w2 * c[1] + w3 * d[1]) * byte * paint.skin_look[1]
    brow = (w0 * a[2] + w1 * b[2] + w2 * c[2] + w3 * d[2]) * byte * paint.brow[3]
    beard = (w0 * a[3] + w1 * b[3] + w2 * c[3] + w3 * d[3]) * byte * paint.beard[3]
    rough = one + paint.skin_look[0] * pores
    brow, beard = min(brow, np.float32(0.95)), min(beard, np.float32(0.95))
    for k in range(3):
        value = colour[k] * rough * (one - spots * (np.float32(0.25) + np.float32(0.15) * k))
        value += beard * (paint.beard[k] - value)
        colour[k] = value + brow * (paint.brow[k] - value)
    return paint.skin_look[2] * rough * (one - brow) * (one - np.float32(0.7) * beard)


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _eye(paint, x, y, colour):  # type: ignore[no-untyped-def]
    """Write to `colour` what an eyeball shows at angles x and y from the iris' middle, rad."""
    radius, turn = np.sqrt(x * x + y * y), np.arctan2(y, x)
    phase = paint.iris[4]
    fibre = np.sin(np.float32(31.0) * turn + phase) + np.sin(np.float32(47.0) * turn - phase)
    fibre += np.sin(np.float32(13.0) * turn + np.float32(2.0) * phase)
    pupil = paint.iris[3]
    deep = _ramp(radius, pupil, np.float32(0.435))
    bright = (np.float32(1.0) + np.float32(0.12) * fibre) * (
        np.float32(1.45) - np.float32(0.75) * deep
    )
    rim = np.float32(1.0) - np.float32(0.75) * _ramp(radius, np.float32(0.335), np.float32(0.425))
    white = _ramp(radius, np.float32(0.405), np.float32(0.485))
    vein = np.float32(0.55) * _ramp(radius, np.float32(0.62), np.float32(1.1))
    black = np.float32(1.0) - _ramp(radius, pupil - np.float32(0.03), pupil + np.float32(0.03))
    for k in range(3):
        ball = np.float32(0.60) - np.float32(0.035) * k
        ball += vein * (np.float32(0.50) - np.float32(0.12) * min(k, 1) - ball)
        iris = paint.iris[k] * bright * rim
        value = iris + white * (ball - iris)
        colour[k] = value + black * (np.float32(0.005) - value)


@njit(cache=True, nogil=True, fastmath=True)
def _ramp(x, low, high):  # type: ignore[no-untyped-def]
    t = min(max((x - low) / (high - low), np.float32(0.0)), np.float32(1.0))
    return t * t * (np.float32(3.0) - np.float32(2.0) * t)


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _hair(paint, s, t, colour):  # type: ignore[no-untyped-def]
    """Change `colour` by strands; return how glossy they are."""
    rows, columns = paint.strands.shape[:2]
    column, row = int(s * columns + 64 * columns) % columns, int(t * rows + 64 * rows) % rows
    bright = paint.strands[row, column, 0] * np.float32(1.0 / 118.0)
    for k in range(3):
        colour[k] *= bright
    return np.float32(0.07) * bright * bright


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _cloth(paint, s, t, colour):  # type: ignore[no-untyped-def]
    """Change `colour` by weave and pattern; return how glossy cloth is."""
    rows, columns = paint.cloth.shape[:2]
    column, row = int(s * columns + 64 * columns) % columns, int(t * rows + 64 * rows) % rows
    bright = paint.cloth[row, column, 0] * np.float32(1.0 / 160.0)
    share = paint.cloth[row, column, 1] * np.float32(1.0 / 255.0)
    for k in range(3):
        colour[k] *= bright * (np.float32(1.0) + share * (paint.second[k] - np.float32(1.0)))
    return np.float32(0.01)


def kinds(front: Int32, kind: UInt8) -> UInt8:
    """Return what each pixel shows, (s, s): `front` holds triangles, -1 none; `kind` (t,)."""
    table: Array = np.append(kind, np.uint8(0))
    return np.asarray(table[front], np.uint8)


@njit(cache=True, nogil=True)
def measure(places, near, surface, owner, maps):  # type: ignore[no-untyped-def]
    """Write what `owner` (h, w) shows to `maps`, which hold zeros and stay so where nothing is.

    `maps`: depth (h, w) uint16 in `DEPTH_STEP`, normals (h, w, 3) int8 times 127, camera frame,
    uv (h, w, 2) uint16 times 65535. `surface`: normals (n, 3) and triangles (t, 3); uv (r, 2) and
    the same triangles of its corners.
    """
    normals, triangles, uv, flat = surface
    depth, facing, texels = maps
    for y in range(owner.shape[0]):
        for x in range(owner.shape[1]):
            triangle = owner[y, x]
            if triangle < 0:
                continue
            corners = triangles[triangle]
            u, v, w, z = corners_at(places, near, corners, x, y)
            depth[y, x] = np.uint16(min(z / DEPTH_STEP + 0.5, 65535.0))
            a, b, c = corners[0], corners[1], corners[2]
            nx = u * normals[a, 0] + v * normals[b, 0] + w * normals[c, 0]
            ny = u * normals[a, 1] + v * normals[b, 1] + w * normals[c, 1]
            nz = u * normals[a, 2] + v * normals[b, 2] + w * normals[c, 2]
            long = 127.0 / max((nx * nx + ny * ny + nz * nz) ** 0.5, 1e-9)
            facing[y, x, 0] = np.int8(np.rint(nx * long))
            facing[y, x, 1] = np.int8(np.rint(ny * long))
            facing[y, x, 2] = np.int8(np.rint(nz * long))
            a, b, c = flat[triangle, 0], flat[triangle, 1], flat[triangle, 2]
            for k in range(2):
                place = u * uv[a, k] + v * uv[b, k] + w * uv[c, k]
                texels[y, x, k] = np.uint16(min(max(place, 0.0), 1.0) * 65535.0 + 0.5)
