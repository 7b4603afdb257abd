"""Idling: nothing is decoded, tracked or drawn while nobody sees it."""

import logging

from livemask.outputs import Outputs
from livemask.reader import Reader
from livemask.render_stage import RenderStage

LOG = logging.getLogger(__name__)

NAP = 0.1
"""s between two looks whether somebody wants pictures again; the window itself wakes at once."""


class Idling:
    """Lets the camera rest while the window is minimised and no output is on.

    The frames after a rest are far from those before: whoever was there is looked for anew, and
    whatever is worn to hide hides as it does at the start.
    """

    def __init__(self, render: RenderStage, outputs: Outputs, reader: Reader) -> None:
        self._render, self._outputs, self._reader = render, outputs, reader
        self._idle = False

    def look(self, *, ready: bool) -> float:
        """Rest or go on; return for how long the window may wait for something to happen, s.

        `ready`: all is loaded. Before that there is something to do.
        """
        window = self._render.window
        hidden = ready and window is not None and window.minimised
        idle = hidden and not self._outputs.any_on
        if idle != self._idle:
            LOG.info("nobody looks: the camera rests" if idle else "the camera is looked at again")
            self._idle = idle
            self._reader.rest(idle)
        return NAP if idle else 0.0
