"""What a person has said of themselves, kept from run to run."""

import pytest

from livemask.calibration.calibration import Calibration
from livemask.errors import UsageError

WHOLE = Calibration({"browDownLeft": 0.3}, (0.1, 0.2, 0.0, 5.0, -20.0, -650.0), 0.7, 0.2, True)


def test_what_is_kept_comes_back():
    assert Calibration.of(WHOLE.table()) == WHOLE


def test_no_calibration_is_an_empty_table():
    assert Calibration().table() == {}
    assert Calibration.of({}) == Calibration()


@pytest.mark.parametrize(
    "table",
    [
        {"centre": [1.0, 2.0]},
        {"centre": "ahead"},
        {"neutral": {"jawOpen": "wide"}},
        {"neutral": 3},
        {"neutral": {"jawOpen": float("nan")}},
        {"blink": 0.0},
        {"wink": 2.0},
        {"wunk": 0.5},
    ],
)
def test_what_is_no_calibration_is_refused(table):
    with pytest.raises(UsageError, match=r"calibrat|lid"):
        Calibration.of(table)
