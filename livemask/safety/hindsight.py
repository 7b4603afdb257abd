"""Hindsight: who is found late in a film is hidden in the frames before, too."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from livemask.records import Effect, Fit, Scene, State
from livemask.safety.covers import Covers

BACK = 0.8
"""s that a scene waits for somebody to be found who was in it."""

MOST = 32
"""Scenes that wait: each holds its frame."""


class Target(Protocol):
    """What takes scenes: a slot."""

    def put(self, value: Scene) -> bool:
        """Take a scene; return whether more are wanted."""

    def close(self) -> None:
        """Take no more."""


class Hindsight:
    """Holds scenes back before it hands them on, and blurs in them who is found soon after.

    A face that enters the picture while others are followed is found at the next search: at
    once, or some frames later. Of a film those frames need not have been shown by then.

    Parameters
    ----------
    target : Target
        Where the scenes go, in their order.
    wanted : function, optional
        Tells whether anybody may be found late; asked at each scene. While nobody may, none waits.
    """

    def __init__(self, target: Target, wanted: Callable[[], bool] = lambda: True) -> None:
        self._target, self._wanted = target, wanted
        self._waiting: deque[Scene] = deque()
        self._there: set[int] = set()

    def put(self, scene: Scene) -> bool:
        """Take a scene, and hand on those that have waited long enough."""
        shown = _shown(scene)
        for fit in shown:
            if fit.id not in self._there:
                self._hide_before(fit, scene.frame.time)
        self._there = {fit.id for fit in shown}
        self._waiting.append(scene)
        open_, waits = True, self._wanted()
        while open_ and self._waiting and not (waits and not self._is_due(scene.frame.time)):
            open_ = self._target.put(self._waiting.popleft())
        return open_

    def close(self) -> None:
        """Hand on all that waits, and take no more."""
        while self._waiting and self._target.put(self._waiting.popleft()):
            pass
        self._waiting.clear()
        self._target.close()

    def _is_due(self, time: float) -> bool:
        first = self._waiting[0] if self._waiting else None
        return first is not None and (
            len(self._waiting) > MOST or not 0.0 <= time - first.frame.time < BACK
        )

    def _hide_before(self, fit: Fit, time: float) -> None:
        """Blur the head of `fit`, found at `time` s, in the scenes that wait without it."""
        covers = Covers()
        covers.see(fit, time)
        for at, scene in enumerate(self._waiting):
            if fit.id in {other.id for other in _shown(scene)} or _is_covered(scene):
                continue
            before = time - scene.frame.time  # the way it came is as unknown as the way it goes
            blur = Effect("blur", covers.over(fit, time + before))
            self._waiting[at] = replace(scene, layers=(*scene.layers, blur))


def _shown(scene: Scene) -> list[Fit]:
    """Return the faces that are seen or held in a scene."""
    seen = scene.seen
    everybody = (*seen.chosen, *seen.strangers) if seen is not None else scene.fits
    return [fit for fit in everybody if fit.state is not State.LOST]


def _is_covered(scene: Scene) -> bool:
    """Whether nobody can be recognised in it."""
    first = scene.layers[0] if scene.layers else None
    return isinstance(first, Effect) and first.look == "blur" and first.region is None
