"""The colours of a fitted head, taken from a frame: seen where they are seen, filled elsewhere."""

import cv2
import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from livemask.geometry import project, transform_points
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Frame
from livemask.visibility import visibility

ROUNDS = 200
"""Of diffusion: a hole of some 20 vertices across fills smoothly."""

MIRROR_SHARE = 0.3
"""Weight of a mirror image in full view: light differs from side to side."""

MIRROR_WITHIN = 3.0
"""mm between a mirrored vertex and the one that is its partner."""


def vertex_colours(frame: Frame, model: MorphableModel, fit: Fit) -> tuple[Float32, Array]:
    """Return the colour of each vertex of a fitted head.

    The face is coloured by the frame; what the camera does not see there by its mirror image
    or, failing that, by its neighbours. Towards ears, crown and neck, where a frame shows hair
    and background, the model's albedo takes over, toned like the face.

    Returns
    -------
    (n, 3) float32
        sRGB-coded, 0 to 1, as in the picture: the light is still on it.
    (n,) float64
        How well each was seen, 0 to 1.
    """
    vertices = model.vertices(fit.identity, fit.expression)
    places = transform_points(fit.camera_from_head, vertices)
    normals = model.normals(vertices) @ fit.camera_from_head[:3, :3].T
    seen = visibility(fit.camera, places, normals, model.triangles) * (model.face_weight > 0.02)
    sampled = _sampled(frame, project(fit.camera, fit.camera_from_head, vertices))
    filled = _filled(model, sampled, seen)
    rest = _toned(model, filled, seen)
    weight = np.clip(model.face_weight, 0.0, 1.0)[:, None]
    return (weight * filled + (1.0 - weight) * rest).astype(np.float32), seen


def _sampled(frame: Frame, pixels: Float64) -> Float64:
    """Return the (n, 3) colours of a frame at `pixels` (n, 2), sRGB-coded, 0 to 1."""
    x, y = pixels.astype(np.float32).T
    # remap takes at most 32767 rows
    parts = [
        cv2.remap(frame.image, px[:, None], py[:, None], cv2.INTER_LINEAR,
                  borderMode=cv2.BORDER_REPLICATE)[:, 0]
        for px, py in zip(np.array_split(x, 8), np.array_split(y, 8), strict=True)
    ]  # fmt: skip
    return np.concatenate(parts).astype(np.float64) / 255.0


def _filled(model: MorphableModel, colours: Float64, seen: Array) -> Float64:
    """Mix into vertices that are hardly seen their mirror image; fill the rest from around."""
    mirrored = model.mean * np.array([-1.0, 1.0, 1.0])
    distance, nearest = cKDTree(model.mean).query(mirrored)
    partner = np.asarray(nearest)
    other = MIRROR_SHARE * (1.0 - seen) * seen[partner] * (distance < MIRROR_WITHIN)
    total = seen + other
    known = total > 0.01
    if not known.any():
        return np.full_like(colours, 0.5)
    mixed = seen[:, None] * colours + other[:, None] * colours[partner]
    filled = mixed / np.maximum(total, 0.01)[:, None]
    filled[~known] = filled[known].mean(axis=0)
    return _diffused(model, filled, ~known)


def _diffused(model: MorphableModel, colours: Float64, free: Array) -> Float64:
    """Let the colours of `free` vertices become the mean of their neighbours' (Laplace)."""
    edges = np.concatenate([model.triangles[:, [i, j]] for i, j in ((0, 1), (1, 2), (2, 0))])
    edges = np.concatenate([edges, edges[:, ::-1]])
    count = len(model.mean)
    links = sparse.csr_array((np.ones(len(edges)), edges.T), shape=(count, count))
    degree = np.asarray(links.sum(axis=1)).ravel()
    rows = sparse.csr_array(sparse.diags_array(1.0 / np.maximum(degree, 1.0)) @ links)
    inner = rows[np.flatnonzero(free)]
    out = colours.copy()
    for _ in range(ROUNDS):
        out[free] = np.asarray(inner @ out)
    return out


def _toned(model: MorphableModel, colours: Float64, seen: Array) -> Float64:
    """Return the model's albedo, sRGB-coded, toned so that the seen skin has its colour."""
    albedo = np.clip(model.albedo.astype(np.float64), 1e-4, 1.0) ** (1.0 / 2.2)
    sure = (seen > 0.9) & (model.face_weight > 0.9)
    if not sure.any():
        return albedo
    tone = np.median(colours[sure], axis=0) / np.median(albedo[sure], axis=0)
    toned = albedo * tone.mean()  # eyes and teeth are as light as the skin, but not of its hue
    skin = model.parts.get("skin", np.arange(len(albedo)))
    toned[skin] = albedo[skin] * tone
    return np.clip(toned, 0.0, 1.0)
