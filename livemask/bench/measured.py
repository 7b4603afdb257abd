"""What a trial has measured."""

from collections.abc import Mapping
from dataclasses import dataclass

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one picture costs, ms.

    Attributes
    ----------
    track : float
        Find the face, fit it, make the mask.
    draw : float
        Draw it, and read the picture back.
    record : float
        Encode it; 0 if nothing is recorded.
    work : float
        Of the processor for all that: drawing and encoding may use several cores, and a
        graphics card none.
    """

    track: float
    draw: float
    record: float = 0.0
    work: float = 0.0

    def recorded(self, wall: float, work: float) -> "Cost":
        """Return the cost with an encoder that takes `wall` ms, `work` ms of the processor."""
        return Cost(self.track, self.draw, wall, self.work + work)

    def rate(self, cores: int) -> float:
        """Return the pictures per second that can be reached.

        The stages work side by side: the slowest sets the pace, or the cores if they are
        too few for all the work.
        """
        return 1000.0 / max(self.track, self.draw, self.record, self.work / cores, 1e-3)

    def limit(self, cores: int) -> str:
        """Return what sets that pace: `tracking`, `drawing`, `recording` or `processor`."""
        steps = {"tracking": self.track, "drawing": self.draw, "recording": self.record}
        steps["processor"] = self.work / cores
        return max(steps, key=lambda name: steps[name])


@dataclass(frozen=True, slots=True)
class Taken:
    """What a stage took, ms: median and 95th percentile."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The numbers of one trial.

    Attributes
    ----------
    size : (int, int)
        Of the pictures, px.
    wanted : float
        Pictures per second that the source gives.
    reached : float or None
        Those that were masked and drawn.
    frames, tracked, dropped : int
        Pictures drawn; those with a face; those that came too fast.
    cores : int
        Of the processor, as far as this process may use them.
    memory : float
        The most that was held, MB.
    stages : mapping of str to Taken
    mask : str
        What was worn.
    masks : mapping of str to Cost
        What each mask costs at this size; empty if no face was seen.
    sizes : mapping of (int, int) to Cost
        What pictures of other sizes cost with `mask`; likewise.
    recording : (float, float) or None
        ms to encode one picture of this size, by the clock and of the processor; None if this
        machine has no encoder.
    """

    size: Size
    wanted: float
    reached: float | None
    frames: int
    tracked: int
    dropped: int
    cores: int
    memory: float
    stages: Mapping[str, Taken]
    mask: str
    masks: Mapping[str, Cost]
    sizes: Mapping[Size, Cost]
    recording: tuple[float, float] | None

    @property
    def cost(self) -> Cost:
        """What a picture costs with the mask that was worn."""
        none = Taken(0.0, 0.0)
        track, draw = (self.stages.get(name, none).median for name in ("track", "render"))
        return self.masks.get(self.mask) or Cost(track, draw, work=track + draw)
