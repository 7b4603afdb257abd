"""What is done about a face that is lost."""

import pytest

from livemask.people import People
from livemask.safety.losing import hidden_at_first, may_be_late, rule, rule_for_nobody


def test_unless_told_a_lost_face_is_blurred_if_its_mask_hides_and_else_shown():
    assert rule("auto", hides=True) == "blur"
    assert rule("auto", hides=False) == "real"


@pytest.mark.parametrize("told", ["hold", "mask", "blur", "freeze", "real"])
def test_what_is_told_holds_for_every_mask(told):
    assert {rule(told, hides=hides) for hides in (True, False)} == {told}


def test_while_nobody_was_seen_there_is_no_mask_that_could_stay():
    assert rule_for_nobody("mask", hides=False) == "blur"
    assert rule_for_nobody("hold", hides=True) == "blur"
    assert rule_for_nobody("hold", hides=False) == "real"
    assert rule_for_nobody("real", hides=True) == "real"
    assert rule_for_nobody("freeze", hides=True) == "freeze"


@pytest.mark.parametrize(
    ("people", "hides", "late"),
    [
        (People(), True, False),
        (People(most=2), True, True),
        (People(most=2), False, False),
        (People(most=2, when_lost="real"), True, False),
        (People(others="blur"), False, True),
        (People(others="mask"), True, True),
    ],
)
def test_only_where_others_are_seen_may_somebody_be_found_late(people, hides, late):
    assert may_be_late(people, hides=hides) is late


@pytest.mark.parametrize(
    ("people", "hides", "hidden"),
    [
        (People(), True, True),
        (People(), False, False),
        (People(when_lost="real"), True, True),
        (People(when_lost="blur"), False, True),
        (People(others="blur"), False, True),
        (People(others="mask"), False, False),
    ],
)
def test_before_anybody_was_looked_for_they_are_hidden_if_any_might_have_to_be(
    people, hides, hidden
):
    assert hidden_at_first(people, hides=hides) is hidden
