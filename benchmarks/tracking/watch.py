"""Watching performers: scenarios -> takes."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from benchmarks.tracking.chain import Chain
from benchmarks.tracking.scenarios import RATE, Scenario
from benchmarks.tracking.take import Take, moment
from benchmarks.tracking.true_points import TruePoints
from livemask.morphable_model import MorphableModel
from livemask.performer import Performer, Truth
from livemask.records import Frame
from livemask.tracking.extras import Level

EXPOSURE = 0.5 / RATE
"""s during which what moves is smeared."""


def told(what: str, begun: float) -> None:
    """Show how far the run is."""
    sys.stderr.write(f"{time.monotonic() - begun:6.0f} s  {what}\n")
    sys.stderr.flush()


def takes(
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    model: MorphableModel,
    detector: Any,
    tell: Callable[[str], None],
    *,
    perfect: bool = False,
    fit: Level = "full",
) -> Iterator[Take]:
    """Yield a take of each scenario by each performer; those of one size share a studio.

    If `perfect`, the fit is given the true points; `fit` as in `--fit`.
    """
    sizes = sorted({scenario.size for scenario in scenarios})
    total, count = len(scenarios) * len(seeds), 0
    for seed in seeds:
        for size in sizes:
            performer = Performer(size=size, rate=RATE, seed=seed)
            for scenario in (s for s in scenarios if s.size == size):
                count += 1
                tell(f"{count}/{total}: {scenario.name}, performer {seed}")
                knowing = TruePoints(detector, performer.person)
                chain = Chain(model, performer.camera, knowing if perfect else detector, fit)
                yield _watched(scenario, performer, model, chain, knowing)
            performer.close()


def _watched(
    scenario: Scenario,
    performer: Performer,
    model: MorphableModel,
    chain: Chain,
    knowing: TruePoints,
) -> Take:
    moments, last = [], None
    for truth, frame in _frames(scenario, performer):
        knowing.truth = truth
        fit, found = chain(frame)
        last = fit or last
        moments.append(moment(truth, performer.person, model, fit, found))
    chain.close()
    return Take.of(scenario.name, performer.seed, performer.person, moments, last)


def _frames(scenario: Scenario, performer: Performer) -> Iterable[tuple[Truth, Frame]]:
    for index in range(round(scenario.seconds * RATE)):
        now = truth(scenario, performer, index, index / RATE)
        shares = (np.arange(scenario.lens.exposures) + 0.5) / scenario.lens.exposures - 0.5
        times = index / RATE + EXPOSURE * shares
        moving = [truth(scenario, performer, index, at) for at in times.tolist()]
        seed = [performer.seed, index, 7]
        image = scenario.lens.take([performer.picture(each) for each in moving], seed)
        yield now, Frame(image, now.time, index)


def truth(scenario: Scenario, performer: Performer, index: int, at: float) -> Truth:
    """Return what is the case at a time, s, with the time and the noise of frame `index`."""
    if scenario.script:
        return performer.truth(index)
    state = scenario.state(performer.person, max(at, 0.0), performer.seed)
    return performer.pose(state.pose(performer.camera), state.expression, index)
