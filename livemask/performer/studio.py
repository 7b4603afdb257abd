"""Studio: takes pictures of a performer."""

from livemask.morphable_model import MorphableModel
from livemask.performer.figure import Figure
from livemask.performer.room import Room
from livemask.performer.sensor import Sensor
from livemask.performer.truth import Truth
from livemask.records import Frame, Scene, UInt8
from livemask.render.context import Context
from livemask.render.renderer import Renderer


class Studio:
    """A performer in a room, before a camera.

    Must be made, used and closed in one thread.

    Parameters
    ----------
    person : MorphableModel
        From `cast`.
    size : (int, int)
        Of the pictures, px.
    seed : int
    context : Context
        Stays the caller's.
    """

    def __init__(
        self, person: MorphableModel, size: tuple[int, int], seed: int, context: Context
    ) -> None:
        room = Room.of(seed)
        self._figure = Figure(person, room, seed)
        self._light = room.light()
        self._wall = room.picture(size)
        self._sensor = Sensor(size, seed)
        self._renderer = Renderer(context)

    def picture(self, truth: Truth) -> UInt8:
        """Return the picture (h, w, 3) uint8 of what `truth` says."""
        meshes = self._figure.meshes(truth.camera, truth.camera_from_head, truth.vertices)
        scene = Scene(Frame(self._wall, truth.time, truth.index), (), meshes, self._light)
        return self._sensor.expose(self._renderer.render(scene), truth.index)

    def close(self) -> None:
        """Free what was made on the GPU. Closing twice does nothing."""
        self._renderer.close()
