"""What lies over the window's picture: a panel, which may fail without harm to the picture."""

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from livemask.records import Mesh, Scene
from livemask.render.caption import Caption
from livemask.render.renderer import Renderer, Room

LOG = logging.getLogger("livemask")

T = TypeVar("T")

FAILED = "The panel has failed and is switched off. Keys go on: F1 lists them."


class Cover(Protocol):
    """What lies over the window's picture, never over the outputs': the control panel."""

    def meshes(self, scene: Scene) -> tuple[Mesh, ...]:
        """Return what to draw over the picture."""

    def room(self, size: tuple[int, int]) -> Room:
        """Return where the picture may be: left, bottom, right, top of a window of `size`, px."""

    def draw(self, scene: Scene, size: tuple[int, int]) -> None:
        """Draw what lies beside and over the picture."""

    def release(self) -> None:
        """Free what it made on the GPU."""


class SafeCover:
    """A cover that is switched off when it fails. What has failed is said in a line instead.

    The picture and the outputs, which are drawn before it, go on.

    Parameters
    ----------
    cover : Cover

    Attributes
    ----------
    cover : Cover or None
        None once it has failed.
    """

    def __init__(self, cover: Cover) -> None:
        self.cover: Cover | None = cover
        self._caption: Caption | None = None

    def over(self, renderer: Renderer, scene: Scene) -> None:
        """Draw its meshes over the picture that was drawn last."""

        def draw(cover: Cover) -> None:
            if meshes := cover.meshes(scene):
                renderer.draw_over(meshes, scene)

        self._attempt(draw, None)

    def room(self, size: tuple[int, int]) -> Room:
        """Return where the picture may be; without a cover, anywhere."""
        return self._attempt(lambda cover: cover.room(size), (0, 0, *size))

    def draw(self, scene: Scene, size: tuple[int, int]) -> None:
        """Draw it, or that it has failed."""
        self._attempt(lambda cover: cover.draw(scene, size), None)
        if self.cover is None and 0 not in size:
            self._caption = self._caption or Caption(FAILED)
            self._caption.draw(size)

    def release(self) -> None:
        """Free what was made on the GPU. Releasing twice does nothing."""
        self._attempt(lambda cover: cover.release(), None)
        if self._caption is not None:
            self._caption.release()
        self._caption = None

    def _attempt(self, do: Callable[[Cover], T], instead: T) -> T:
        cover = self.cover
        if cover is None:
            return instead
        try:
            return do(cover)
        except Exception as error:
            self.cover = None
            said = f"{type(error).__name__}: {error}"
            LOG.error("the panel has failed and is switched off; the run goes on: %s", said)
            LOG.error("the panel", exc_info=error, extra={"elsewhere": True})  # the log file only
            self._let_go(cover)
            return instead

    def _let_go(self, cover: Cover) -> None:
        try:
            cover.release()
        except Exception as error:  # in the midst of a drawing, say: the window's end frees it
            LOG.error("the panel's end", exc_info=error, extra={"elsewhere": True})
