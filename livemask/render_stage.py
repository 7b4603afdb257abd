"""RenderStage: a scene -> the picture, in the window and for the sinks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from livemask.quality import Drawing
from livemask.records import Output, Scene, UInt8
from livemask.safety.guard import Guard
from livemask.safety.veil import blurred, veiled
from livemask.statistics import Statistics

if TYPE_CHECKING:  # a run that draws nothing does not load OpenGL
    from livemask.morphable_model import MorphableModel
    from livemask.render.context import Context
    from livemask.render.cover import Cover, SafeCover
    from livemask.render.renderer import Renderer
    from livemask.render.window import Window


LATER = 0.001
"""s from a picture to itself, drawn anew."""


@dataclass(slots=True)
class _Last:
    """The picture that was drawn last: whether it was hidden, and how often it was handed on."""

    scene: Scene
    hidden: bool
    times: int = 0


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
    drawn : int
        Scenes that have come.
    is_veiled : function
        Tells whether the whole picture is to be blurred: asked before each is drawn, and again
        before it is handed on.
    is_dressed : function
        Tells whether those who wear a mask that hides wear it: while they do, no scene in which
        they were without is shown, which may still be on its way. Asked as often.
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
        self._cover: SafeCover | None = None
        self.guard, self.is_veiled, self.is_dressed = Guard(), _never, _never
        self.drawn = 0
        self._last: _Last | None = None
        self._model, self._statistics = model, statistics
        self.window, self.pixels, self.alpha = window, pixels, alpha
        self._context: Context | None = None
        self._renderer: Renderer | None = None

    @property
    def cover(self) -> Cover | None:
        """Drawn into the window, after outputs have got their picture; None if it has failed."""
        return self._cover.cover if self._cover is not None else None

    @cover.setter
    def cover(self, cover: Cover) -> None:
        from livemask.render.cover import SafeCover

        self._cover = SafeCover(cover)

    @property
    def multisamples(self) -> bool:
        """Whether the machine takes several samples a pixel unless told otherwise."""
        return self._renderer is not None and self._renderer.most_samples > 0

    @property
    def is_late(self) -> bool:
        """Whether the last picture was handed on otherwise than it would be now."""
        last = self._last
        return last is not None and last.hidden != self._is_hidden(last.scene)

    def __call__(self, scene: Scene) -> Output:
        """Draw `scene`, show it, and return what the sinks receive."""
        self.drawn += 1
        self._last = _Last(scene, self._is_hidden(scene))
        image = self._picture(scene)
        self._statistics.frame(scene.fits)
        return self._output(image, scene, scene.frame.time)

    def again(self) -> Output | None:
        """Draw the last picture anew, and what lies over it, since no other comes.

        Sinks receive it only if it is to be hidden by now, or no longer.
        """
        last, late = self._last, self.is_late
        if last is None:
            return None
        image = self._picture(last.scene)
        last.times += late
        time = last.scene.frame.time + last.times * LATER
        return self._output(image, last.scene, time) if late else None

    def _output(self, image: UInt8 | None, scene: Scene, time: float) -> Output:
        return Output(image, scene.frame, scene.fits, self._model(), time, scene.seen)

    def _is_hidden(self, scene: Scene) -> bool:
        return self.is_veiled() or (scene.bare and self.is_dressed())

    def _picture(self, scene: Scene) -> UInt8 | None:
        """Draw and show a scene; return the picture if outputs want it."""
        if not self.pixels and self.window is None:
            return None
        renderer = self._renderer or self._start()
        # Another context may have been at work in this thread: the performer's, say.
        if self._context is not None:
            self._context.make_current()
        image = self._drawn(renderer, scene)
        if self._last is not None and self._last.hidden < self._is_hidden(scene):
            image = self._drawn(renderer, scene)  # it was asked for meanwhile
        if (window := self.window) is not None:
            show = partial(self._show, renderer, window, scene)
            self.guard.attempt("the window", show, lambda: None, "Outputs go on.")
        return image

    def _drawn(self, renderer: Renderer, scene: Scene) -> UInt8 | None:
        """Return the picture of a scene, hidden if it is to be; blurred if it cannot be drawn."""
        hidden = self._is_hidden(scene)
        if self._last is not None:
            self._last.hidden = hidden
        what = veiled(scene) if hidden else scene

        def instead() -> UInt8 | None:
            try:
                return self._draw(renderer, veiled(scene))
            except Exception:  # nothing can be drawn: that has been said
                return blurred(scene, alpha=self.alpha) if self.pixels else None

        return self.guard.attempt("drawing", lambda: self._draw(renderer, what), instead)

    def close(self) -> None:
        """Free what was made on the GPU. Closing twice does nothing."""
        if self._renderer is not None and self._context is not None:
            if self._cover is not None:
                self._cover.release()
            self._renderer.close()
            self._context.release_current()
            if self._context is not self.window:
                self._context.close()
        self._renderer = self._context = None

    def _show(self, renderer: Renderer, window: Window, scene: Scene) -> None:
        """Show the picture in the window, and what lies over it."""
        size, cover = window.framebuffer_size, self._cover
        if cover is not None:
            cover.over(renderer, scene)
        renderer.present(size, self.mirrored, cover.room(size) if cover is not None else None)
        if cover is not None:
            with self._statistics.timed("panel"):
                cover.draw(scene, size)
        window.swap()

    def _draw(self, renderer: Renderer, scene: Scene) -> UInt8 | None:
        renderer.drawing = self.drawing
        with self._statistics.timed("draw"):
            renderer.draw(scene)
            renderer.finish()
        if not self.pixels:
            return None
        with self._statistics.timed("readback"):
            return renderer.read(alpha=self.alpha)

    def _start(self) -> Renderer:
        from livemask.render.context import offscreen
        from livemask.render.renderer import Renderer

        self._context = self.window if self.window is not None else offscreen()
        self._renderer = Renderer(self._context)
        return self._renderer
