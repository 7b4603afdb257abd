import numpy as np
import pytest

from livemask.performer.actions import ACTIONS, BLINK, HEAD, SYLLABLES
from livemask.performer.timeline import CYCLE, SCENES, cues

ASIDE = [action for action in ACTIONS.values() if "aside" in action.channels]


def starts(seed, cycle, *actions):
    return [cue.start for cue in cues(seed, cycle) if any(cue.action is a for a in actions)]


@pytest.mark.parametrize("seed", range(5))
def test_ten_seconds_show_the_most_important(seed):
    for name in ("smile", "wink left", "turn left", "turn right", "frown", "lean near"):
        assert [s for s in starts(seed, 0, ACTIONS[name]) if s + ACTIONS[name].rise < 10.0], name
    assert sum(s < 10.0 for s in starts(seed, 0, BLINK)) >= 2
    assert sum(s < 10.0 for s in starts(seed, 0, *SYLLABLES.values())) >= 7


@pytest.mark.parametrize("seed", range(5))
def test_nobody_leaves_in_the_first_seventeen_seconds(seed):
    (leaving,) = starts(seed, 0, *ASIDE)
    assert leaving > 17.0


@pytest.mark.parametrize("cycle", [0, 1, 7])
def test_everything_happens_once_a_cycle(cycle):
    for name, (_, parts) in SCENES.items():
        for action, _ in parts:
            assert starts(2, cycle, ACTIONS[action]), name
    assert len(starts(2, cycle, *ASIDE)) == 1


def test_cycles_follow_one_another():
    for cycle in range(4):
        begun = [cue.start for cue in cues(9, cycle)]
        assert begun == sorted(begun)
        assert CYCLE * cycle <= begun[0]
        assert begun[-1] < CYCLE * (cycle + 1) + 3.0


def test_later_cycles_have_another_order():
    assert [c.action for c in cues(0, 1)] != [c.action for c in cues(0, 2)]


def test_the_seed_decides():
    assert cues(4, 1) == cues(4, 1)
    assert cues(4, 1) != cues(5, 1)


def test_people_blink_every_one_to_six_seconds():
    times = [t for cycle in range(20) for t in starts(1, cycle, BLINK)]
    gaps = np.diff(times)
    assert gaps.min() > 1.0
    assert gaps.max() < 6.5
    assert 2.5 < gaps.mean() < 4.0


def test_speech_has_three_to_five_syllables_a_second():
    spoken = np.array(starts(3, 0, *SYLLABLES.values()))
    talk = spoken[spoken < 2.9]
    assert 3.0 < (len(talk) - 1) / np.ptp(talk) < 5.5


def test_every_channel_exists(person):
    known = set(person.expression_names) | set(HEAD)
    known |= {n.removesuffix("Left").removesuffix("Right") for n in person.expression_names}
    for action in (*ACTIONS.values(), *SYLLABLES.values(), BLINK):
        assert set(action.channels) <= known
