"""That contenders take turns and that times are counted as said; never how long they are."""

import numpy as np
import pytest

from benchmarks.speed.clock import SETTLING, TURN, Stopwatch, Times, side_by_side
from benchmarks.speed.film import crowd
from benchmarks.speed.goals import FIT, STUDENT, goals
from benchmarks.speed.peers import eos_fits
from livemask.records import Frame
from tests.heads import CAMERA, shipped


def frames(count, size=(8, 6), grey=0):
    image = np.full((size[1], size[0], 3), grey, np.uint8)
    return [Frame(image, i / 25.0, i) for i in range(count)]


def test_contenders_take_turns_and_each_sees_every_frame_in_order():
    seen = []
    contenders = {n: (lambda f, n=n: seen.append((n, f.index))) for n in ("a", "b")}
    times = side_by_side(contenders, frames(3 * TURN))
    assert [name for name, _ in seen[::TURN]] == ["a", "b", "b", "a", "a", "b"]
    for name in contenders:
        assert [index for n, index in seen if n == name] == list(range(3 * TURN))
    counted = sum(index >= SETTLING * 3 * TURN for index in range(3 * TURN))
    assert {name: len(t.cpu) for name, t in times.items()} == {"a": counted, "b": counted}


def test_percentiles_are_of_the_clock_that_is_asked_for():
    times = Times(wall=[2.0, 4.0, 6.0], cpu=[1.0, 2.0, 3.0])
    assert (times.median, times.percentile(50, cpu=False)) == (2.0, 4.0)
    assert times.summary()["wall_p95_ms"] == pytest.approx(5.8)
    assert times.mean == 2.0
    assert np.isnan(Times().median)
    assert np.isnan(Times().mean)


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


def test_goals_are_told_beside_what_was_measured_and_only_of_that():
    times = {FIT: {"cpu_p50_ms": 0.15}, STUDENT: {"cpu_p50_ms": 3.0}}
    assert goals({"fits": times}) == [
        ("the fit, ms", "<= 0.2", "0.15", "yes"),
        ("times the student's fit, 5 turns", ">= 40", "20.0", "no"),
    ]
    faces = {str(n): {"of_the_first": share} for n, share in ((1, 1.0), (2, 0.8), (3, 1.2))}
    assert goals({"faces": faces}) == [("a further face, in first ones", "<= 1", "1.20", "no")]
