"""The 68 points of the fit as dots, joined as on a face, and the axes of the head."""

from dataclasses import replace

import numpy as np

from livemask import landmarks as ibug
from livemask.geometry import rigid, transform_points
from livemask.masks.arrows import arrows
from livemask.masks.colours import linear_rgb
from livemask.masks.strokes import Dots, Strokes
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import (
    Array,
    Fit,
    Float32,
    Float64,
    Frame,
    Int32,
    Layer,
    Light,
    Material,
    Mesh,
)

# (points, whether the last is joined to the first, colour)
GROUPS = (
    (ibug.JAW, False, "#8fd3ff"),
    (ibug.RIGHT_BROW, False, "#ffd45c"),
    (ibug.LEFT_BROW, False, "#ffd45c"),
    (ibug.NOSE_BRIDGE, False, "#9dff8a"),
    (ibug.NOSE_BASE, False, "#9dff8a"),
    (ibug.RIGHT_EYE, True, "#ff8ae2"),
    (ibug.LEFT_EYE, True, "#ff8ae2"),
    (ibug.OUTER_LIPS, True, "#ff7a66"),
    (ibug.INNER_LIPS, True, "#ff7a66"),
)

RADIUS, LEAST_RADIUS = 0.016, 1.3
"""Of a dot, in eye distances, and in px."""

NEARER = np.float32(0.5)
"""Share of the head's distance at which dots and lines are drawn, before all else."""

LENGTH = 75.0
"""Of the axes, mm."""

LINE = Material(look="stroke", lit=False, opacity=0.8, two_sided=True)
DOT = Material(look="disc", lit=False)
RIM = Material(look="disc", lit=False, colour=(0.0, 0.0, 0.0), opacity=0.55)
"""A dark ring around each dot, for light skin."""
AXES = Material(specular=0.35, exponent=40.0)


class Landmarks:
    """Dots, lines and axes."""

    hides = False

    def __init__(self, axes: bool, lines: bool) -> None:
        self._axes, self._lines = axes, lines
        self._arrows = arrows(LENGTH)
        self._dots, self._strokes = Dots(68), Strokes(_segments())
        colours = np.empty((68, 3), np.float32)
        for points, _, colour in GROUPS:
            colours[points] = linear_rgb("colour", colour)
        self._dot_colours: Float32 = np.repeat(colours, 4, axis=0)
        self._line_colours: Float32 = colours[self._strokes.ends]

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return axes, lines and dots of `fit`."""
        points = fit_landmarks(model, fit)
        seen = transform_points(fit.camera_from_head, points)
        flat = (seen * (NEARER * seen[:, 2].mean() / seen[:, 2:])).astype(np.float32)
        known = model.landmark_model.known
        size = ibug.eye_distance(points) * fit.camera.focal / max(-float(seen[27, 2]), 1.0)
        radius = max(RADIUS * size, LEAST_RADIUS)
        axes = (self._axis_mesh(fit, points),) if self._axes else ()
        lines = (self._line_mesh(fit, flat, radius),) if self._lines else ()
        rims = self._dot_mesh(fit, 0.995 * flat, 1.3 * radius + 0.5, RIM)
        dots = self._dot_mesh(fit, 0.99 * flat, radius, DOT)
        drawn = (*axes, *lines, rims, dots)
        return drawn if known.all() else self._without_unknown(drawn, known)

    def _without_unknown(self, drawn: tuple[Mesh, ...], known: Array) -> tuple[Mesh, ...]:
        """Return the layers without the points that the model lacks, and without their lines."""
        dots = np.repeat(known, 4).astype(np.float32)
        ends = known[self._strokes.ends].reshape(-1, 4).all(1)
        alphas = {4 * 68: dots, len(self._strokes.ends): np.repeat(ends, 4).astype(np.float32)}
        return tuple(
            mesh if mesh.material is AXES else replace(mesh, alpha=alphas[len(mesh.vertices)])
            for mesh in drawn
        )

    def _axis_mesh(self, fit: Fit, points: Float64) -> Mesh:
        """Return the arrows of the head's axes, which start between the eyes."""
        vertices, triangles, normals, colours = self._arrows
        root = points[ibug.NOSE_BRIDGE][0]
        return Mesh(
            vertices=vertices,
            triangles=triangles,
            normals=normals,
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head @ rigid(np.eye(3), root),
            material=AXES,
            colours=colours,
        )

    def _line_mesh(self, fit: Fit, points: Float32, radius: float) -> Mesh:
        vertices = self._strokes.vertices(fit.camera, points, max(0.9 * radius, 1.5))
        uv, triangles = self._strokes.uv, self._strokes.triangles
        return _flat(fit, vertices, triangles, uv, self._line_colours, LINE)

    def _dot_mesh(self, fit: Fit, points: Float32, radius: float, look: Material) -> Mesh:
        vertices = self._dots.vertices(fit.camera, points, radius)
        return _flat(fit, vertices, self._dots.triangles, self._dots.uv, self._dot_colours, look)


def _flat(
    fit: Fit, vertices: Float32, triangles: Int32, uv: Float32, colours: Float32, look: Material
) -> Mesh:
    """Return a mesh of the camera frame; its look does not ask for normals."""
    return Mesh(
        vertices=vertices,
        triangles=triangles,
        normals=vertices,
        camera=fit.camera,
        camera_from_mesh=np.eye(4),
        material=look,
        uv=uv,
        colours=colours,
    )


def _segments() -> Array:
    """Return the (k, 2) points that lines join."""
    pairs = []
    for points, closed, _ in GROUPS:
        row = np.arange(68)[points]
        joined = np.append(row, row[:1]) if closed else row
        pairs.append(np.stack([joined[:-1], joined[1:]], 1))
    return np.concatenate(pairs)


def create(axes: bool = True, lines: bool = True) -> Landmarks:
    """Make the mask.

    Parameters
    ----------
    axes : bool
        Whether to draw the head's axes: x red, y green, z blue.
    lines : bool
        Whether to join the points.
    """
    return Landmarks(axes, lines)
