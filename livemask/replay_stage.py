"""ReplayStage: a frame of a session -> the scene to draw over it. Stands for the track stage."""

from dataclasses import replace

from livemask.calibration.person import Person
from livemask.dressing.dressing import Dressing
from livemask.errors import SourceError
from livemask.morphable_model import MorphableModel
from livemask.people import People
from livemask.records import Camera, Frame, Scene, Seen, State
from livemask.session.numbers import NOBODY, RecordedFrame
from livemask.statistics import Statistics
from livemask.tracking.manner import Manner
from livemask.wardrobe import Wardrobe


class ReplayStage(Dressing):
    """Dresses the faces of a session, which were tracked when it was recorded.

    Parameters
    ----------
    model : MorphableModel
        The session's.
    camera : Camera
    wardrobe : Wardrobe
        May be exchanged at any time, from any thread.
    statistics : Statistics
    people : People
    lit : str
        `Showing.light` of the recording: what a session recorded of the room's light is used
        again; where it was another, the room's is looked for now.
    """

    def __init__(
        self,
        model: MorphableModel,
        camera: Camera,
        wardrobe: Wardrobe,
        statistics: Statistics,
        *,
        people: People,
        lit: str = "auto",
    ) -> None:
        super().__init__(model, wardrobe, people)
        self._camera, self._statistics, self._recorded = camera, statistics, lit

    def warm_up(self) -> Scene:
        """Have everything made before the first frame comes; see `Dresser.warm_up`."""
        return self._dresser.warm_up(self._camera, self._light.update)

    def __call__(self, frame: Frame) -> Scene:
        """Return the scene of `frame`.

        Raises
        ------
        SourceError
            If its faces are not of the model: what draws them does not look again.
        """
        seen = frame.seen if isinstance(frame, RecordedFrame) else NOBODY
        self._check(frame, seen)
        with self._statistics.timed("mesh"):
            return self._dresser.scene(frame, self._lighted(frame, seen))

    def follow(self, manner: Manner) -> None:
        """Do nothing: the faces were followed when the session was recorded."""

    def mind(self, people: People) -> None:
        """Do something else about passers-by; who was chosen is in the session."""
        self._dresser.mind(people)

    def choose(self, face: int) -> None:
        """Do nothing: who was chosen is in the session."""

    def spare(self, on: bool) -> None:
        """Do nothing: nobody is looked at."""

    def forget_faces(self) -> None:
        """Do nothing: what was learnt of the faces is in the session."""

    def calibrate_for(self, person: Person) -> None:
        """Do nothing: the session holds what the calibration made of its faces."""

    def lock_identity(self, lock: bool) -> None:
        """Do nothing: the identities are in the session."""

    def close(self) -> None:
        """Do nothing: there is nothing to release."""

    def _check(self, frame: Frame, seen: Seen) -> None:
        rows = len(self._model.identity), len(self._model.expressions)
        for fit in (*seen.chosen, *seen.strangers, *seen.gone):
            given = len(fit.identity), len(fit.expression)
            if given != rows or len(fit.gesture) != rows[1]:
                raise SourceError(
                    f"a face of the session has {given[0]} and {given[1]} coefficients, the model "
                    f"{self._model.name!r} {rows[0]} and {rows[1]}; the session is broken."
                )
            if fit.camera.size != frame.size:
                raise SourceError(
                    f"a face of the session was seen in a picture of {fit.camera.size}, "
                    f"its film has {frame.size}; the session is broken."
                )

    def _lighted(self, frame: Frame, seen: Seen) -> Seen:
        if self._recorded == self._lamp == "auto":  # what was learnt of the room is in the session
            return seen
        fits = [fit for fit in seen.chosen if fit.state is not State.LOST]
        light = self._light.update(frame, fits[0]) if fits else self._light.value
        return replace(seen, light=light)
