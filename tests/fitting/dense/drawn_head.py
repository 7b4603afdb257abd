"""A head drawn with known shape and light, a triangle at a time: no GL needed."""

import cv2
import numpy as np

from livemask.geometry import project
from livemask.records import Frame
from tests.heads import CAMERA, shipped

LIGHT = np.array([0.4, 0.3, 0.85])


def drawn(pose, identity, expression=None, index=0):
    """Return a frame in which the face of a person is lit from one side."""
    model = shipped()
    nothing = np.zeros(len(model.expressions))
    vertices = model.vertices(identity, nothing if expression is None else expression)
    normals = model.normals(vertices) @ pose[:3, :3].T
    shade = 0.35 + 0.65 * np.maximum(normals @ (LIGHT / np.linalg.norm(LIGHT)), 0.0)
    colours = 255.0 * np.clip(model.albedo * shade[:, None], 0.0, 1.0) ** (1.0 / 2.2)
    pixels = project(CAMERA, pose, vertices.astype(np.float64))
    depth = vertices @ pose[2, :3]
    triangles = model.triangles[normals[model.triangles].mean(axis=1)[:, 2] > 0.0]
    triangles = triangles[np.argsort(depth[triangles].mean(axis=1))]
    width, height = CAMERA.size
    image = np.full((height, width, 3), 90, np.uint8)
    corners = np.rint(pixels[triangles] * 16).astype(np.int32)
    for corner, colour in zip(corners, colours[triangles].mean(axis=1).tolist(), strict=True):
        cv2.fillConvexPoly(image, corner, colour, cv2.LINE_8, 4)
    return Frame(cv2.GaussianBlur(image, (0, 0), 0.7), index / 30.0, index)
