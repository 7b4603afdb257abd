"""Contexts to draw in: the kind that this system has."""

from livemask.render.context_base import Context
from livemask.render.opengl import LINUX

__all__ = ["Context", "offscreen"]


def offscreen(apart: bool = False) -> Context:
    """Return a context without a window: EGL on Linux, elsewhere a hidden window.

    A hidden window must be made in the main thread (GLFW's rule) and may then be used in
    any; EGL has no such rule. Two threads may draw at once if one's context is `apart`.

    Parameters
    ----------
    apart : bool
        For a context that draws in a thread of its own while another draws elsewhere: see
        `render.egl.best`.

    Raises
    ------
    GraphicsError
        If there is no OpenGL 3.3.
    """
    if LINUX:
        from livemask.render.egl import best

        return best(apart)
    from livemask.render.window import Window

    return Window("livemask", (16, 16), visible=False)
