"""Effects: what changes the picture itself, each made when it is first asked for."""

from livemask.errors import GraphicsError
from livemask.records import Effect
from livemask.render.blur import Blur
from livemask.render.fade import Fade
from livemask.render.mosaic import Mosaic
from livemask.render.sheet import Box, Sheet
from livemask.render.target import Target

KNOWN = ("blur", "mosaic", "mark", "fade")


class Effects:
    """The effects for pictures of one size.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._blur: Blur | None = None
        self._mosaic: Mosaic | None = None
        self._fade: Fade | None = None

    def prepare(self, effect: Effect, target: Target) -> bool:
        """Start an effect, and return whether it waits to be laid behind what is drawn next."""
        if effect.look != "blur":
            self.draw(effect, target)
            return False
        self._blur = self._blur or Blur(self._size)
        self._blur.prepare(target, effect.region, effect.amount)
        return True

    def lay(self, onto: Target | Sheet, *, behind: bool) -> None:
        """Draw the effect that waits: where no depth is drawn yet, if `behind`."""
        if self._blur is not None:
            self._blur.lay(onto, behind=behind)

    def reach(self) -> Box:
        """Return what the effect that waits is drawn on."""
        return self._blur.reach() if self._blur is not None else (0, 0, *self._size)

    def draw(self, effect: Effect, target: Target) -> None:
        """Change what was drawn so far.

        Raises
        ------
        GraphicsError
            If there is no such effect.
        """
        if effect.look == "blur":
            self._blur = self._blur or Blur(self._size)
            self._blur.draw(target, effect.region, effect.amount)
        elif effect.look == "mosaic":
            self._mosaic = self._mosaic or Mosaic(self._size)
            self._mosaic.draw(target, effect.region, effect.amount)
        elif effect.look == "mark":
            self._fade = self._fade or Fade(self._size)
            self._fade.mark(target)
        elif effect.look == "fade":
            if self._fade is None:
                raise GraphicsError("a fade needs a mark before it: put Effect('mark') below.")
            self._fade.draw(target, effect.amount)
        else:
            known = ", ".join(KNOWN)
            raise GraphicsError(f"there is no effect {effect.look!r}. Known: {known}.")

    def release(self) -> None:
        """Free their memory. Releasing twice does nothing."""
        for effect in (self._blur, self._mosaic, self._fade):
            if effect is not None:
                effect.release()
