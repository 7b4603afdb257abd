"""What is asked for of people while it runs."""

import pytest

from livemask.controls.company import Company
from livemask.people import People


class Asked:
    """A company that tells what it was asked for."""

    def __init__(self, people, hides=True):
        self.minded, self.chosen = [], []
        self.company = Company(people, self.minded.append, self.chosen.append, lambda: hides)


def test_a_click_chooses_a_face_and_no_other_in_its_stead():
    asked = Asked(People(others="mask"))
    asked.company.choose(3)
    assert asked.chosen == [3]
    assert asked.company.people == People(choice="locked", others="mask")


def test_nobody_loses_a_mask_that_hides_by_the_way(caplog):
    asked = Asked(People())
    asked.company.choose(1)
    assert asked.company.people.others == "blur"
    assert "blurred" in caplog.text


@pytest.mark.parametrize("hides", [True, False])
def test_others_are_left_alone_where_that_is_asked_for_or_no_mask_hides(hides):
    asked = Asked(People(most=3), hides)
    asked.company.change(most=2)
    assert asked.company.people.others == ("blur" if hides else "real")
    asked.company.change(most=1, others="real")
    assert asked.company.people.others == "real"


def test_a_face_is_added_beside_those_that_are_chosen():
    asked = Asked(People(others="mask"))
    asked.company.add(2)
    assert asked.chosen == [2]
    assert asked.company.people.most == 2


def test_nothing_is_changed_that_is_so_already():
    asked = Asked(People())
    asked.company.count(False)
    asked.company.change(most=1)
    assert asked.minded == []
