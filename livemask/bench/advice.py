"""From numbers to plain words: what limits, and which settings suit the machine."""

from collections.abc import Iterable

from livemask.bench.measured import Cost, Measured, Size

ENOUGH = 0.95
"""Of the source's rate: whoever reaches this share of it keeps up."""

MOST_WANTED = 30.0
"""Pictures per second above which nobody is advised to give anything up."""

FEW = 0.5
"""Share of the pictures without a face above which the numbers say little."""

NOBODY = (
    "No face was seen, so the times tell nothing about masks. Sit before the camera, in light, "
    "and try again; or: livemask bench --source performer."
)

SPARE = 1.3
"""A stage that could do this much more has room for what else the machine does."""


def advice(measured: Measured) -> list[str]:
    """Return what to tell the user, one sentence or two a line."""
    if not measured.masks:
        return [NOBODY]
    return [
        *_faces(measured),
        _verdict(measured),
        _masks(measured),
        _recording(measured),
        _size(measured),
    ]


def wanted(measured: Measured) -> float:
    """Return the pictures per second that are aimed at."""
    return min(measured.wanted, MOST_WANTED)


def keeps_up(cost: Cost, measured: Measured) -> bool:
    """Tell whether pictures of this cost can be done as fast as they are wanted."""
    return cost.rate(measured.cores) >= ENOUGH * wanted(measured)


def limit(measured: Measured) -> str:
    """Return what sets the pace: `source`, `tracking`, `drawing` or `processor`."""
    cost = measured.cost
    if cost.rate(measured.cores) >= ENOUGH * measured.wanted:
        return "source"
    return cost.limit(measured.cores)


def _faces(measured: Measured) -> list[str]:
    if measured.tracked >= FEW * measured.frames:
        return []
    told = f"A face was seen in only {measured.tracked} of {measured.frames} pictures"
    return [f"{told}: more light, or a place nearer to the camera, may help."]


def _verdict(measured: Measured) -> str:
    cost, limited = measured.cost, limit(measured)
    rate = cost.rate(measured.cores)
    could = f"{rate:.0f} pictures per second could be masked with {measured.mask}"
    if limited == "source":
        spare = " with room to spare" if rate >= SPARE * measured.wanted else ""
        fast = f"{could}; the source gives {measured.wanted:g}: this machine keeps up{spare}."
        return fast + _others(measured)
    slow = f"{could}, of the {measured.wanted:g} that the source gives"
    if limited == "processor":
        return f"{slow}: {_cores(measured.cores)} too few for {cost.work:.0f} ms of work a picture."
    return f"{slow}: {limited} takes longest, {max(cost.track, cost.draw):.0f} ms a picture."


def _others(measured: Measured) -> str:
    """Tell of what else wanted the processor, if fewer pictures came through than could."""
    reached = measured.reached
    if reached is None or reached >= ENOUGH * measured.wanted:
        return ""
    return (
        f" Only {reached:.0f} came through: the source gave fewer, as cameras do in dim light, or "
        "other programs were at work, such as what draws the performer."
    )


def _cores(cores: int) -> str:
    return "one core is" if cores == 1 else f"{cores} cores are"


def _masks(measured: Measured) -> str:
    good = [name for name, cost in measured.masks.items() if keeps_up(cost, measured)]
    bad = [name for name in measured.masks if name not in good]
    if not bad:
        return f"Every mask keeps up with {wanted(measured):g} pictures per second."
    told = ", ".join(f"{name} ({measured.masks[name].rate(measured.cores):.0f})" for name in bad)
    if not good:
        return f"No mask keeps up with {wanted(measured):g} pictures per second: {told}."
    return f"Masks that keep up: {', '.join(good)}; that do not, with their rate: {told}."


def _recording(measured: Measured) -> str:
    if measured.recording is None:
        return "--record cannot be used: there is no encoder; livemask doctor tells more."
    cost = measured.cost.recorded(*measured.recording)
    taken = f"--record takes {measured.recording[0]:.0f} ms a picture"
    if keeps_up(cost, measured):
        return f"{taken} and can be used."
    rate = f"with it {cost.rate(measured.cores):.0f} pictures per second are reached"
    if not keeps_up(measured.cost, measured):
        return f"{taken}; {rate}."
    return f"{taken}; {rate}: leave it out, or take a smaller picture."


def _size(measured: Measured) -> str:
    """Tell the largest size that keeps up, with --record if any does with it."""
    wall, work = measured.recording or (0.0, 0.0)
    sizes = {**measured.sizes, measured.size: measured.cost}
    recorded = {
        size: cost.recorded(wall * share, work * share)
        for size, cost in sizes.items()
        if (share := _area(size) / _area(measured.size))
    }
    both = _largest(size for size, cost in recorded.items() if keeps_up(cost, measured))
    bare = _largest(size for size, cost in sizes.items() if keeps_up(cost, measured))
    if bare is None:
        least = min(sizes, key=_area)
        return (
            f"No size keeps up; --size {_text(least)} is the quickest. --mask landmarks or a "
            "graphics card would help: livemask doctor tells what draws here."
        )
    if measured.recording is None or both == bare:
        also = "" if measured.recording is None else ", with --record too"
        return f"The largest picture that keeps up{also}: --size {_text(bare)}."
    if both is None:
        return f"The largest picture that keeps up: --size {_text(bare)}; with --record none does."
    return f"The largest picture that keeps up: --size {_text(bare)}, with --record {_text(both)}."


def _largest(sizes: Iterable[Size]) -> Size | None:
    return max(sizes, key=_area, default=None)


def _area(size: Size) -> int:
    return size[0] * size[1]


def _text(size: Size) -> str:
    return f"{size[0]}x{size[1]}"
