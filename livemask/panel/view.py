"""View: what the panel is told of one picture."""

from dataclasses import dataclass

from livemask.records import Fit, Scene
from livemask.statistics import Statistics


@dataclass(frozen=True, slots=True)
class View:
    """The run as it is now.

    Attributes
    ----------
    scene : Scene
        That is in the window.
    statistics : Statistics
    size : (int, int)
        Of the window's framebuffer, px.
    """

    scene: Scene
    statistics: Statistics
    size: tuple[int, int]

    @property
    def fit(self) -> Fit | None:
        """The first of the faces that are followed."""
        return self.scene.fits[0] if self.scene.fits else None
