"""Compiles and loads beforehand what the first start would."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from livemask import plugins
from livemask.config import Config
from livemask.errors import GraphicsError
from livemask.render_stage import RenderStage
from livemask.start.preparing import USUAL, Pictures, Preparation
from livemask.statistics import Statistics

LOG = logging.getLogger("livemask")


def warm_up(
    tell: Callable[[str], None], model: str = "head", landmarks: Path | None = None
) -> float:
    """Do everything once that takes longer the first time; return how long it took, s.

    numba keeps the compiled loops, and the graphics driver its shaders, for later starts.

    Parameters
    ----------
    tell : function
        Told what is being done.
    model, landmarks
        As in `Config`.

    Raises
    ------
    LivemaskError
        If the model or the landmark file cannot be had. Where nothing can be drawn, it is
        only said.
    """
    started = time.perf_counter()
    masks = plugins.ready("masks", own=True)
    statistics = Statistics()
    prepare = Preparation(Config(masks=masks, model=model, landmarks=landmarks), statistics)
    stage = prepare(lambda: Pictures(USUAL, live=False), tell)
    render = RenderStage(lambda: prepare.model, statistics)
    tell("drawing every mask once")
    try:
        render(stage.warm_up())
    except GraphicsError as error:
        LOG.warning("the masks were not drawn: %s", error)
    finally:
        render.close()
        stage.close()
    return time.perf_counter() - started
