"""Renderer: draws scenes into pictures."""

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from livemask.errors import GraphicsError
from livemask.quality import Drawing
from livemask.records import Background, Effect, Mesh, Scene, UInt8
from livemask.render.context import Context
from livemask.render.effects import Effects
from livemask.render.gl import Framebuffer
from livemask.render.layering import Layering
from livemask.render.mesh_pass import MeshPass
from livemask.render.opengl import GL
from livemask.render.sheet import Sheet
from livemask.render.target import Target
from livemask.render.video import Video

Room = tuple[int, int, int, int]
"""Left, bottom, right and top of a part of a window's framebuffer, px."""

_SAMPLES = 4  # a pixel, on a GPU; on the CPU that costs 2.5 times


class Renderer:
    """Draws scenes with an OpenGL context, which it makes current in this thread.

    Parameters
    ----------
    context : Context
    samples : int, optional
        Samples a pixel: smooth outlines. 4 on a GPU and none on the CPU if left out.

    Attributes
    ----------
    most_samples : int
        What came of that.
    drawing : Drawing
        What is drawn less of; may be changed from picture to picture.
    """

    def __init__(self, context: Context, samples: int | None = None) -> None:
        context.make_current()
        if samples is None:
            samples = 0 if context.software else _SAMPLES
        self.most_samples = min(samples, int(GL.glGetIntegerv(GL.GL_MAX_SAMPLES)))
        self.drawing = Drawing()
        self._meshes = MeshPass()
        self._video: Video | None = None
        self._target: Target | None = None
        self._sheet: Sheet | None = None
        self._backdrop: Video | None = None
        self._effects: Effects | None = None
        self._wide = np.empty((0, 0, 4), np.uint8)

    def render(self, scene: Scene, *, video: bool = True, alpha: bool = False) -> UInt8:
        """Draw a scene and return the picture: `draw`, then `read`."""
        self.draw(scene, video=video)
        return self.read(alpha=alpha)

    def draw(self, scene: Scene, *, video: bool = True) -> None:
        """Draw a scene into the renderer's own framebuffer, of the frame's size.

        Parameters
        ----------
        scene : Scene
            What lies over what.
        video : bool
            Whether the scene's background lies under the layers; otherwise nothing does.

        Raises
        ------
        GraphicsError
            If a layer has a look that there is not, or that does not compile.
        ValueError
            If an array of a mesh is not as `Mesh` says, or a background not of the frame's size.
        """
        GL.glDisable(GL.GL_SCISSOR_TEST)  # others draw in the same context, and it cuts copies
        frame, target = self._sized(scene.frame.size)
        frame.upload(scene.frame.image)
        scene = scene if video else replace(scene, background="transparent")
        sheet = self._fitting_sheet(target.size)
        self._start(scene.background, frame, target)
        self._effects = self._effects or Effects(target.size)
        self._meshes.fine = self.drawing.fine
        Layering(target, self._effects, self._meshes, sheet).draw(scene, frame.canvas.texture)
        target.resolve()
        self._meshes.end_frame()

    def _start(self, background: Background, frame: Video, target: Target) -> None:
        """Lay the background: what is seen where no layer is."""
        target.start(self._beneath(background, frame, target))
        if isinstance(background, str) and background == "blur":
            self._draw_effect(Effect("blur"), target)

    def _beneath(self, background: Background, frame: Video, target: Target) -> Framebuffer | None:
        if isinstance(background, str):
            return None if background == "transparent" else frame.canvas.framebuffer
        if background.shape != (target.size[1], target.size[0], 3):
            raise ValueError(
                f"Scene.background has shape {background.shape}, must be that of the frame: "
                f"({target.size[1]}, {target.size[0]}, 3)"
            )
        self._backdrop = self._backdrop or Video(target.size)
        self._backdrop.upload(background)
        return self._backdrop.canvas.framebuffer

    def _sized(self, size: tuple[int, int]) -> tuple[Video, Target]:
        """Return the framebuffers, made anew when the frame's size or the samples have changed."""
        samples = self.most_samples if self.drawing.multisampled else 0
        target, video = self._target, self._video
        if target is None or video is None or (target.size, target.samples) != (size, samples):
            self._release_sized()
            self._video, self._target = video, target = Video(size), Target(size, samples)
            self._wide = np.empty((size[1], size[0], 4), np.uint8)
        return video, target

    def _fitting_sheet(self, size: tuple[int, int]) -> Sheet | None:
        """Return what masks are drawn on if that is smaller than the picture."""
        share, sheet = self.drawing.share, self._sheet
        if sheet is not None and (sheet.size, sheet.share) != (size, share):
            sheet.release()
            self._sheet = None
        if share < 1.0 and self._sheet is None:
            self._sheet = Sheet(size, share)
        return self._sheet

    def _draw_effect(self, effect: Effect, target: Target) -> None:
        self._effects = self._effects or Effects(target.size)
        self._effects.draw(effect, target)

    def read(self, *, alpha: bool = False) -> UInt8:
        """Return the picture last drawn as (h, w, 3) uint8 RGB, the top row first.

        With `alpha`, as (h, w, 4) RGBA, the colours not multiplied by it, as PNG files have
        it; for pictures drawn without video.
        """
        if self._target is None:
            raise GraphicsError("there is no picture to read yet: draw a scene first.")
        # Four channels: OpenGL takes five times as long to drop one by itself (llvmpipe).
        self._target.read(self._wide)
        if alpha:
            return _divided_by_alpha(self._wide)
        return np.asarray(cv2.cvtColor(self._wide, cv2.COLOR_RGBA2RGB))

    def draw_over(self, meshes: Iterable[Mesh], scene: Scene) -> None:
        """Draw more over the picture that was drawn last: for the window alone."""
        frame, target = self._sized(scene.frame.size)
        target.bind()
        GL.glDepthMask(True)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)
        self._meshes.share = 1.0
        for mesh in meshes:
            self._meshes.draw(mesh, scene.light, frame.canvas.texture)
        target.resolve()

    def finish(self) -> None:
        """Wait until the picture is drawn: for measuring only, since `read` waits by itself."""
        GL.glFinish()

    def present(
        self, window_size: tuple[int, int], mirrored: bool = False, room: Room | None = None
    ) -> None:
        """Show the picture last drawn in the window's framebuffer, as large as it fits.

        What it leaves free is black. `window_size` is that of the framebuffer, px. With `room`
        it stays within that part of it.
        """
        room = room or (0, 0, *window_size)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, 0)
        GL.glClearColor(0.0, 0.0, 0.0, 1.0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        if self._target is not None:
            left, bottom, right, top = letterbox(self._target.size, room)
            if mirrored:
                left, right = right, left
            self._target.show((left, bottom, right, top))

    def close(self) -> None:
        """Free all that it made on the GPU. Closing twice does nothing."""
        self._meshes.release()
        self._release_sized()

    def _release_sized(self) -> None:
        for part in (self._video, self._target, self._backdrop, self._effects, self._sheet):
            if part is not None:
                part.release()
        self._video = self._target = self._backdrop = self._effects = self._sheet = None


def letterbox(size: tuple[int, int], room: Room) -> Room:
    """Return left, bottom, right, top in px of a picture that fills `room`, undistorted."""
    wide, high = max(room[2] - room[0], 0), max(room[3] - room[1], 0)
    scale = min(wide / size[0], high / size[1])
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, bottom = room[0] + (wide - width) // 2, room[1] + (high - height) // 2
    return left, bottom, left + width, bottom + height


def _divided_by_alpha(image: UInt8) -> UInt8:
    """Return RGBA whose colours are no longer multiplied by their alpha."""
    divided = image.copy()
    pixels = divided.reshape(-1, 4)
    alpha = np.ascontiguousarray(pixels[:, 3])
    soft = np.flatnonzero((alpha > 0) & (alpha < 255))  # edges, mostly
    few = pixels[soft].astype(np.float32)
    pixels[soft, :3] = np.minimum(np.rint(few[:, :3] * (255.0 / few[:, 3:])), 255.0)
    return divided
