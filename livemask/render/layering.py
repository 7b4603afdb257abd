"""Layering: draws the layers of a scene in their order, or so that it looks as if."""

from livemask.records import Mesh, Scene
from livemask.render.effects import Effects
from livemask.render.gl import Texture
from livemask.render.mesh_pass import MeshPass
from livemask.render.opengl import GL
from livemask.render.target import Target


def draw_layers(
    scene: Scene, target: Target, effects: Effects, meshes: MeshPass, video: Texture
) -> None:
    """Draw the layers of a scene over what is in the target.

    A blur is laid after the opaque meshes right above it, and only where they are not: most of
    it would be hidden by them.
    """
    waits, behind, above_mesh = False, False, False
    for layer in scene.layers:
        is_mesh = isinstance(layer, Mesh)
        if is_mesh and not above_mesh:
            GL.glDepthMask(True)
            GL.glClear(GL.GL_DEPTH_BUFFER_BIT)
        if waits and not (isinstance(layer, Mesh) and meshes.covers(layer)):
            effects.lay(target, behind=behind)
            waits = False
        if isinstance(layer, Mesh):
            meshes.draw(layer, scene.light, video)
            behind = waits
        else:
            waits, behind = effects.prepare(layer, target), False
        above_mesh = is_mesh
    if waits:
        effects.lay(target, behind=behind)
