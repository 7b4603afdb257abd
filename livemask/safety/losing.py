"""What is done while somebody cannot be found who wears a mask."""

from typing import Literal

from livemask.people import People, WhenLost

Rule = Literal["hold", "mask", "blur", "freeze", "real"]


def rule(when_lost: WhenLost, *, hides: bool) -> Rule:
    """Return what is done about a face that is lost, if it wears a mask that `hides` or not."""
    if when_lost == "auto":
        return "blur" if hides else "real"
    return when_lost


def rule_for_nobody(when_lost: WhenLost, *, hides: bool) -> Rule:
    """Return what is done while nobody was seen yet, or everybody has left.

    There is no mask then that could stay.
    """
    known = rule(when_lost, hides=hides)
    if known == "mask" or (known == "hold" and hides):
        return "blur"
    return "real" if known == "hold" else known


def hidden_at_first(people: People, *, hides: bool) -> bool:
    """Whether nobody may be seen before it is known who is there."""
    unseen = rule_for_nobody(people.when_lost, hides=False) != "real"
    return hides or unseen or people.others == "blur"


def may_be_late(people: People, *, hides: bool) -> bool:
    """Whether somebody may be found only while others are seen, and was not to be seen bare."""
    several = people.most > 1 or people.others != "real"
    hidden = people.others == "blur" or rule(people.when_lost, hides=hides) not in ("real", "hold")
    return several and hidden
