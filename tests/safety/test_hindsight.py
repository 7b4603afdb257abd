"""Who is found late in a film is hidden in the frames before."""

import numpy as np

from livemask.records import Effect, Frame, Light, Scene, Seen, State
from livemask.safety.hindsight import BACK, MOST, Hindsight
from tests.safety.heads import head

STEP = 0.1
IMAGE = np.zeros((2, 2, 3), np.uint8)


class Kept(list):
    """Takes scenes as a slot does."""

    ended = False

    def put(self, scene):
        self.append(scene)
        return not self.ended

    def close(self):
        self.ended = True


def scene(index, *fits, layers=(), strangers=()):
    light = Light.default()
    seen = Seen(fits, strangers, frozenset(), light)
    return Scene(Frame(IMAGE, index * STEP, index), fits, layers, light, "video", seen)


def passed(scenes):
    kept = Kept()
    hindsight = Hindsight(kept)
    for one in scenes:
        hindsight.put(one)
    hindsight.close()
    assert kept.ended
    return kept


def blurred(kept):
    return [s.frame.index for s in kept if any(isinstance(a, Effect) for a in s.layers)]


def test_all_scenes_pass_in_their_order():
    kept = passed(scene(i, head()) for i in range(30))
    assert [s.frame.index for s in kept] == list(range(30))
    assert blurred(kept) == []


def test_who_is_found_while_another_is_seen_is_blurred_in_the_scenes_before():
    first, second = head(-200.0, id=0), head(200.0, id=1)
    kept = passed([scene(i, first) for i in range(20)] + [scene(20, first, second)])
    assert blurred(kept) == list(range(20 - round(BACK / STEP), 20))
    (blur,) = kept[-2].layers
    assert blur.region.min(0)[0] > head().camera.centre[0] - 100.0


def test_the_longer_before_the_more_is_blurred():
    first, second = head(-200.0, id=0), head(200.0, id=1)
    kept = passed([scene(i, first) for i in range(9)] + [scene(9, first, second)])
    widths = [np.ptp(s.layers[0].region[:, 0]) for s in kept[3:9]]
    assert widths == sorted(widths, reverse=True)


def test_passers_by_who_are_found_late_are_hidden_as_well():
    kept = passed(
        [*(scene(i, head()) for i in range(5)), scene(5, head(), strangers=(head(id=3),))]
    )
    assert blurred(kept) == [0, 1, 2, 3, 4]


def test_a_picture_that_is_blurred_stays_as_it_is():
    whole = (Effect("blur"),)
    kept = passed([scene(0, layers=whole), scene(1, head())])
    assert kept[0].layers is whole


def test_who_was_held_meanwhile_was_not_found_late():
    states = [State.TRACKED, State.HELD, State.HELD, State.TRACKED]
    kept = passed(scene(i, head(state=state)) for i, state in enumerate(states))
    assert blurred(kept) == []


def test_who_was_lost_and_is_found_again_was():
    states = [State.TRACKED, State.LOST, State.LOST, State.TRACKED]
    kept = passed(scene(i, head(state=state)) for i, state in enumerate(states))
    assert blurred(kept) == [1, 2]


def test_no_more_scenes_wait_than_a_number_and_none_for_longer_than_a_time():
    kept = Kept()
    hindsight = Hindsight(kept)
    for i in range(100):
        hindsight.put(scene(i / 100.0, head()))
    assert len(kept) == 100 - MOST
    hindsight.put(scene(200, head()))
    assert len(kept) == 100


def test_it_tells_that_no_more_are_wanted():
    kept = Kept()
    hindsight = Hindsight(kept)
    assert hindsight.put(scene(0, head()))
    kept.ended = True
    assert not hindsight.put(scene(100, head()))


def test_while_nobody_may_be_late_no_scene_waits():
    kept, late = Kept(), []
    hindsight = Hindsight(kept, lambda: bool(late))
    for i in range(5):
        hindsight.put(scene(i, head()))
        assert len(kept) == i + 1


def test_a_film_that_becomes_about_several_while_it_runs_is_looked_at_in_hindsight_from_then_on():
    kept, late = Kept(), []
    hindsight = Hindsight(kept, lambda: bool(late))
    first, second = head(-200.0, id=0), head(200.0, id=1)
    for i in range(5):
        hindsight.put(scene(i, first))
    late.append(1)
    for i in range(5, 9):
        hindsight.put(scene(i, first))
    hindsight.put(scene(9, first, second))
    late.clear()
    hindsight.put(scene(10, first, second))
    assert [s.frame.index for s in kept] == list(range(11))
    assert blurred(kept) == [5, 6, 7, 8]
