"""Blur: the effect that makes a picture, or a region of it, unrecognisable."""

from contextlib import ExitStack
from typing import Any

import numpy as np

from livemask.records import Float32
from livemask.render.canvas import Canvas
from livemask.render.gaussian import Gaussian
from livemask.render.opengl import GL
from livemask.render.polygon_pass import PolygonPass
from livemask.render.region_mask import RegionMask
from livemask.render.screen_pass import ScreenPass
from livemask.render.sheet import Box, Sheet
from livemask.render.target import Target

# Half of a set of familiar faces is still recognised with 3.5 cycles of detail from ear to ear
# (Sinha et al. 2006, "Face recognition by humans", result 1). With this sigma 0.1 % of that detail
# is left where a face takes up half of the longer side, as large as they come; less elsewhere.
_SIGMA = 1.0 / 12.0  # of the longer side
_MOST = 3.0  # times as far
_WIDE = 320  # px of the longer side that are enough for the sampler to make a smooth one of
_SPARE = 3  # px beyond a region: corners of what surrounds it, and what the sampler looks at
_AS_IT_WAS = GL.GL_ZERO, GL.GL_ONE
_CELLS = 24  # on the longer side, at least, where the picture is smallest


class Blur:
    """Blurs pictures of one size: shrunk until small, filtered there, enlarged smoothly.

    Only the last step works on all pixels, so it is cheap on a CPU too.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._smaller = [Canvas(small) for small in _sizes(size)]
        self._gaussian = Gaussian(self._smaller[-1].size)
        self._reduced = min(max(max(size) // _WIDE, 1), 4)
        self._wide = Canvas((max(size[0] // self._reduced, 1), max(size[1] // self._reduced, 1)))
        self._region = RegionMask(size)
        self._quarter, self._halve = ScreenPass("quarter"), ScreenPass("halve")
        self._enlarge, self._masked = (ScreenPass("enlarge", MASKED=masked) for masked in (0, 1))
        self._frost, self._frosted = ScreenPass("frost"), PolygonPass("frost", size)
        self._hull: Float32 | None = None
        self._owned = ExitStack()
        for canvas in (*self._smaller, self._wide):
            self._owned.callback(canvas.release)
        for part in (self._quarter, self._halve, self._enlarge, self._masked, self._frost):
            self._owned.callback(part.release)
        for release in (self._frosted.release, self._gaussian.release, self._region.release):
            self._owned.callback(release)

    def draw(self, target: Target, polygon: Float32 | None, amount: float = 1.0) -> None:
        """Blur the region `polygon` (n, 2) px of what was drawn so far; all of it if None.

        `amount` is how many times as far as it takes to hide somebody, up to `_MOST`; less is
        taken for 1. A region that is none (fewer than three corners, or not finite) is taken
        for the whole picture: whoever asks for a blur has something to hide.
        """
        self.prepare(target, polygon, amount)
        self.lay(target)

    def prepare(self, target: Target, polygon: Float32 | None, amount: float = 1.0) -> None:
        """Make the blurred picture as `draw` does, to be laid over the sharp one by `lay`."""
        self._shrink(target)
        smallest = self._smaller[-1]
        far = float(np.clip(np.nan_to_num(amount), 1.0, _MOST))
        self._gaussian.smooth(smallest, _SIGMA * max(smallest.size) * far)
        if polygon is None or len(polygon) < 3 or not np.isfinite(polygon).all():
            self._hull = None
            self._widen(self._enlarge)
        else:
            self._hull = self._region.hull(polygon)
            self._widen_region(polygon)
        target.bind()

    def reach(self) -> Box:
        """Return what is drawn on by `lay`."""
        if self._hull is None:
            return 0, 0, *self._size
        left, top = np.clip(np.floor(self._hull.min(axis=0)), 0, self._size)
        right, bottom = np.clip(np.ceil(self._hull.max(axis=0)), 0, self._size)
        return int(left), int(top), int(right), int(bottom)

    def lay(self, onto: Target | Sheet, *, behind: bool = False) -> None:
        """Lay what was prepared over the picture, or only where no depth is drawn yet."""
        onto.bind()
        self._wide.texture.bind()
        if self._hull is None:
            GL.glDisable(GL.GL_BLEND)
            self._frost.draw(behind=behind)
            return
        GL.glEnable(GL.GL_BLEND)
        # A picture keeps its gaps; what is on a sheet adds up, to be laid over one.
        kept = (GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA) if isinstance(onto, Sheet) else _AS_IT_WAS
        GL.glBlendFuncSeparate(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, *kept)
        self._frosted.draw(self._hull, behind=behind)

    def _shrink(self, target: Target) -> None:
        target.resolve()
        GL.glDisable(GL.GL_BLEND)
        source = target.picture
        for small in self._smaller:
            small.bind()
            source.texture.bind()
            a_quarter = source.size == (4 * small.size[0], 4 * small.size[1])
            (self._quarter if a_quarter else self._halve).draw()
            source = small

    def _widen_region(self, polygon: Float32) -> None:
        self._region.draw(polygon).bind(unit=1)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(*self._reached(polygon))
        self._widen(self._masked, mask=1)
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def _widen(self, how: ScreenPass, **uniforms: Any) -> None:
        """Make of the smallest picture one that the sampler can make as large as the whole."""
        self._wide.bind()
        self._smaller[-1].texture.bind()
        how.draw(**uniforms)

    def _reached(self, polygon: Float32) -> tuple[int, int, int, int]:
        """Return the box of what is laid over a region, in px of the wide picture."""
        left, top, width, height = (side // self._reduced for side in self._region.box(polygon))
        return left - _SPARE, top - _SPARE, width + 2 * _SPARE, height + 2 * _SPARE

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self._owned.close()


def _sizes(size: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the sizes down to the smallest with at least `_CELLS` on its longer side.

    Each is a quarter of the last where that is a whole number, else about a half.
    """
    sizes: list[tuple[int, int]] = []
    while not sizes or max(size) >= 2 * _CELLS:
        by = 4 if not any(side % 4 for side in size) and max(size) >= 4 * _CELLS else 2
        size = max(size[0] // by, 1), max(size[1] // by, 1)
        sizes.append(size)
    return sizes
