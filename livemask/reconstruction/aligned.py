"""Aligned crop and .mat file in the form of Deep3DFaceReconstruction (Deng et al. 2019).

"Accurate 3D face reconstruction with weakly-supervised learning: from single image to image set".
"""

import io
from typing import IO, TYPE_CHECKING

import cv2
import numpy as np
from scipy.io import savemat

from livemask.geometry import euler_angles
from livemask.harmonics import shade
from livemask.reconstruction.views import coded, look, rgba
from livemask.records import Array, Camera, Float32, Float64, UInt8

if TYPE_CHECKING:
    from livemask.reconstruction.reconstruction import Reconstruction

STANDARD = np.array(
    [[-31.1, 29.0, 13.3], [31.1, 29.0, 13.3], [0.0, -4.6, 55.2], [-25.0, -38.1, 22.3],
     [25.0, -38.1, 22.3]]
)  # fmt: skip
"""(5, 3) mm: eyes, tip of the nose and corners of the mouth of the face that crops align with."""

SCALE = 102.0 / 100.0 / 224.0
"""Sides of a crop per mm of the standard face: 100 mm are 102 of 224 px."""

DECIMETRE = 100.0


def five(points: Array) -> Float64:
    """Return the (5, 2) centres of both eyes, tip of the nose and corners of the mouth of 68."""
    eyes = [points[36:42].mean(0), points[42:48].mean(0)]
    return np.stack([*eyes, points[30], points[48], points[54]])


def placing(points: Array, side: int) -> tuple[float, Float64]:
    """Return how a photo is scaled and then moved (2,) px, so that five points (5, 2) are aligned.

    A camera without perspective is fitted to them, whose scale and origin become those of all
    crops (Bruckstein et al. 1999, "Optimum fiducials under weak perspective projection").
    """
    rows = np.column_stack([STANDARD, np.ones(5)])
    solved, *_ = np.linalg.lstsq(rows, points * (1.0, -1.0), rcond=None)
    found = 0.5 * (np.linalg.norm(solved[:3, 0]) + np.linalg.norm(solved[:3, 1]))
    scale = SCALE * side / max(float(found), 1e-6)
    origin = solved[3] * (1.0, -1.0)
    return scale, 0.5 * (side - 1) - scale * origin


def cropped(made: "Reconstruction", side: int) -> UInt8:
    """Return the (side, side, 3) aligned part of the photo, black beyond its borders."""
    scale, shift = placing(five(made.points), side)
    low = np.maximum(np.floor(-shift / scale) - 8, 0).astype(int)
    high = np.minimum(np.ceil((side - shift) / scale) + 8, made.size).astype(int)
    if (high <= low).any():
        return np.zeros((side, side, 3), np.uint8)
    part = made.portrayal.frame.image[low[1] : high[1], low[0] : high[0]]
    if scale < 1.0:
        sigma = 0.45 * (scale**-2 - 1.0) ** 0.5 + 1e-3
        part = np.asarray(cv2.GaussianBlur(part, (0, 0), sigma), np.uint8)
    moved = shift + scale * low
    to_crop = np.array([[scale, 0.0, moved[0]], [0.0, scale, moved[1]]])
    way = cv2.INTER_LINEAR if scale < 1.0 else cv2.INTER_CUBIC
    return np.asarray(cv2.warpAffine(part, to_crop, (side, side), flags=way), np.uint8)


def crop_camera(made: "Reconstruction", side: int) -> Camera:
    """Return the camera that sees what `cropped` shows."""
    scale, shift = placing(five(made.points), side)
    camera = made.fit.camera
    return Camera(scale * camera.focal, scale * camera.centre + shift, (side, side))


def write_mat(out: IO[bytes], made: "Reconstruction", side: int) -> None:
    """Write the fields; shapes and ranges stand in docs/reconstruct.md."""
    scale, shift = placing(five(made.points), side)
    camera = crop_camera(made, side)
    seen = look(made.shape, camera, made.albedo, made.portrayal.light.harmonics)
    lit = made.albedo * shade(made.portrayal.light.harmonics, made.shape.seen_normals)
    fields = {
        "cropped_img": cropped(made, side),
        "recon_img": rgba(seen.albedo * seen.light, seen.alpha),
        "coeff": coefficients(made)[None],
        "face_shape": made.vertices / np.float32(DECIMETRE),
        "face_texture": coded(made.albedo).astype(np.float32),
        "face_color": coded(lit).astype(np.float32),
        "lm_68p": scale * made.points + shift,
        "lm_5p": scale * five(made.points) + shift,
    }
    packed = io.BytesIO()
    savemat(packed, fields, do_compression=True)  # type: ignore[arg-type]  # takes streams
    out.write(packed.getvalue())


def coefficients(made: "Reconstruction") -> Float32:
    """Return identity (k), expression (m), tone (3), angles (3), light (27), place (3) in a row."""
    fit, light = made.fit, made.portrayal.light
    weight = made.model.face_weight > 0.5
    tone = np.median(made.albedo[weight], axis=0)
    angles = np.array(euler_angles(fit.camera_from_head[:3, :3]))
    place = fit.camera_from_head[:3, 3] / DECIMETRE
    parts: list[Array] = [
        fit.identity,
        fit.expression,
        tone,
        angles,
        light.harmonics.T.ravel(),
        place,
    ]
    return np.concatenate(parts).astype(np.float32)
