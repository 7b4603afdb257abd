"""A voice: the sound of a microphone on its way into films, in step with their pictures."""

import logging
from collections.abc import Callable, Iterator

from livemask.errors import UsageError
from livemask.records import Float32
from livemask.sinks.film.in_step import InStep
from livemask.sinks.film.microphone import Microphone
from livemask.sinks.film.spoken import RATE
from livemask.sinks.film.ticks import CLOCK

LOG = logging.getLogger("livemask")

_LONGEST = 60.0  # s, longer than a computer is away unless it was asleep

NOTHING, SOURCE = "none", "source"


def voice_of(sound: str, began: Callable[[], float] | None) -> "Voice | None":
    """Return the microphone that `--record-sound` names, listening; None if it names none.

    Raises
    ------
    UsageError
        If there is no clock to keep step with.
    SinkError
        If it cannot be opened.
    """
    if sound in (NOTHING, SOURCE):
        return None
    if began is None:
        raise UsageError(
            f"--record-sound {sound} needs a camera: a film does not run at the time of a "
            f"microphone. Leave it out, or say {SOURCE} or {NOTHING}."
        )
    return Voice(Microphone(sound), began)


class Voice:
    """Gives what a microphone hears, from the first picture to the last.

    Parameters
    ----------
    microphone : Microphone
    began : function
        Returns when time 0 of the pictures was, by `perf_counter`, s.
    """

    def __init__(self, microphone: Microphone, began: Callable[[], float]) -> None:
        self._microphone, self._began = microphone, began
        device = microphone.device
        self.channels = min(device.channels, 2)
        self._in_step = InStep(device.rate, device.form, device.layout, self.channels)
        self._given = 0
        self._over = False

    def heard(self, start: float) -> Iterator[Float32]:
        """Yield the sound since the last time, (n, channels) float32; `start` is film time 0."""
        for piece, came in self._microphone.taken():
            at = came - self._began() - start
            if self._is_over(at):
                return
            samples = self._in_step.take(piece, at)
            if samples.size:
                self._given += samples.shape[0]
                yield samples

    def last(self, start: float, end: int) -> Iterator[Float32]:
        """Close the microphone and yield what is left, not beyond `end`, ticks."""
        self._microphone.close()
        room = max(0, end * RATE // CLOCK - self._given)
        for samples in self.heard(start):
            if room:
                yield samples[:room]
            room = max(0, room - samples.shape[0])

    def _is_over(self, at: float) -> bool:
        """Whether so much is missing before `at`, s, that silence would fill memory and disk."""
        if not self._over and at - self._given / RATE > _LONGEST:
            self._over = True
            text = "nothing was heard for %.0f s; the film goes on without sound."
            LOG.warning(text, at - self._given / RATE)
        return self._over

    def close(self) -> None:
        """Close the microphone. Closing twice does nothing."""
        self._microphone.close()
