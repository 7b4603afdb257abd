"""Choosing: of all that a film shows of a person, a few sharp pictures from many sides."""

from collections.abc import Sequence

import numpy as np

from livemask.reconstruction.glimpses import Glimpse
from livemask.records import Array, Float64
from livemask.tracking.track import DOUBTFUL_FIT

AHEAD = np.radians(25.0)
"""A face that is turned by so much from the camera is half as good as the main picture."""

SIDES = np.radians(20.0)
"""Pictures from directions that differ by so much show all that two pictures can."""

APART = 2.0
"""s: pictures that are so far from one another differ in expression and noise; it counts as
`WORTH` of what another direction does."""

WORTH = 0.25


def chosen(seen: Sequence[Glimpse], count: int) -> list[Glimpse]:
    """Return at most `count` glimpses of a person: the best picture, then what adds most to it.

    Those whose points were hardly fitted are left out unless there are no others. The first is
    sharp and looks ahead; each of the others is sharp and as far as can be, in direction and in
    time, from those before it.
    """
    good = [glimpse for glimpse in seen if glimpse.off < DOUBTFUL_FIT] or list(seen)
    quality = _quality(good)
    angles = np.array([glimpse.angles for glimpse in good])
    times = np.array([glimpse.time for glimpse in good])
    ahead = np.exp2(-np.sum(angles**2, axis=1) / AHEAD**2)
    taken = [int(np.argmax(quality * ahead))]
    news = np.full(len(good), np.inf)
    while len(taken) < min(count, len(good)):
        last = taken[-1]
        news = np.minimum(news, _news(angles - angles[last], times - times[last]))
        gain = quality * news
        gain[taken] = -1.0
        taken.append(int(np.argmax(gain)))
    return [good[at] for at in taken]


def _quality(seen: Sequence[Glimpse]) -> Float64:
    """Return (g,) how sharp, large, like and well fitted each is, beside the person's best."""
    sharp = np.array([glimpse.sharpness for glimpse in seen])
    off = np.array([glimpse.off for glimpse in seen])
    size = np.array([glimpse.box[2] - glimpse.box[0] for glimpse in seen])
    sharp = np.minimum(sharp / max(float(np.quantile(sharp, 0.9)), 1e-9), 1.0)
    size = np.minimum(size / max(float(np.quantile(size, 0.9)), 1e-9), 1.0)
    like = np.clip([glimpse.likeness for glimpse in seen], 0.0, 1.0)
    return np.asarray(sharp * size * like / (1.0 + (off / DOUBTFUL_FIT) ** 2))


def _news(turned: Array, passed: Array) -> Float64:
    """Return (g,) how much glimpses show that another, `turned` and `passed` from them, did not."""
    sides = np.minimum(np.linalg.norm(turned, axis=1) / SIDES, 1.0)
    return np.asarray(sides + WORTH * np.minimum(np.abs(passed) / APART, 1.0))
