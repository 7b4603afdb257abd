"""Reconstruction: a face of a photo in 3D, and everything that follows from it."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np

from livemask.geometry import project
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.reconstruction import views
from livemask.reconstruction.complexion import Complexion, complexion
from livemask.reconstruction.form import DEFAULT, Form
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.shape import Shape
from livemask.reconstruction.unwrapped import colours_of, position_map, texture
from livemask.records import Array, Fit, Float32, Float64, Int32, UInt8

MESH_TEXTURE = 1024
"""px of the texture from which the colours of vertices are taken."""


class Reconstruction:
    """A face of a photo in 3D. n vertices; w, h the photo's size. Made when first asked for.

    Parameters
    ----------
    portrayal : Portrayal
        Who it is, from where, in which light.
    """

    def __init__(self, portrayal: Portrayal) -> None:
        self.portrayal = portrayal
        self._textures: dict[tuple[int, bool], UInt8] = {}  # several files share one

    @property
    def model(self) -> MorphableModel:
        """The head model."""
        return self.portrayal.model

    @property
    def fit(self) -> Fit:
        """Camera, pose, identity and expression."""
        return self.portrayal.fit

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the photo, px."""
        return self.portrayal.frame.size

    @cached_property
    def shape(self) -> Shape:
        """Vertices and normals in both frames, and where the photo shows them."""
        return Shape.of(self.model, self.fit)

    @property
    def vertices(self) -> Float32:
        """(n, 3) float32, head frame, mm."""
        return self.shape.vertices

    @property
    def triangles(self) -> Int32:
        """(t, 3) int32, counter-clockwise seen from outside."""
        return self.model.triangles

    @property
    def pixels(self) -> Float64:
        """(n, 2) float64: where the photo shows each vertex, px."""
        return self.shape.pixels

    @property
    def visible(self) -> UInt8:
        """(n,) uint8: 1 if the photo shows a vertex, 0 if it is hidden or outside."""
        return (self.shape.weight > 0.0).astype(np.uint8)

    @cached_property
    def colours(self) -> Float32:
        """(n, 3) float32: sRGB-coded, 0 to 1, as in the photo; what it hides is filled."""
        return colours_of(self.shape, self.texture(MESH_TEXTURE))

    @property
    def albedo(self) -> Float32:
        """(n, 3) float32: linear RGB, 0 to 1, without the light."""
        return self.portrayal.albedo

    @cached_property
    def points(self) -> Float64:
        """(68, 2) float64: the iBUG points in the photo, px, the jaw on the visible outline.

        nan where the model has none.
        """
        return project(self.fit.camera, self.fit.camera_from_head, self.points_3d)

    @cached_property
    def points_3d(self) -> Float64:
        """(68, 3) float64: the same on the head, head frame, mm."""
        known = self.model.landmark_model.known[:, None]
        return np.asarray(np.where(known, fit_landmarks(self.model, self.fit), np.nan))

    @cached_property
    def _skin(self) -> Complexion:
        given = self.portrayal
        return complexion(given.frame, self.shape, given.light, given.landmarks)

    def texture(self, size: int = 1024, *, hidden: bool = True) -> UInt8:
        """Return the (size, size, 3) texture, RGB, sRGB-coded; black where hidden if not `hidden`.

        It lies as `livemask.reconstruction.layout.layout_of` says, and is read-only.
        """
        asked, given = (size, hidden), self.portrayal
        if asked not in self._textures:
            made = texture(given.frame, self.shape, self._skin, given.light, size, hidden=hidden)
            made.flags.writeable = False
            self._textures[asked] = made
        return self._textures[asked]

    def position(self, size: int = 256) -> Float32:
        """Return the (size, size, 3) float32 position map, px, see `unwrapped.position_map`."""
        return position_map(self.shape, self.fit.camera.focal, size)

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the face in the photo, px."""
        return views.box_of(self.shape, self.size)

    @cached_property
    def look(self) -> views.Look:
        """Albedo, light and alpha of the face, within `box`; linear."""
        camera = views.part_of(self.fit.camera, self.box)
        return views.look(self.shape, camera, self.albedo, self.portrayal.light.harmonics)

    @property
    def render(self) -> UInt8:
        """(h, w, 4) uint8: the face alone, RGBA, where it is in the photo."""
        return self._laid(views.rgba(self.look.albedo * self.look.light, self.look.alpha))

    @property
    def overlay(self) -> UInt8:
        """(h, w, 3) uint8: the photo with the rendered face in it."""
        part = views.rgba(self.look.albedo * self.look.light, self.look.alpha)
        return views.pasted(self.portrayal.frame.image, part, self.box)

    @cached_property
    def depth(self) -> Float32:
        """(h, w) float32: mm from the camera's plane to the face; 0 beside it."""
        camera = views.part_of(self.fit.camera, self.box)
        return np.asarray(self._laid(views.depth_of(self.shape, camera)))

    @property
    def mask(self) -> UInt8:
        """(h, w) uint8: 255 on the face with its forehead, 0 beside it."""
        return np.asarray(np.where(self.depth > 0.0, 255, 0), np.uint8)

    def save(
        self,
        folder: Path,
        name: str,
        outputs: Iterable[str] = DEFAULT,
        form: Form | None = None,
    ) -> list[Path]:
        """Write files called NAME... into a folder, replacing what is there; return them.

        Parameters
        ----------
        folder : Path
            Made if it does not exist.
        name : str
            With which all files begin.
        outputs : iterable of str
            Of `livemask.reconstruction.form.OUTPUTS`.
        form : Form, optional
            Sizes and kinds.

        Raises
        ------
        UsageError
            If there is no such output.
        ModelError
            If one needs points that the model lacks.
        SinkError
            If one cannot be written.
        """
        from livemask.reconstruction.saving import save

        return save(self, Path(folder), name, tuple(outputs), form or Form())

    def _laid(self, part: Array) -> UInt8:
        return np.asarray(views.laid(part, self.box, self.size))
