import logging
import math

import pytest

from benchmarks.quality import Steps, rates, told
from livemask.controls.quality import Quality
from livemask.quality import Load


def test_steps_of_the_quality_are_noted_and_told():
    log, steps = logging.getLogger("livemask"), Steps()
    log.addHandler(steps)
    log.setLevel(logging.INFO)
    quality = Quality()
    for moment in range(4):
        quality.see(float(moment), Load(2.0, 0.5), multisamples=False)
    log.info("something else")
    log.removeHandler(steps)
    ((_, name, why),) = steps.taken
    assert (name, why) == ("3/4 size", "drawing takes 200% of a frame's time")
    assert told([(12.3, name, why), (20.0, "1/2 size", "")]) == "12 s 3/4 size; 20 s 1/2 size"
    assert told([]) == "-"


def test_rates_are_those_of_each_stretch():
    times = [i / 10 for i in range(20)] + [2.0 + i / 5 for i in range(10)]
    assert rates(times, 4.0, 2) == pytest.approx([10.0, 5.0])
    assert math.isclose(sum(rates(times, 4.0, 4)), 30.0)
