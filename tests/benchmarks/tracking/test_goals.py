import math

import pytest

from benchmarks.table import Table
from benchmarks.tracking.goals import GOALS, Goal, table

LAGS = Table("Lag", ("what", "ms"), [("pose", 10.0), ("pose", 30.0), ("jawOpen", math.nan)])


@pytest.mark.parametrize(
    ("limit", "reached"), [("<= 20", "yes"), ("<= 19", "no"), (">= 20", "yes"), (">= 21", "no")]
)
def test_a_goal_is_reached_within_its_limit(limit, reached):
    row = Goal("pose", limit, "Lag", "ms", ("pose",)).row([LAGS])
    assert row == ("pose", limit, 20.0, reached)


def test_the_worst_of_several_numbers_can_be_meant():
    assert Goal("pose", "<= 1", "Lag", "ms", (), max).value([LAGS]) == 30.0


@pytest.mark.parametrize(("title", "row"), [("Lag", "jawOpen"), ("Lag", "blink"), ("Films", "a")])
def test_what_no_table_tells_was_not_measured(title, row):
    found = Goal("lag", "<= 15", title, "ms", (row,)).row([LAGS])
    assert found == ("lag", "<= 15", None, "not measured")


def test_every_goal_has_a_row_unless_only_the_measured_are_asked_for():
    assert [row[0] for row in table([LAGS]).rows] == [goal.what for goal in GOALS]
    measured = table([LAGS], all_of_them=False)
    assert [row[0] for row in measured.rows] == ["lag of the pose, ms"]
