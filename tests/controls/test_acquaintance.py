"""What livemask knows of the person in front."""

from livemask.calibration.calibration import Calibration
from livemask.calibration.person import Person
from livemask.controls.acquaintance import Acquaintance


def test_wishes_are_left_for_the_next_frame():
    known = Acquaintance()
    known.calibrate()
    known.recentre()
    assert known.person.wants_rest
    assert known.person.wants_centre


def test_the_shape_is_locked_and_unlocked_in_turns():
    asked = []
    known = Acquaintance(lock=asked.append)
    known.lock()
    assert known.locked
    known.lock()
    assert asked == [True, False]


def test_a_reset_forgets_the_person_but_not_how_lids_are_read():
    asked = []
    person = Person(Calibration({"jawOpen": 0.1}, (0.0,) * 6, 0.7, 0.2, True))
    known = Acquaintance(person, asked.append, lambda: asked.append("forgotten"))
    known.lock()
    known.reset()
    assert person.calibration == Calibration(blink=0.7, wink=0.2, auto_blink=True)
    assert asked == [True, False, "forgotten"]
