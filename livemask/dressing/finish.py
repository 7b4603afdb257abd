"""Finish: what is done to masks whichever they are: kept heads, opacity."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from livemask.geometry import project
from livemask.hiding import head_outline
from livemask.masks.face_mesh import FaceMesh, Look
from livemask.morphable_model import MorphableModel
from livemask.records import Background, Effect, Fit, Float32, Layer, Material, Mesh
from livemask.showing import Showing

HEAD = Look(extent="head", eyes="model", mouth="model")
VIDEO = Material(texture="frame", lit=False)


@dataclass(frozen=True, slots=True, eq=False)
class Worn:
    """What one face wears.

    Attributes
    ----------
    fit : Fit
    hides : bool
        Whether any of it is worn to cover the face.
    layers : tuple of Layer
    fills : bool
        Whether it fills the picture: of those only the first is drawn.
    cover : (n, 2) float32, optional
        Polygon that is blurred behind it, px: while the face is not seen, see `safety.covers`.
    """

    fit: Fit
    hides: bool
    layers: tuple[Layer, ...]
    fills: bool = False
    cover: Float32 | None = None


class Finish:
    """Puts masks and background together.

    Parameters
    ----------
    model : MorphableModel
    showing : Showing
    background : Background
        What `showing.background` names, as large as the frames.
    """

    def __init__(
        self, model: MorphableModel, showing: Showing, background: Background = "video"
    ) -> None:
        self.background = background
        self._showing, self._model = showing, model
        self._head: FaceMesh | None = None

    @property
    def replaces(self) -> bool:
        """Whether nobody can be seen but by what `layers` returns."""
        return self._showing.replaces

    def layers(self, worn: Iterable[Worn]) -> list[Layer]:
        """Return what to draw for all faces that wear something."""
        worn = _without_further_cards(worn)
        below: list[Layer] = []
        if self._showing.replaces:
            below += [self._kept(one.fit) for one in worn]
        layers = [layer for one in worn for layer in (*_behind(one), *one.layers)]
        if self._showing.opacity < 1.0 and layers:
            # A mask that hides must hide what shines through it, too.
            below += [Effect("blur", covered(one)) for one in worn if one.hides]
            return [*below, Effect("mark"), *layers, Effect("fade", amount=self._showing.opacity)]
        return below + layers

    def _kept(self, fit: Fit) -> Mesh:
        """Return the head as the video shows it: skin, ears, neck; not the hair beyond them."""
        self._head = self._head or FaceMesh(self._model, HEAD)
        mesh = self._head.mesh(fit, VIDEO)
        pixels = project(fit.camera, fit.camera_from_head, mesh.vertices)
        uv = (np.nan_to_num(pixels) + 0.5) / fit.camera.size
        return Mesh(
            mesh.vertices, mesh.triangles, mesh.normals, mesh.camera, mesh.camera_from_mesh,
            VIDEO, uv=uv.astype(np.float32), alpha=mesh.alpha,
        )  # fmt: skip


def _without_further_cards(worn: Iterable[Worn]) -> list[Worn]:
    """Return what is left when only one fills the picture: it covers the others' faces, too."""
    left: list[Worn] = []
    for one in worn:
        if not (one.fills and any(other.fills for other in left)):
            left.append(one)
    return left


def covered(worn: Worn) -> Float32:
    """Return a polygon (n, 2) px around all that the meshes cover which a face wears.

    Of masks that are no meshes, around the head.
    """
    meshes = [layer for layer in worn.layers if isinstance(layer, Mesh)]
    points = [project(m.camera, m.camera_from_mesh, _drawn(m)) for m in meshes]
    seen = np.concatenate([*points, np.empty((0, 2))])
    seen = seen[np.isfinite(seen).all(1)]
    if len(meshes) < len(worn.layers) or len(seen) < 3:
        return head_outline(worn.fit)
    return np.asarray(cv2.convexHull(seen.astype(np.float32))[:, 0], np.float32)


def _behind(one: Worn) -> tuple[Effect, ...]:
    """Return what blurs the head behind a mask while it is not seen.

    Where eyes and mouth are left open, and beside it, the frame may by now show any of the face.
    """
    return () if one.cover is None or one.fills else (Effect("blur", one.cover),)


def _drawn(mesh: Mesh) -> Float32:
    return mesh.vertices if mesh.alpha is None else mesh.vertices[mesh.alpha > 0.0]
