"""Layering: draws the layers of a scene in their order, or so that it looks as if."""

from itertools import groupby

from livemask.records import Effect, Layer, Mesh, Scene
from livemask.render.effects import Effects
from livemask.render.gl import Texture
from livemask.render.mesh_pass import MeshPass
from livemask.render.opengl import GL
from livemask.render.reach import reach
from livemask.render.sheet import Sheet
from livemask.render.target import Target


class Layering:
    """Draws layers over what is in the target.

    A blur is laid after the opaque meshes right above it, and only where they are not: most of
    it would be hidden by them.

    Parameters
    ----------
    target : Target
    effects : Effects
    meshes : MeshPass
    sheet : Sheet, optional
        Where meshes are drawn that follow one another, and what is blurred right below them,
        before they are laid over the target. What a mesh only shows of the video is not: that
        stays as sharp as it is. Nor are fine lines, which would break.
    """

    def __init__(
        self, target: Target, effects: Effects, meshes: MeshPass, sheet: Sheet | None = None
    ) -> None:
        self._target, self._effects = target, effects
        self._meshes, self._sheet = meshes, sheet
        self._onto: Target | Sheet | None = None  # of the last mesh, until something else comes
        self._waits = self._behind = False

    def draw(self, scene: Scene, video: Texture) -> None:
        """Draw the layers of a scene."""
        for _, group in groupby(scene.layers, type):
            layers = list(group)
            fine = self._sheet is None or self._has_lines(layers)
            for layer in layers:
                if isinstance(layer, Mesh):
                    self._draw_mesh(layer, scene, video, fine=fine)
                else:
                    self._start_effect(layer, scene)
        self._end()

    def _draw_mesh(self, mesh: Mesh, scene: Scene, video: Texture, *, fine: bool) -> None:
        sheet = None if fine or _is_video(mesh) else self._sheet
        onto = sheet or self._target
        if self._onto is not onto:
            self._start(onto)
        if self._waits and not self._meshes.covers(mesh):
            self._lay()
        self._meshes.share = 1.0
        if isinstance(onto, Sheet):
            self._meshes.share = onto.share
            onto.reach(reach(mesh, onto.size))
        self._meshes.draw(mesh, scene.light, video)
        self._behind = self._waits

    def _has_lines(self, layers: list[Layer]) -> bool:
        return any(isinstance(one, Mesh) and self._meshes.is_fine(one) for one in layers)

    def _start(self, onto: Target | Sheet) -> None:
        """Draw there from now on, with depths of its own."""
        if self._onto is not None:
            self._end()
        self._onto = onto
        if isinstance(onto, Sheet):
            onto.start()
        else:
            GL.glDepthMask(True)
            GL.glClear(GL.GL_DEPTH_BUFFER_BIT)

    def _start_effect(self, effect: Effect, scene: Scene) -> None:
        self._end()
        self._waits, self._behind = self._effects.prepare(effect, self._target), False
        clear = isinstance(scene.background, str) and scene.background == "transparent"
        if self._waits and clear and self._sheet is not None:  # what it blurs has gaps; a sheet's
            self._lay()  # blur would fill them

    def _lay(self) -> None:
        """Lay the blur that waits."""
        if isinstance(self._onto, Sheet):
            self._onto.reach(self._effects.reach())
            self._effects.lay(self._onto, behind=self._behind)
        else:
            self._effects.lay(self._target, behind=self._behind)
        self._waits = False

    def _end(self) -> None:
        """Have all that was drawn so far in the target."""
        if self._waits:
            self._lay()
        if isinstance(self._onto, Sheet):
            self._onto.lay(self._target)
        self._onto = None


def _is_video(mesh: Mesh) -> bool:
    """Whether a mesh shows nothing but the video, as it is."""
    material = mesh.material
    untinted = mesh.colours is None and tuple(material.colour) == (1.0, 1.0, 1.0)
    return isinstance(material.texture, str) and not material.lit and untinted
