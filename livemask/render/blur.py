"""Blur: the effect that makes a picture, or a region of it, unrecognisable."""

from contextlib import ExitStack

import numpy as np

from livemask.records import Float32
from livemask.render.canvas import Canvas
from livemask.render.gaussian import Gaussian
from livemask.render.gl import copy
from livemask.render.opengl import GL
from livemask.render.region_mask import RegionMask
from livemask.render.screen_pass import ScreenPass
from livemask.render.target import Target

# Half of a set of familiar faces is still recognised with 3.5 cycles of detail from ear to ear
# (Sinha et al. 2006, "Face recognition by humans", result 1). With this sigma 0.1 % of that detail
# is left where a face takes up half of the longer side, as large as they come; less elsewhere.
_SIGMA = 1.0 / 12.0  # of the longer side
_MOST = 3.0  # times as far
_CELLS = 24  # on the longer side, at least, where the picture is smallest


class Blur:
    """Blurs pictures of one size: halved until small, filtered there, enlarged smoothly.

    Only the last step works on all pixels, so it is cheap on a CPU too.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        halves = _halves(size)
        self._halves = [Canvas(half) for half in halves]
        self._gaussian = Gaussian(halves[-1])
        self._wide = Canvas((max(size[0] // 4, 1), max(size[1] // 4, 1)))
        self._region = RegionMask(size)
        self._halve, self._enlarge = ScreenPass("halve"), ScreenPass("enlarge")
        self._frost, self._masked_frost = (ScreenPass("frost", MASKED=masked) for masked in (0, 1))
        self._owned = ExitStack()
        for canvas in (*self._halves, self._wide):
            self._owned.callback(canvas.release)
        for part in (self._halve, self._enlarge, self._frost, self._masked_frost):
            self._owned.callback(part.release)
        self._owned.callback(self._gaussian.release)
        self._owned.callback(self._region.release)

    def draw(self, target: Target, polygon: Float32 | None, amount: float = 1.0) -> None:
        """Blur the region `polygon` (n, 2) px of what was drawn so far; all of it if None.

        `amount` is how many times as far as it takes to hide somebody, up to `_MOST`; less is
        taken for 1. A region that is none (fewer than three corners, or not finite) is taken
        for the whole picture: whoever asks for a blur has something to hide.
        """
        self._shrink(target)
        sigma = (
            _SIGMA * max(self._halves[-1].size) * float(np.clip(np.nan_to_num(amount), 1.0, _MOST))
        )
        self._gaussian.smooth(self._halves[-1], sigma)
        self._wide.bind()
        self._halves[-1].texture.bind()
        self._enlarge.draw()
        if polygon is None or len(polygon) < 3 or not np.isfinite(polygon).all():
            self._lay_over_all(target)
        else:
            self._lay_over_region(target, polygon)

    def _shrink(self, target: Target) -> None:
        target.resolve()
        GL.glDisable(GL.GL_BLEND)
        source = target.picture
        for half in self._halves:
            if source.size == (2 * half.size[0], 2 * half.size[1]):
                copy(source.framebuffer, source.size, half.framebuffer, half.size)
            else:
                half.bind()
                source.texture.bind()
                self._halve.draw()
            source = half

    def _lay_over_all(self, target: Target) -> None:
        GL.glDisable(GL.GL_BLEND)
        target.bind()
        self._wide.texture.bind()
        self._frost.draw()

    def _lay_over_region(self, target: Target, polygon: Float32) -> None:
        self._region.draw(polygon).bind(unit=1)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFuncSeparate(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, GL.GL_ZERO, GL.GL_ONE)
        target.bind()
        self._wide.texture.bind(unit=0)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(*self._region.box(polygon))
        self._masked_frost.draw(mask=1)
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self._owned.close()


def _halves(size: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the sizes down to the smallest with at least `_CELLS` on its longer side."""
    sizes: list[tuple[int, int]] = []
    while not sizes or max(size) >= 2 * _CELLS:
        size = max(size[0] // 2, 1), max(size[1] // 2, 1)
        sizes.append(size)
    return sizes
