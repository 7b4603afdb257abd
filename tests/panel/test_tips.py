"""What is cut off is told to whoever points at it."""

import pytest

LONG = "shaded,eyes=model,mouth=model,extent=head,colour=#7a5cff,shine=0.4,light=0.8"


@pytest.fixture
def worn(panel):
    """Let what is worn have so long a name."""

    def wear(name):
        panel.controls.worn = (name,)
        panel.look()

    return wear


def tips_at(panel, place):
    """Return how many tips are shown to a pointer that rests there."""
    floating = []
    for resting in ((panel.size[0] - 9.0, 9.0), place):
        panel.events.append(("pointer", resting))
        for _ in range(6):
            panel.screen._drawn -= 1.0  # time passes
            panel.look(1)
        floating.append(len(panel.screen.ui.floating))
    return floating[1] - floating[0]


def test_what_is_worn_is_told_whole_where_the_bar_has_no_room_for_it(panel, worn):
    box = panel.places["panic"]
    beside = box.right + 60.0, box.middle[1] + 10.0
    worn("toon")
    assert tips_at(panel, beside) == 0
    worn(" + ".join([LONG] * 4))
    assert tips_at(panel, beside) == 1


def test_the_mask_of_one_face_is_told_whole_where_its_list_has_no_room_for_it(panel):
    panel.click("page people")
    row = panel.places["mask of 0"].middle
    assert tips_at(panel, row) == 0
    name = "a-mask-of-someone-elses-with-a-very-long-name"
    panel.controls.worn = (f"{name},face=0",)
    assert tips_at(panel, row) == 1
