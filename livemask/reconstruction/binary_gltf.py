"""Writes a reconstructed head as a .glb file: its texture, and every expression as a target."""

from pathlib import Path
from typing import TYPE_CHECKING

from livemask.errors import SinkError
from livemask.gltf.heads import Dress, add_camera, add_head
from livemask.gltf.writer import METRES, Glb
from livemask.reconstruction.layout import layout_of

if TYPE_CHECKING:
    from livemask.reconstruction.reconstruction import Reconstruction


def write(file: Path, made: "Reconstruction", picture: bytes, *, front: bool) -> None:
    """Write the head: all of it or nothing.

    Parameters
    ----------
    file : Path
        Replaced if it exists.
    made : Reconstruction
        Whose shape and expressions.
    picture : bytes
        The texture, a PNG file in the layout of `layout_of`.
    front : bool
        Whether the head looks ahead, instead of as in the photo and before its camera.

    Raises
    ------
    SinkError
        If it cannot be written.
    """
    try:
        glb = Glb(file.parent)
        try:
            nodes = [_add(glb, made, picture, front=front)]
            glb.write(file, nodes if front else [*nodes, add_camera(glb, made.fit.camera)])
        finally:
            glb.close()
    except OSError as error:
        raise SinkError(
            f"{file} cannot be written: {error.strerror}. Make room, or name another folder."
        ) from error


def _add(glb: Glb, made: "Reconstruction", picture: bytes, *, front: bool) -> int:
    layout = layout_of(made.model)
    dress = Dress(picture, layout.uv, layout.vertices, layout.triangles, made.fit.expression)
    mesh = add_head(glb, made.model, made.fit.identity, "head", dress=dress)
    if front:
        return glb.add("nodes", name="head", mesh=mesh)
    placed = made.fit.camera_from_head.copy()
    placed[:3, 3] *= METRES
    return glb.add("nodes", name="head", mesh=mesh, matrix=placed.T.ravel().tolist())
