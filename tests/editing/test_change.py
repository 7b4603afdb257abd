import numpy as np
import pytest

from livemask.editing.change import Amount, Change, expression_of, parse_expressions
from livemask.errors import UsageError
from tests.editing.performed import expression
from tests.heads import shipped


def test_expressions_are_read_as_values_and_as_what_is_added():
    read = parse_expressions("jawOpen=0.6, mouthSmileLeft+=.2,mouthPucker-=0.1,")
    assert read == {
        "jawOpen": Amount(0.6),
        "mouthSmileLeft": Amount(0.2, True),
        "mouthPucker": Amount(-0.1, True),
    }


@pytest.mark.parametrize("text", ["jawOpen", "=1", "jawOpen=wide", "jawOpen=nan"])
def test_what_is_no_expression_is_told(text):
    with pytest.raises(UsageError, match="write NAME=NUMBER"):
        parse_expressions(text)


def test_values_are_set_added_and_kept_in_bounds():
    fitted = expression(jawOpen=0.3, mouthPucker=0.2, browInnerUp=0.4)
    change = Change({"jawOpen": Amount(0.2, True), "mouthPucker": 9.0, "eyeBlinkLeft": -1.0})
    made = expression_of(change, shipped(), fitted)
    assert np.allclose(made, expression(jawOpen=0.5, mouthPucker=1.5, browInnerUp=0.4))


def test_neutral_keeps_only_what_is_named():
    made = expression_of(
        Change({"mouthSmileLeft": 0.5}, neutral=True), shipped(), expression(jawOpen=0.3)
    )
    assert np.array_equal(made, expression(mouthSmileLeft=0.5))


def test_a_name_without_a_side_means_both():
    made = expression_of(Change({"mouthSmile": 0.5}), shipped(), expression())
    assert np.array_equal(made, expression(mouthSmileLeft=0.5, mouthSmileRight=0.5))


def test_an_unknown_expression_is_told_with_those_that_are_near():
    with pytest.raises(UsageError, match="'jawOpn'; did you mean jawOpen"):
        expression_of(Change({"jawOpn": 1.0}), shipped(), expression())
    with pytest.raises(UsageError, match="it has eyeBlink"):
        expression_of(Change({"zzzzzz": 1.0}), shipped(), expression())


@pytest.mark.parametrize("turn", [(61.0, 0.0, 0.0), (0.0, -50.0, 0.0), (0.0, 0.0, np.nan)])
def test_a_head_is_not_turned_too_far(turn):
    with pytest.raises(UsageError, match="cannot be turned"):
        Change(turn=turn)


def test_a_change_of_nothing_is_known():
    assert Change().nothing
    assert not Change(lamp=(0.0, 0.0)).nothing
    assert not Change(neutral=True).nothing
