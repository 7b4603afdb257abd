"""Starting: stands for the track stage while that is still being made, in a thread."""

import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from livemask.people import People
from livemask.records import Background, Frame, Light, Scene
from livemask.safety.guard import Guard, fulfil
from livemask.safety.losing import hidden_at_first, may_be_late
from livemask.safety.veil import veiled
from livemask.wardrobe import Wardrobe

PACE = 0.12
"""s between two frames meanwhile: whoever waits for the mask wants the processor to make it."""

FAREWELL = 5.0
"""s for which the end of a run waits for what is being loaded."""


class Stage(Protocol):
    """The part of a track stage that is used."""

    wardrobe: Wardrobe

    def __call__(self, frame: Frame) -> Scene:
        """Return the scene of a frame."""

    def warm_up(self) -> Scene:
        """Have everything made before the first frame comes."""

    def close(self) -> None:
        """Release it."""


Tell = Callable[[str], None]


class Starting:
    """Lets the first frames pass, blurred if a mask is to hide, until the stage is there.

    Model, compiled loops and landmark file take a second or two to load: meanwhile a camera
    is seen at once, and every output is fed.

    Parameters
    ----------
    make : function
        Makes the stage, in a thread; it may tell what it is doing.
    hides : bool
        Whether a mask that hides is to be worn: then everything is blurred until then.
    people : People, optional
        Whose wishes may have everything blurred as well.
    replaced : bool
        See below; at first.

    Attributes
    ----------
    doing : str
        What is being done; empty when all is ready.
    guard : Guard
        What is shown if the stage fails.
    bare : bool
        Whether masks are off for the moment.
    replaced : bool
        Whether the background of the frames is replaced: then nothing of them is shown while
        there is no stage, or it fails.
    """

    def __init__(
        self,
        make: Callable[[Tell], Stage],
        *,
        hides: bool,
        people: People | None = None,
        replaced: bool = False,
    ) -> None:
        self.doing = "getting ready"
        self.guard = Guard()
        self.replaced, self.bare = replaced, False
        self._changes: deque[Callable[[Any], object]] = deque()
        self._make, self._hides, self._people = make, hides, people or People()
        self._stage: Stage | None = None
        self._failure: BaseException | None = None
        self._worn: Wardrobe | None = None
        self._closed = False
        self._begun = False
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._start, name="start", daemon=True)
        self._thread.start()

    @property
    def wardrobe(self) -> Wardrobe | None:
        """Other masks than those that the stage is made with; put on as soon as there is one."""
        return self._worn

    @wardrobe.setter
    def wardrobe(self, wardrobe: Wardrobe) -> None:
        with self._lock:
            self._worn, self._hides = wardrobe, wardrobe.hides
            if self._stage is not None:
                self._stage.wardrobe = wardrobe

    @property
    def is_dressed(self) -> bool:
        """Whether masks that hide are on."""
        return self._hides and not self.bare

    @property
    def may_be_late(self) -> bool:
        """Whether somebody may be found late who was not to be seen bare."""
        return may_be_late(self._people, hides=self._hides)

    def change(self, function: Callable[[Any], object]) -> None:
        """Have `function(stage)` called between two frames, in the thread of the frames.

        So no scene is made half before a change and half behind it. If it fails, that is said
        and the run goes on.
        """
        self._changes.append(function)

    def mind(self, people: People) -> None:
        """Be about other people from the next frame on, whether there is a stage yet or not."""
        self._people = people
        self.change(lambda stage: stage.mind(people))

    def undress(self, bare: bool) -> None:
        """Take off all masks from the next frame on, or put them on again."""
        self.bare = bare
        self.change(lambda stage: stage.undress(bare))

    def wait(self) -> None:
        """Wait until the stage is there.

        Raises
        ------
        Exception
            What went wrong when it was made.
        """
        self._ended.wait()
        if self._failure is not None:
            raise self._failure

    def __call__(self, frame: Frame) -> Scene:
        """Return the scene of `frame`.

        Raises
        ------
        Exception
            What went wrong when the stage was made.
        """
        if self._begun:
            self._ended.wait(PACE)
        self._begun = True
        if self._failure is not None:
            raise self._failure
        if self._stage is not None:
            while self._changes:
                fulfil("what was asked for", partial(self._changes.popleft(), self._stage))
            make = partial(self._stage, frame)
            return self.guard.attempt("the tracking or a mask", make, lambda: self._hidden(frame))
        if self.replaced or hidden_at_first(self._people, hides=self._hides):
            return self._hidden(frame)
        return Scene(frame, (), (), Light.default())

    def _hidden(self, frame: Frame) -> Scene:
        background: Background = "transparent" if self.replaced else "video"
        return veiled(Scene(frame, (), (), Light.default(), background))

    def close(self) -> None:
        """Release the stage, as soon as it is made. Closing twice does nothing."""
        self._ended.set()
        with self._lock:
            stage, self._closed = self._stage, True
        if stage is not None:
            stage.close()
        self._thread.join(FAREWELL)

    def _start(self) -> None:
        try:
            stage = self._make(self._tell)
        except BaseException as error:  # raised again where the frames pass
            self._failure = error
            self._ended.set()
            return
        with self._lock:
            if self._worn is not None:
                stage.wardrobe = self._worn
            self._stage, closed = stage, self._closed
        self.doing = ""
        self._ended.set()
        if closed:
            stage.close()

    def _tell(self, doing: str) -> None:
        self.doing = doing
