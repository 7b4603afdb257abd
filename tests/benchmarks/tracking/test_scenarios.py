import numpy as np
import pytest

from benchmarks.metrics.blinks import events
from benchmarks.tracking.scenarios import RATE, all_of_them, the_first
from livemask.geometry import euler_angles
from livemask.performer.cast import cast
from livemask.records import Camera
from tests.heads import shipped

CAMERA = Camera.from_field_of_view((1280, 720))


@pytest.fixture(scope="module")
def person():
    return cast(shipped(), 0)


def named(person, name):
    return next(s for s in all_of_them(person.expression_names) if s.name == name)


def states(person, name, seed=0):
    scenario = named(person, name)
    times = np.arange(round(scenario.seconds * RATE)) / RATE
    return times, [scenario.state(person, time, seed) for time in times.tolist()]


def column(person, found, name):
    return np.array([s.expression[person.expression_names.index(name)] for s in found])


def yaws(found):
    return np.degrees([euler_angles(s.pose(CAMERA)[:3, :3])[1] for s in found])


def test_blinks_last_a_hundred_milliseconds_and_winks_are_of_both_sides(person):
    times, found = states(person, "blinks")
    sides = [column(person, found, f"eyeBlink{side}") for side in ("Left", "Right")]
    seen = events(times, *sides)
    assert {event.kind for event in seen} == {"blink", "left", "right"}
    assert max(e.end - e.start for e in seen if e.kind == "blink") <= 0.1


def test_a_head_turns_to_sixty_degrees_on_both_sides(person):
    _, found = states(person, "yaw 60")
    assert yaws(found).max() > 55.0
    assert yaws(found).min() < -55.0


def test_a_slow_turn_is_of_two_degrees_a_second(person):
    _, found = states(person, "creep")
    assert np.diff(yaws(found)[40:]) == pytest.approx(2.0 / RATE, rel=1e-3)


def test_who_leaves_is_not_in_the_picture(person):
    _, found = states(person, "leave")
    aside = np.array([s.pose(CAMERA)[0, 3] for s in found])
    assert aside.max() > 500.0
    assert aside.min() < -500.0


def test_a_distance_is_in_metres(person):
    _, found = states(person, "2.0 m")
    assert np.mean([s.pose(CAMERA)[2, 3] for s in found]) == pytest.approx(-2000.0, rel=0.03)


def test_each_expression_is_played_alone_once(person):
    _, found = states(person, "expressions")
    for name in ("jawOpen", "mouthPucker", "browDownLeft", "noseSneerRight"):
        high = np.flatnonzero(column(person, found, name) > 0.5)
        assert 0 < len(high) < 20
        assert (np.diff(high) == 1).all()


def test_a_quick_run_has_scenarios_of_the_full_one(person):
    names = person.expression_names
    assert {s.name for s in the_first(names)} <= {s.name for s in all_of_them(names)}


def test_a_seed_plays_the_same_twice(person):
    (_, first), (_, again) = states(person, "blinks", seed=2), states(person, "blinks", seed=2)
    assert np.array_equal([s.expression for s in first], [s.expression for s in again])
