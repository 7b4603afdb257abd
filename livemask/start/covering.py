"""The window of a run, and the panel over it, where it can be had."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from livemask.controls import Controls
from livemask.statistics import Statistics

if TYPE_CHECKING:  # a run without a window does not load OpenGL
    from livemask.morphable_model import MorphableModel
    from livemask.panel.panel import Panel
    from livemask.render.window import Window
    from livemask.render_stage import RenderStage

LOG = logging.getLogger("livemask")


ROOM = (1280, 720)
"""Of a window at least, in the units of the desktop: the panel wants some beside the picture."""


def window_for(size: tuple[int, int], *, shared: bool) -> Window:
    """Return a window for pictures of `size`, px; `shared`: they go elsewhere as well."""
    from livemask.render.window import Window

    scale = min(1.0, 1280 / size[0], 800 / size[1])
    wide, high = (max(round(scale * side), least) for side, least in zip(size, ROOM, strict=True))
    return Window("livemask", (wide, high), vsync=not shared)


def cover(
    render: RenderStage,
    controls: Controls,
    statistics: Statistics,
    model: Callable[[], MorphableModel | None],
    stack: ExitStack,
) -> Panel | None:
    """Lay a panel over the window of `render`; None without a window, or without its library.

    Until `stack` is closed, the panel shows warnings and errors.
    """
    if render.window is None:
        return None
    try:
        from livemask.panel.panel import Panel
    except (ImportError, OSError) as error:
        LOG.warning("there is no control panel: %s. Keys work without it.", error)
        return None
    panel = render.cover = Panel(controls, render.window, statistics, model)
    LOG.addHandler(controls.messages)
    stack.callback(LOG.removeHandler, controls.messages)
    return panel
