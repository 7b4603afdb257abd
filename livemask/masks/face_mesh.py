"""FaceMesh: the part of a head model that a face mask draws, with a soft edge."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.spatial import cKDTree

from livemask.cropping import crop, grown
from livemask.errors import ModelError, UsageError
from livemask.landmarks import CHIN
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Int32, Material, Mesh

RIM = np.float32(0.35)
"""Cosine between normal and line of sight below which the outline fades."""

INNER = (8.0, 28.0)
"""mm from brows, eyes, nose and mouth: nearer, an outline (a nose before a cheek) is kept."""

NECK_FADE = 35.0
"""mm over which a whole head fades out towards the rim of its neck."""


INNER_PARTS = ("eyes", "teeth", "tongue", "mouth")
"""Parts that lie within the face; models give them no face weight of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What of a head a mask draws.

    Attributes
    ----------
    extent : str
        `face`, or `head`: ears, crown and neck too.
    eyes, mouth : str
        `live`: left open, so that the video shows through; `model`: the model's own.
    """

    extent: str = "face"
    eyes: str = "live"
    mouth: str = "live"

    def __post_init__(self) -> None:
        one_of("extent", self.extent, ("face", "head"))
        one_of("eyes", self.eyes, ("live", "model"))
        one_of("mouth", self.mouth, ("live", "model"))

    def left_out(self) -> tuple[str, ...]:
        """Return the names of the parts that are not drawn."""
        eyes = INNER_PARTS[:1] if self.eyes == "live" else ()
        mouth = INNER_PARTS[1:] if self.mouth == "live" else ()
        return eyes + mouth


def one_of(option: str, value: str, known: Iterable[str]) -> str:
    """Return `value` if it is `known`.

    Raises
    ------
    UsageError
        If it is not.
    """
    if value not in known:
        near = difflib.get_close_matches(value, known, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"{option}={value!r} must be {' or '.join(known)}.{hint}")
    return value


class FaceMesh:
    """A cropped model and its soft edge.

    Parameters
    ----------
    model : MorphableModel
    look : Look

    Attributes
    ----------
    source, model : MorphableModel
        The whole one, and what is left of it.
    kept : (v,) bool
        Which vertices of the whole one are left.
    alpha : (n,) float32
        Opacity per vertex.

    Raises
    ------
    ModelError
        If the model does not say where its face is and only the face is asked for.
    """

    def __init__(self, model: MorphableModel, look: Look) -> None:
        self.source = model
        drawn = _drawn(model, look)
        alpha = opacity(model, look)
        self.kept = kept = drawn & grown(model.triangles, alpha > 0.0)
        self.model = crop(model, kept)
        self.alpha: Float32 = np.ascontiguousarray(alpha[kept])
        self._soft: Float32 = _outer(model)[kept].astype(np.float32)

    def mesh(
        self,
        fit: Fit,
        material: Material,
        colours: Float32 | None = None,
        uv: Float32 | None = None,
    ) -> Mesh:
        """Return it as `fit` shows it. `colours` (n, 3) and `uv` (n, 2) as in `Mesh`."""
        vertices = self.model.vertices(fit.identity, fit.expression)
        normals = self.model.normals(vertices)
        return Mesh(
            vertices=vertices,
            triangles=self.model.triangles,
            normals=normals,
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            material=material,
            alpha=self._opacity(fit, vertices, normals),
            colours=colours,
            uv=uv,
        )

    def _opacity(self, fit: Fit, vertices: Float32, normals: Float32) -> Float32:
        """Return (n,) opacities, less where the cheeks turn away from the viewer.

        There a mesh would end in steps, a pixel beside the real cheek.
        """
        facing = np.clip(cosines(fit, vertices, normals) / RIM, 0.0, 1.0)
        return self.alpha * (1.0 - self._soft * (1.0 - facing))


def opacity(model: MorphableModel, look: Look) -> Float32:
    """Return the (n,) opacities of a model's vertices, 0 for those that are not drawn.

    Raises
    ------
    ModelError
        If the model does not say where its face is and only the face is asked for.
    """
    drawn = _drawn(model, look)
    edge = smooth(model.face_weight) if look.extent == "face" else _neck_edge(model, drawn)
    if edge.any():
        for part in INNER_PARTS:
            edge[model.parts.get(part, [])] = 1.0
    alpha = np.where(drawn, edge, 0.0).astype(np.float32)
    if not alpha.any():
        raise ModelError(
            f"the model {model.name!r} has no face weight, so nobody knows where its face "
            "ends; use extent=head, or another model."
        )
    return alpha


def _drawn(model: MorphableModel, look: Look) -> Array:
    """Return which vertices (n,) are of a part that is drawn."""
    drawn = np.ones(len(model.mean), bool)
    for part in look.left_out():
        drawn[model.parts.get(part, [])] = False
    return drawn


def _outer(model: MorphableModel) -> Array:
    """Return (n,) 1 on cheeks, jaw and forehead, 0 on brows, eyes, nose, mouth and ears."""
    inner = model.landmark_vertices[17:]
    if not (inner >= 0).any():
        return np.zeros(len(model.mean))
    distance, _ = cKDTree(model.mean[inner[inner >= 0]]).query(model.mean)
    return smooth((np.asarray(distance) - INNER[0]) / (INNER[1] - INNER[0])) * model.face_weight


def _neck_edge(model: MorphableModel, drawn: Array) -> Array:
    """Return opacities (n,) that fall to 0 at the open rim below and behind the face."""
    rim = _rim(model.triangles[drawn[model.triangles].all(1)])
    # The holes of eyes and mouth have a rim too, above the chin.
    below = rim[model.mean[rim, 1] < _chin_height(model)]
    if not len(below):
        return np.ones(len(model.mean))
    distance, _ = cKDTree(model.mean[below]).query(model.mean)
    return smooth(np.asarray(distance) / NECK_FADE)


def _chin_height(model: MorphableModel) -> float:
    """Return the y of the chin, mm; of the mean vertex if the model has no such landmark."""
    chin = model.landmark_vertices[CHIN]
    return float(model.mean[chin, 1] if chin >= 0 else model.mean[:, 1].mean())


def _rim(triangles: Int32) -> Array:
    """Return the vertices of edges that only one of `triangles` has."""
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), 1)
    edges, counts = np.unique(sides, axis=0, return_counts=True)
    return np.unique(edges[counts == 1])


def smooth(share: Array) -> Array:
    """Return 3 s^2 - 2 s^3 of `share`, held between 0 and 1: no edge at either end."""
    held = np.clip(share, 0.0, 1.0)
    return np.asarray(held * held * (3.0 - 2.0 * held))


def cosines(fit: Fit, vertices: Float32, normals: Float32) -> Float32:
    """Return the (n,) cosines between normals and lines of sight; below 0 faces away.

    `vertices` (n, 3) mm and `normals` (n, 3) are of the head frame.
    """
    rotation, translation = fit.camera_from_head[:3, :3], fit.camera_from_head[:3, 3]
    found = np.empty(len(vertices), np.float32)
    _cosines((-translation @ rotation).astype(np.float32), vertices, normals, found)
    return found


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def _cosines(viewer, vertices, normals, found):  # type: ignore[no-untyped-def]
    for i in range(vertices.shape[0]):
        x, y, z = viewer[0] - vertices[i, 0], viewer[1] - vertices[i, 1], viewer[2] - vertices[i, 2]
        along = x * normals[i, 0] + y * normals[i, 1] + z * normals[i, 2]
        found[i] = along / max((x * x + y * y + z * z) ** np.float32(0.5), np.float32(1e-6))
