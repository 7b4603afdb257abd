import numpy as np

from livemask.performer.motion import ramp, wander


def test_a_movement_starts_and_ends_at_rest():
    way = ramp(np.linspace(0.0, 1.0, 1001))
    speed = np.diff(way) * 1000.0
    assert (way[0], way[-1]) == (0.0, 1.0)
    assert (np.abs(speed[[0, -1]]) < 1e-4).all()
    assert np.abs(np.diff(speed)[[0, -1]]).max() < 1e-3


def test_a_movement_never_turns_back_and_stays_where_it_went():
    assert (np.diff(ramp(np.linspace(-0.5, 1.5, 400))) >= 0.0).all()
    assert ramp(-1.0) == 0.0
    assert ramp(7.0) == 1.0


def test_wandering_stays_within_its_bounds_and_is_not_still():
    places = np.array([wander(t, 3, 6.0) for t in np.arange(0.0, 300.0, 0.25)])
    assert np.abs(places).max() <= 1.0
    assert places.std() > 0.2


def test_seeds_wander_differently():
    assert wander(4.0, 1, 6.0) == wander(4.0, 1, 6.0)
    assert wander(4.0, 1, 6.0) != wander(4.0, 2, 6.0)
