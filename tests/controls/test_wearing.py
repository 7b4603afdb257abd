"""What may be changed while it runs."""

import pytest

from livemask.controls.wearing import Wearing
from livemask.errors import UsageError
from livemask.wardrobe import Wardrobe, worn_by


@pytest.fixture
def worn():
    return []


@pytest.fixture
def controls(worn):
    return Wearing(("toon",), lambda masks: masks, worn.append)


def test_another_mask_is_put_on(controls, worn):
    controls.wear("clay", "glasses")
    assert worn == [("clay", "glasses")]
    assert controls.worn == ("clay", "glasses")


def test_a_mask_that_is_none_leaves_the_former_on(controls, worn):
    with pytest.raises(UsageError, match="clya"):
        controls.wear("clya")
    assert worn == []
    assert controls.worn == ("toon",)


def test_a_mask_that_cannot_be_made_leaves_the_former_on(worn):
    def fail(masks):
        raise UsageError("no photo")

    controls = Wearing(("toon",), fail, worn.append)
    with pytest.raises(UsageError, match="no photo"):
        controls.wear("clay")
    assert controls.worn == ("toon",)


def test_nobody_is_unmasked_by_who_may_only_choose_safely(worn):
    controls = Wearing(("toon",), Wardrobe.of, worn.append)
    with pytest.raises(UsageError, match="glasses does not hide"):
        controls.wear("glasses", safely=True)
    assert (worn, controls.worn, controls.coming) == ([], ("toon",), ())
    controls.wear("blur", "glasses", safely=True)
    controls.wear("glasses")
    controls.wear("none", safely=True)
    assert controls.worn == ("none",)


def test_the_next_is_the_one_after_the_first_that_is_worn(controls):
    after = controls.offered[controls.offered.index("toon") + 1]
    controls.step(1)
    assert controls.worn == (after,)


def test_after_the_last_comes_the_first_and_before_the_first_the_last(controls):
    controls.wear(controls.offered[-1])
    controls.step(1)
    assert controls.worn == (controls.offered[0],)
    controls.step(-1)
    assert controls.worn == (controls.offered[-1],)


def test_a_mask_that_takes_a_file_is_met_again(worn):
    controls = Wearing(("my.glb",), lambda masks: masks, worn.append)
    for _ in controls.offered:
        controls.step(1)
    assert controls.worn == ("my.glb",)


def test_options_of_a_mask_do_not_change_its_place(controls):
    controls.wear("clay,face=0")
    controls.step(1)
    assert controls.worn == (controls.offered[controls.offered.index("clay") + 1],)


def test_a_face_is_given_a_mask_of_its_own_and_the_others_keep_theirs(controls):
    controls.wear_alone(1, "clay")
    controls.wear_alone(1, "gold")
    assert controls.worn == ("toon", "gold,face=1")
    assert [worn_by(controls.worn, face) for face in (0, 1)] == [("toon",), ("gold,face=1",)]
    controls.wear_alone(1)
    assert controls.worn == ("toon",)


def test_who_alone_wore_a_mask_wears_none_without_it(worn):
    controls = Wearing(("toon,face=0",), lambda masks: masks, worn.append)
    controls.wear_alone(0)
    assert controls.worn == ("none",)
