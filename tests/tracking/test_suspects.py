"""Where somebody may be of whom no more than a glimpse was had."""

from livemask.records import State
from livemask.tracking.suspects import FORGET, MOST, Suspects
from tests.safety.heads import head


def test_a_glimpse_is_remembered_for_some_seconds_as_a_face_that_is_lost():
    suspects = Suspects()
    suspects.add(head(100.0), 1.0)
    suspects.keep(1.0 + FORGET, ())
    assert [fit.state for fit in suspects.fits] == [State.LOST]
    suspects.keep(1.1 + FORGET, ())
    assert suspects.fits == ()


def test_where_somebody_is_followed_nobody_else_is_suspected():
    suspects = Suspects()
    suspects.add(head(100.0), 1.0)
    suspects.keep(1.1, (head(-150.0),))
    assert len(suspects.fits) == 1
    suspects.keep(1.2, (head(110.0),))
    assert suspects.fits == ()


def test_of_glimpses_in_one_place_the_last_counts():
    suspects = Suspects()
    for at in range(5):
        suspects.add(head(100.0 + at), float(at))
    suspects.add(head(-150.0), 4.0)
    assert len(suspects.fits) == 2
    suspects.keep(FORGET + 0.5, ())
    assert len(suspects.fits) == 2


def test_when_time_runs_back_nothing_is_known_any_more():
    suspects = Suspects()
    suspects.add(head(), 5.0)
    suspects.keep(1.0, ())
    assert suspects.fits == ()


def test_no_more_are_remembered_than_a_picture_has_people():
    suspects = Suspects()
    for at in range(2 * MOST):
        suspects.add(head(400.0 * at), 1.0)
    assert len(suspects.fits) == MOST
