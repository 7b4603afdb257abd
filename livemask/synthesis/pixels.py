"""What each sample of a picture shows: colours from light, albedo and textures."""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.records import Float32, Float64, Int32, UInt8


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
    tones : (25,) float32
        Linear RGB of brows (0) and beard (4), each with how dense; of the iris (8), with the
        pupil's radius in rad and a phase of its fibres; times the first, the cloth's second colour
        (13); how strong pores, freckles and highlights are (16); where the lamp is (19), and what
        it gives (22).
    """

    skin: UInt8
    strands: UInt8
    cloth: UInt8
    tones: Float32


@njit(cache=True, nogil=True, fastmath=True)
def draw(shown, values, paint, owner, image):  # type: ignore[no-untyped-def]
    """Draw over `image` (h, w, 3) float32, linear RGB, what `owner` (s, s) shows.

    `shown`: places in samples, nearness, triangles and surfaces as in `Shown`; `values` (n, 15) of
    its vertices: albedo, light, uv, gleam, normal, place. Where all samples of a pixel show one
    surface, one in their middle stands for all.
    """
    places, near, triangles, surface = shown
    skin, strands, cloth, tones = paint
    height, width = image.shape[:2]
    per_side = owner.shape[0] // height
    middle = 0.5 * (per_side - 1)
    colour, total = np.empty(3, np.float32), np.empty(3, np.float32)
    for row in range(height):
        for column in range(width):
            top, left = row * per_side, column * per_side
            count = _count(owner, surface, top, left, per_side)
            covered = 0
            total[:] = 0.0
            for i in range(count):
                y, x = top + i // per_side, left + i % per_side
                triangle = owner[y, x]
                if triangle < 0:
                    continue
                covered += 1
                beside = middle if count == 1 else 0.0
                a, b, c = triangles[triangle, 0], triangles[triangle, 1], triangles[triangle, 2]
                u, v, w = _shares(places, near, (a, b, c), (x + beside, y + beside))
                s = u * values[a, 6] + v * values[b, 6] + w * values[c, 6]
                t = u * values[a, 7] + v * values[b, 7] + w * values[c, 7]
                for k in range(3):
                    colour[k] = u * values[a, k] + v * values[b, k] + w * values[c, k]
                kind = surface[triangle]
                gloss = _surface(kind, skin, strands, cloth, tones, s, t, colour)
                gloss *= u * values[a, 8] + v * values[b, 8] + w * values[c, 8]
                sharp = _sharp(values, (a, b, c), (u, v, w), tones, kind)
                for k in range(3):
                    lit = u * values[a, 3 + k] + v * values[b, 3 + k] + w * values[c, 3 + k]
                    value = colour[k] * lit + (gloss + sharp) * tones[22 + k]
                    total[k] += min(value + np.float32(0.2) * sharp * lit, np.float32(4.0))
            if covered:
                share = np.float32(1.0 / count)
                image[row, column] *= np.float32(1.0) - covered * share
                image[row, column] += share * total


@njit(cache=True, nogil=True, inline="always")
def _count(owner, surface, top, left, per_side):  # type: ignore[no-untyped-def]
    """Return of how many samples a pixel is mixed: 1 where they show one surface, 0 if nothing."""
    first = owner[top, left]
    kind = surface[first] if first >= 0 else 255
    even = True
    for y in range(top, top + per_side):
        for x in range(left, left + per_side):
            at = owner[y, x]
            even = even and (surface[at] if at >= 0 else 255) == kind
    if not even:
        return per_side * per_side
    return 1 if first >= 0 else 0


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _surface(kind, skin, strands, cloth, tones, s, t, colour):  # type: ignore[no-untyped-def]
    """Change `colour` by what the surface is made of; return how glossy it is."""
    gloss = np.float32(0.0)
    if kind == 0:
        gloss = _skin(skin, tones, s, t, colour)
    elif kind == 1:
        _eye(tones, s, t, colour)
    elif kind == 3:
        gloss = _hair(strands, s, t, colour)
    elif kind == 4:
        gloss = _cloth(cloth, tones, s, t, colour)
    elif kind == 6:
        gloss = np.float32(0.03)
    return gloss


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _shares(places, near, corners, at):  # type: ignore[no-untyped-def]
    """Return the shares of three corners at a sample, on the surface, as `corners_at` does.

    The middle of a pixel may lie a little beside the triangle of its first sample.
    """
    a, b, c = corners
    ax, ay = places[a, 0], places[a, 1]
    ux, uy = places[b, 0] - ax, places[b, 1] - ay
    vx, vy = places[c, 0] - ax, places[c, 1] - ay
    share = 1.0 / (ux * vy - uy * vx)
    dx, dy = at[0] - ax, at[1] - ay
    v = min(max((dx * vy - dy * vx) * share, 0.0), 1.0)
    w = min(max((ux * dy - uy * dx) * share, 0.0), 1.0)
    p, q, r = max(1.0 - v - w, 0.0) * near[a], v * near[b], w * near[c]
    whole = 1.0 / max(p + q + r, 1e-12)
    return np.float32(p * whole), np.float32(q * whole), np.float32(r * whole)


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _sharp(values, corners, shares, tones, kind):  # type: ignore[no-untyped-def]
    """Return the narrow highlight on what is wet or polished (Blinn 1977, exponent 256)."""
    if kind not in (1, 2, 5):
        return np.float32(0.0)
    nx = ny = nz = px = py = pz = np.float32(0.0)
    for i in range(3):
        at, share = corners[i], shares[i]
        nx += share * values[at, 9]
        ny += share * values[at, 10]
        nz += share * values[at, 11]
        px -= share * values[at, 12]
        py -= share * values[at, 13]
        pz -= share * values[at, 14]
    far = np.float32(1.0) / np.sqrt(px * px + py * py + pz * pz)
    hx, hy, hz = tones[19] + px * far, tones[20] + py * far, tones[21] + pz * far
    length = np.sqrt((hx * hx + hy * hy + hz * hz) * (nx * nx + ny * ny + nz * nz))
    half = (hx * nx + hy * ny + hz * nz) / (length + np.float32(1e-9))
    half = max(half, np.float32(0.0))
    for _ in range(8):
        half *= half
    return half * (np.float32(0.5) if kind == 1 else np.float32(0.25))


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _texel(image, left, top, mix, k):  # type: ignore[no-untyped-def]
    """Return channel `k` between four texels; `mix`: how far right and down, and bytes to 1."""
    fx, fy, byte = mix
    above = image[top, left, k] + fx * (np.float32(image[top, left + 1, k]) - image[top, left, k])
    low = top + 1
    below = image[low, left, k] + fx * (np.float32(image[low, left + 1, k]) - image[low, left, k])
    return (above + fy * (below - above)) * byte


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _skin(skin, tones, s, t, colour):  # type: ignore[no-untyped-def]
    """Change `colour` by pores, freckles, brows and beard; return how glossy it is."""
    side = skin.shape[0]
    x, y = s * side - np.float32(0.5), t * side - np.float32(0.5)
    left, top = int(np.floor(x)), int(np.floor(y))
    mix = np.float32(x - left), np.float32(y - top), np.float32(1.0 / 255.0)
    left, top = min(max(left, 0), side - 2), min(max(top, 0), side - 2)
    one = np.float32(1.0)
    pores = _texel(skin, left, top, mix, 0) - np.float32(0.502)
    spots = _texel(skin, left, top, mix, 1) * tones[17]
    brow = min(_texel(skin, left, top, mix, 2) * tones[3], np.float32(0.95))
    beard = min(_texel(skin, left, top, mix, 3) * tones[7], np.float32(0.95))
    rough = one + tones[16] * pores
    for k in range(3):
        value = colour[k] * rough * (one - spots * (np.float32(0.25) + np.float32(0.15) * k))
        value += beard * (tones[4 + k] - value)
        colour[k] = value + brow * (tones[k] - value)
    return tones[18] * rough * (one - brow) * (one - np.float32(0.7) * beard)


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _eye(tones, x, y, colour):  # type: ignore[no-untyped-def]
    """Write to `colour` what an eyeball shows at angles x and y from the iris' middle, rad."""
    radius, turn = np.sqrt(x * x + y * y), np.arctan2(y, x)
    phase = tones[12]
    fibre = np.sin(np.float32(31.0) * turn + phase) + np.sin(np.float32(47.0) * turn - phase)
    fibre += np.sin(np.float32(13.0) * turn + np.float32(2.0) * phase)
    pupil = tones[11]
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
        iris = tones[8 + k] * bright * rim
        value = iris + white * (ball - iris)
        colour[k] = value + black * (np.float32(0.005) - value)


@njit(cache=True, nogil=True, fastmath=True)
def _ramp(x, low, high):  # type: ignore[no-untyped-def]
    t = min(max((x - low) / (high - low), np.float32(0.0)), np.float32(1.0))
    return t * t * (np.float32(3.0) - np.float32(2.0) * t)


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _hair(strands, s, t, colour):  # type: ignore[no-untyped-def]
    """Change `colour` by strands; return how glossy they are."""
    rows, columns = strands.shape[:2]
    column, row = int(s * columns + 64 * columns) % columns, int(t * rows + 64 * rows) % rows
    bright = strands[row, column, 0] * np.float32(1.0 / 118.0)
    for k in range(3):
        colour[k] *= bright
    return np.float32(0.07) * bright * bright


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _cloth(cloth, tones, s, t, colour):  # type: ignore[no-untyped-def]
    """Change `colour` by weave and pattern; return how glossy cloth is."""
    rows, columns = cloth.shape[:2]
    column, row = int(s * columns + 64 * columns) % columns, int(t * rows + 64 * rows) % rows
    bright = cloth[row, column, 0] * np.float32(1.0 / 160.0)
    share = cloth[row, column, 1] * np.float32(1.0 / 255.0)
    for k in range(3):
        colour[k] *= bright * (np.float32(1.0) + share * (tones[13 + k] - np.float32(1.0)))
    return np.float32(0.01)
