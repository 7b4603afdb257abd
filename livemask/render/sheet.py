"""Sheet: what masks are drawn on where that is smaller than the picture, and then enlarged."""

import math

from livemask.render.opengl import GL
from livemask.render.screen_pass import ScreenPass
from livemask.render.target import Target

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in px of a picture."""


class Sheet:
    """A small transparent picture with depth, laid over a large one when it is drawn.

    Its colours are multiplied by their alpha, so that enlarged edges have no fringes.

    Parameters
    ----------
    size : (int, int)
        Width and height of the large picture, px.
    share : float
        How large this one is, of that; 0 to 1.

    Attributes
    ----------
    share : float
    """

    def __init__(self, size: tuple[int, int], share: float) -> None:
        self.size, self.share = size, share
        self._small = Target((_side(size[0], share), _side(size[1], share)), 0)
        self._copy = ScreenPass("copy")
        self._drawn: Box = (*size, 0, 0)

    def start(self) -> None:
        """Start it anew: with nothing on it. Stays bound."""
        self._drawn = (*self.size, 0, 0)
        self._small.start(None)
        GL.glDepthMask(True)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)

    def bind(self) -> None:
        """Draw into it."""
        self._small.bind()

    def reach(self, box: Box) -> None:
        """Note what is drawn on, in px of the large picture."""
        left, top, right, bottom = self._drawn
        self._drawn = (
            min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])
        )  # fmt: skip

    def lay(self, target: Target) -> None:
        """Enlarge what was drawn over what is in `target`."""
        spare = math.ceil(1.0 / self.share) + 1  # as far as one of its pixels reaches
        left, top = (max(side - spare, 0) for side in self._drawn[:2])
        right, bottom = (side + spare for side in self._drawn[2:])
        target.bind()
        if right - left <= 2 * spare or bottom - top <= 2 * spare:
            return
        self._small.picture.texture.bind()
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(left, top, right - left, bottom - top)
        self._copy.draw()
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self._small.release()
        self._copy.release()


def _side(side: int, share: float) -> int:
    return max(math.ceil(share * side), 1)
