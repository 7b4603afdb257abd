"""That contenders take turns and that times are counted as said; never how long they are."""

import numpy as np
import pytest

from benchmarks.speed.clock import Stopwatch, Times, side_by_side
from benchmarks.speed.film import crowd
from benchmarks.speed.peers import eos_fits
from livemask.records import Frame
from tests.heads import CAMERA, shipped


def frames(count, size=(8, 6), grey=0):
    image = np.full((size[1], size[0], 3), grey, np.uint8)
    return [Frame(image, i / 25.0, i) for i in range(count)]


def test_contenders_take_turns_and_each_sees_every_frame():
    seen = []
    contenders = {n: (lambda f, n=n: seen.append((n, f.index))) for n in ("a", "b", "c")}
    times = side_by_side(contenders, frames(8))
    assert [name for name, _ in seen[:6]] == ["a", "b", "c", "b", "c", "a"]
    assert sorted(seen) == [(n, i) for n in "abc" for i in range(8)]
    assert {name: len(t.cpu) for name, t in times.items()} == {"a": 6, "b": 6, "c": 6}


def test_percentiles_are_of_the_clock_that_is_asked_for():
    times = Times(wall=[2.0, 4.0, 6.0], cpu=[1.0, 2.0, 3.0])
    assert (times.median, times.percentile(50, cpu=False)) == (2.0, 4.0)
    assert times.summary()["wall_p95_ms"] == pytest.approx(5.8)
    assert np.isnan(Times().median)


def test_a_stopwatch_keeps_every_time_of_a_stage_by_both_clocks():
    watch = Stopwatch()
    for _ in range(3):
        with watch.timed("fit"):
            pass
    assert len(watch.times["fit"].wall) == len(watch.times["fit"].cpu) == 3


def test_a_crowd_has_each_film_in_a_quarter_of_its_own():
    films = [frames(3, grey=grey) for grey in (10, 20, 30, 40)]
    made = crowd(films, 3)
    image = made[-1].image
    assert (len(made), image.shape) == (3, (12, 16, 3))
    assert [image[y, x, 0] for y, x in ((0, 0), (0, 8), (6, 0), (6, 8))] == [10, 20, 30, 96]


def test_eos_fits_the_same_points_where_it_is_installed():
    pytest.importorskip("eos")
    points = np.random.default_rng(0).uniform(100.0, 200.0, (68, 2))
    for fit in eos_fits(shipped(), CAMERA).values():
        fit(points)
