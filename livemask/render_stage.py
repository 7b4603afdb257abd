"""RenderStage: a scene -> the picture, in the window and for the sinks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from livemask.quality import Drawing
from livemask.records import Output, Scene
from livemask.safety.guard import Guard
from livemask.safety.veil import veiled
from livemask.statistics import Statistics

if TYPE_CHECKING:  # a run that draws nothing does not load OpenGL
    from livemask.morphable_model import MorphableModel
    from livemask.records import Mesh
    from livemask.render.context import Context
    from livemask.render.renderer import Renderer
    from livemask.render.window import Window


class Cover(Protocol):
    """What lies over the window's picture, never over the outputs': the control panel."""

    def meshes(self, scene: Scene) -> tuple[Mesh, ...]:
        """Return what to draw over the picture."""

    def room(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Return where the picture may be: left, bottom, right, top of a window of `size`, px."""

    def draw(self, scene: Scene, size: tuple[int, int]) -> None:
        """Draw what lies beside and over the picture."""

    def release(self) -> None:
        """Free what it made on the GPU."""


def _never() -> bool:
    return False


class RenderStage:
    """Draws scenes. Its context belongs to the thread that calls it first, and closes it.

    Parameters
    ----------
    model : function
        Returns the MorphableModel that is handed on to the sinks; None before it is loaded.
    statistics : Statistics
    window : Window, optional
        Where each picture is shown as well; whoever made it closes it.
    pixels : bool
        Whether a sink wants the picture. With neither, nothing is drawn and no context made.
    alpha : bool
        Whether a sink wants to know what is transparent. Like `pixels` it may be changed.

    Attributes
    ----------
    mirrored : bool
        Whether the window shows a mirror image; outputs never are.
    guard : Guard
        What is shown if drawing fails.
    drawing : Drawing
        What is drawn less of.
    is_veiled : function
        Tells whether the whole picture is to be blurred: asked before each is drawn.
    cover : Cover or None
        Drawn into the window, after outputs have got their picture.
    """

    def __init__(
        self,
        model: Callable[[], MorphableModel | None],
        statistics: Statistics,
        *,
        window: Window | None = None,
        pixels: bool = True,
        alpha: bool = False,
    ) -> None:
        self.mirrored, self.drawing = False, Drawing()
        self.cover: Cover | None = None
        self.guard, self.is_veiled = Guard(), _never
        self._model, self._statistics = model, statistics
        self.window, self.pixels, self.alpha = window, pixels, alpha
        self._context: Context | None = None
        self._renderer: Renderer | None = None

    @property
    def multisamples(self) -> bool:
        """Whether the machine takes several samples a pixel unless told otherwise."""
        return self._renderer is not None and self._renderer.most_samples > 0

    def __call__(self, scene: Scene) -> Output:
        """Draw `scene`, show it, and return what the sinks receive."""
        image = None
        scene = veiled(scene) if self.is_veiled() else scene
        if self.pixels or self.window is not None:
            renderer = self._renderer or self._start()
            # Another context may have been at work in this thread: the performer's, say.
            if self._context is not None:
                self._context.make_current()
            with self._statistics.timed("draw"):
                self._draw(renderer, scene)
            if self.pixels:
                with self._statistics.timed("readback"):
                    image = renderer.read(alpha=self.alpha)
            if self.window is not None:
                self._show(renderer, self.window, scene)
        self._statistics.frame(scene.fits)
        frame = scene.frame
        return Output(image, frame, scene.fits, self._model(), frame.time, scene.seen)

    def close(self) -> None:
        """Free what was made on the GPU. Closing twice does nothing."""
        if self._renderer is not None and self._context is not None:
            if self.cover is not None:
                self.cover.release()
            self._renderer.close()
            self._context.release_current()
            if self._context is not self.window:
                self._context.close()
        self._renderer = self._context = None

    def _show(self, renderer: Renderer, window: Window, scene: Scene) -> None:
        """Show the picture in the window, and what lies over it."""
        size, cover = window.framebuffer_size, self.cover
        meshes = cover.meshes(scene) if cover is not None else ()
        if meshes:
            renderer.draw_over(meshes, scene)
        renderer.present(size, self.mirrored, cover.room(size) if cover is not None else None)
        if cover is not None:
            with self._statistics.timed("panel"):
                cover.draw(scene, size)
        window.swap()

    def _draw(self, renderer: Renderer, scene: Scene) -> None:
        def draw(what: Scene) -> None:
            renderer.drawing = self.drawing
            renderer.draw(what)
            renderer.finish()

        self.guard.attempt("drawing", lambda: draw(scene), lambda: draw(veiled(scene)))

    def _start(self) -> Renderer:
        from livemask.render.context import offscreen
        from livemask.render.renderer import Renderer

        self._context = self.window if self.window is not None else offscreen()
        self._renderer = Renderer(self._context)
        return self._renderer
