"""Context: what OpenGL calls act on, with or without a window."""

import re
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from livemask.errors import GraphicsError
from livemask.render.opengl import GL, INSTALL, LINUX

# Renderers that run on the CPU, as GL_RENDERER names them.
_SOFTWARE = re.compile(
    r"llvmpipe|softpipe|swrast|swiftshader|basic render|gdi generic|software", re.IGNORECASE
)


class Context(ABC):
    """An OpenGL 3.3 core context.

    It is current in no thread until `make_current` or `with` makes it so, in one thread at a
    time: only there may GL be called, and what was made there is released there.

    Attributes
    ----------
    description : str
        Version and renderer, as OpenGL gives them.
    software : bool
        Whether the CPU does the drawing.
    """

    description = ""
    software = False

    @abstractmethod
    def make_current(self) -> None:
        """Let this thread's GL calls act on this context."""

    @abstractmethod
    def release_current(self) -> None:
        """Leave this thread without a context, so that another may take this one."""

    @abstractmethod
    def close(self) -> None:
        """Destroy the context. Closing twice does nothing."""

    def __enter__(self) -> Self:
        self.make_current()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _describe(self) -> None:
        """Read what the current context is; refuse it below 3.3.

        GL calls without a context return None silently: this is the place that notices.
        """
        version, renderer = (GL.glGetString(name) for name in (GL.GL_VERSION, GL.GL_RENDERER))
        if not version or not renderer:
            raise GraphicsError(f"no OpenGL context could be made current. {_advice()}")
        self.description = f"{version.decode()}, {renderer.decode()}"
        self.software = bool(_SOFTWARE.search(renderer.decode()))
        found = re.match(rb"(\d+)\.(\d+)", version)
        if not found or (int(found[1]), int(found[2])) < (3, 3):
            raise GraphicsError(f"OpenGL 3.3 is needed, found {self.description}. {_advice()}")


def _advice() -> str:
    if LINUX:
        return f"Install Mesa: {INSTALL}"
    return "Install the graphics driver of this computer's maker."
