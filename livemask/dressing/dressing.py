"""Dressing: what the stages have in common that put masks on faces."""

from livemask.dressing.dresser import Dresser
from livemask.light.estimate import LightEstimate
from livemask.light.lamps import FixedLight, chosen_light
from livemask.morphable_model import MorphableModel
from livemask.people import People
from livemask.records import Background
from livemask.showing import Showing
from livemask.wardrobe import Wardrobe


class Dressing:
    """A stage that dresses faces: what is worn, by which light, before what.

    Parameters
    ----------
    model : MorphableModel
    wardrobe : Wardrobe
        May be exchanged at any time, from any thread; a scene is dressed from one throughout.
    people : People
    """

    def __init__(self, model: MorphableModel, wardrobe: Wardrobe, people: People) -> None:
        self._model = model
        self._dresser = Dresser(model, wardrobe, people)
        self._light: LightEstimate | FixedLight = LightEstimate(model)
        self._lamp = Showing().light

    @property
    def wardrobe(self) -> Wardrobe:
        """What is worn."""
        return self._dresser.wardrobe

    @wardrobe.setter
    def wardrobe(self, wardrobe: Wardrobe) -> None:
        self._dresser.wardrobe = wardrobe

    def undress(self, bare: bool) -> None:
        """Take off all masks, or put them on again; between two frames."""
        self._dresser.bare = bare

    def show(self, showing: Showing, background: Background = "video") -> None:
        """Put masks and picture together as `showing` says from now on; between two frames.

        `background` is what it names, as large as the frames.
        """
        if showing.light != self._lamp:  # else what was learnt of the room's light is kept
            light = chosen_light(showing) or LightEstimate(self._model)
            self._light, self._lamp = light, showing.light
        self._dresser.show(showing, background)
