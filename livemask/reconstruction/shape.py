"""Shape: a fitted head as its camera sees it."""

from dataclasses import dataclass

import numpy as np

from livemask.geometry import project, transform_points
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64
from livemask.visibility import visibility


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A head with an identity, an expression and a pose. n vertices.

    Attributes
    ----------
    model : MorphableModel
    vertices, normals : (n, 3) float32
        Head frame; mm and unit length.
    seen, seen_normals : (n, 3) float64
        Camera frame.
    pixels : (n, 2) float64
        In the photo, px; nan behind the camera.
    weight : (n,) float64
        How well the camera sees each vertex, 0 to 1.
    """

    model: MorphableModel
    vertices: Float32
    normals: Float32
    seen: Float64
    seen_normals: Float64
    pixels: Float64
    weight: Array

    @classmethod
    def of(cls, model: MorphableModel, fit: Fit) -> "Shape":
        """Return the shape that a fit tells."""
        vertices = model.vertices(fit.identity, fit.expression)
        normals = model.normals(vertices)
        seen = transform_points(fit.camera_from_head, vertices)
        seen_normals = np.asarray(normals @ fit.camera_from_head[:3, :3].T, np.float64)
        pixels = project(fit.camera, fit.camera_from_head, vertices)
        weight = visibility(fit.camera, seen, seen_normals, model.triangles)
        return cls(model, vertices, normals, seen, seen_normals, pixels, weight)
