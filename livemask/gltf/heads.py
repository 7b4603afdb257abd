"""Heads as glTF meshes: a person's shape, its colours, and every expression as a morph target."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from livemask.gltf.writer import METRES, TRIANGLES, VERTICES, Glb
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Camera, Float32, Float64, Int32

ROUGHNESS = 0.6
"""Of skin, as glTF counts it: 0 is a mirror."""

_SMALL = 65_535
"""Numbers of vertices below fit into 16 bits; this one itself is not allowed (section 3.7.2.1)."""


class Dress(NamedTuple):
    """A texture on a head, and its face as it is when the file is opened. r corners.

    Attributes
    ----------
    picture : bytes
        A PNG file, sRGB-coded.
    uv : (r, 2) float32
        As in `Mesh.uv`.
    vertices : (r,) int32
        The vertex of each corner.
    triangles : (t, 3) int32
        Of corners.
    expression : (m,) float64
        What the morph targets start at.
    """

    picture: bytes
    uv: Float32
    vertices: Int32
    triangles: Int32
    expression: Float64


def add_head(
    glb: Glb,
    model: MorphableModel,
    identity: Float64,
    name: str,
    colours: Float32 | None = None,
    *,
    dress: Dress | None = None,
) -> int:
    """Add the mesh of a person; return its number.

    Its morph targets bear the names of the model's expressions, where Blender, three.js and
    Unity look for them, and add up to what `MorphableModel.vertices` gives.

    Parameters
    ----------
    glb : Glb
        Where to.
    model : MorphableModel
        Whose shape, expressions and colours.
    identity : (k,) float64
        The person.
    name : str
        Of the mesh.
    colours : (n, 3) float32, optional
        Linear RGB, 0 to 1; the model's own if left out.
    dress : Dress, optional
        A texture in place of colours.
    """
    order, triangles = _corners(model) if dress is None else (dress.vertices, dress.triangles)
    shape = model.vertices(identity, np.zeros(len(model.expressions)))
    normals = model.normals(shape)
    attributes = {
        "POSITION": _places(glb, shape[order]),
        "NORMAL": glb.array(_unit(normals[order]), target=VERTICES),
    }
    uv = model.uv if dress is None else dress.uv
    if dress is None:
        shown = np.clip(model.albedo if colours is None else colours, 0.0, 1.0)
        coloured = shown.astype(np.float32)[order]
        attributes["COLOR_0"] = glb.array(coloured, target=VERTICES)
    if len(uv):
        attributes["TEXCOORD_0"] = glb.array(uv.astype(np.float32), target=VERTICES)
    numbers = triangles.ravel().astype(np.uint16 if len(order) <= _SMALL else np.uint32)
    primitive = {
        "attributes": attributes,
        "indices": glb.array(numbers, target=TRIANGLES),
        "material": _skin(glb, dress),
        "targets": [
            {
                "POSITION": _places(glb, (moved - shape)[order]),
                "NORMAL": glb.array((model.normals(moved) - normals)[order], target=VERTICES),
            }
            for moved in _moved(model, identity)
        ],
    }
    names = list(model.expression_names)
    rest = [0.0] * len(names) if dress is None else dress.expression.tolist()
    if not names:
        return glb.add("meshes", name=name, primitives=[_without_targets(primitive)])
    return glb.add(
        "meshes", name=name, primitives=[primitive], weights=rest, extras={"targetNames": names}
    )


def add_camera(glb: Glb, camera: Camera) -> int:
    """Add a node with a camera that sees what the picture showed; return its number."""
    width, height = camera.size
    seen = {
        "yfov": 2.0 * math.atan(0.5 * height / camera.focal),
        "aspectRatio": width / height,
        "znear": 0.02,
        "zfar": 20.0,
    }
    number = glb.add("cameras", name="camera", type="perspective", perspective=seen)
    return glb.add("nodes", name="camera", camera=number)


def _corners(model: MorphableModel) -> tuple[Int32, Int32]:
    """Return the vertex of each corner (r,), and the triangles (t, 3) of corners."""
    if len(model.uv):
        return model.uv_vertices, model.uv_triangles
    return np.arange(len(model.mean), dtype=np.int32), model.triangles


def _moved(model: MorphableModel, identity: Float64) -> Iterator[Float32]:
    """Return the vertices (n, 3) of the person with each expression alone."""
    return (model.vertices(identity, one) for one in np.eye(len(model.expressions)))


def _places(glb: Glb, points: Array) -> int:
    return glb.array((METRES * points).astype(np.float32), target=VERTICES, bounds=True)


def _unit(normals: Float32) -> Float32:
    """Return normals that are none where a vertex has no triangle, as ones straight ahead."""
    normals = normals.copy()
    normals[np.linalg.norm(normals, axis=1) < 0.5] = [0.0, 0.0, 1.0]
    return normals


def _skin(glb: Glb, dress: Dress | None) -> int:
    plain: dict[str, object] = {"metallicFactor": 0.0, "roughnessFactor": ROUGHNESS}
    if dress is not None:
        plain["baseColorTexture"] = {"index": glb.texture(dress.picture)}
    return glb.add("materials", name="skin", pbrMetallicRoughness=plain)


def _without_targets(primitive: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in primitive.items() if key != "targets"}
