import threading

import numpy as np
import pytest

from livemask.people import People
from livemask.records import Effect, Frame, Light, Scene
from livemask.safety.guard import Guard
from livemask.start.starting import Starting
from livemask.wardrobe import Wardrobe

FRAME = Frame(np.zeros((9, 16, 3), np.uint8), 0.0, 0)


class Stage:
    def __init__(self):
        self.wardrobe, self.closed = None, 0

    def __call__(self, frame):
        return Scene(frame, (), (Effect("ready"),), Light.default())

    def close(self):
        self.closed += 1


class Mask:
    def __init__(self, hides):
        self.hides = hides


class Show:
    """A stage that is made when the test says so."""

    def __init__(self, hides=True, error=None):
        self.stage, self.go, self.error = Stage(), threading.Event(), error
        self.starting = Starting(self.make, hides=hides)

    def make(self, tell):
        tell("loading the moon")
        assert self.go.wait(10)
        if self.error is not None:
            raise self.error
        return self.stage

    def finish(self):
        self.go.set()
        self.starting._thread.join(10)

    def looks(self):
        return [layer.look for layer in self.starting(FRAME).layers]


@pytest.fixture
def show():
    show = Show()
    yield show
    show.go.set()
    show.starting.close()


def until(condition):
    for _ in range(1000):
        if condition():
            return True
        threading.Event().wait(0.005)
    return False


def test_until_the_stage_is_there_everything_is_blurred(show):
    assert show.looks() == ["blur"]
    assert show.starting(FRAME).fits == ()
    show.finish()
    assert show.looks() == ["ready"]


def test_where_no_mask_hides_the_video_is_shown_meanwhile():
    show = Show(hides=False)
    assert show.looks() == []
    show.finish()
    assert show.looks() == ["ready"]


def test_it_says_what_is_being_done_and_nothing_when_ready(show):
    assert until(lambda: show.starting.doing == "loading the moon")
    show.finish()
    assert show.starting.doing == ""


def test_an_error_in_making_the_stage_is_raised_where_the_frames_pass():
    show = Show(error=ZeroDivisionError("no moon"))
    show.finish()
    with pytest.raises(ZeroDivisionError, match="no moon"):
        show.starting(FRAME)
    show.starting.close()


def test_a_mask_that_is_put_on_meanwhile_is_worn_and_hides_at_once():
    show = Show(hides=False)
    wardrobe = Wardrobe([(lambda: Mask(True), None)])
    show.starting.wardrobe = wardrobe
    assert show.looks() == ["blur"]
    show.finish()
    assert show.stage.wardrobe is wardrobe


def test_a_mask_that_does_not_hide_shows_nobody_who_was_to_be_blurred_anyway():
    show = Show(hides=False)
    show.starting = Starting(show.make, hides=True, people=People(others="blur"))
    show.starting.wardrobe = Wardrobe([(lambda: Mask(False), None)])
    assert show.looks() == ["blur"]
    show.finish()


def test_nothing_of_a_room_is_shown_that_is_being_replaced(show):
    show.starting.replaced = True
    assert (show.starting(FRAME).background, show.looks()) == ("transparent", [])

    class Failing(Stage):
        def __call__(self, frame):
            raise ZeroDivisionError(frame.index)

    show.stage, show.starting.guard = Failing(), Guard(live=True)
    show.finish()
    assert (show.starting(FRAME).background, show.looks()) == ("transparent", [])


def test_a_mask_that_is_put_on_later_is_handed_to_the_stage(show):
    show.finish()
    wardrobe = Wardrobe([(lambda: Mask(True), None)])
    show.starting.wardrobe = wardrobe
    assert show.stage.wardrobe is wardrobe


def test_a_stage_that_is_ready_is_closed_with_it(show):
    show.finish()
    show.starting.close()
    assert show.stage.closed == 1


def test_a_stage_that_comes_after_the_end_is_closed_too():
    show = Show()
    threading.Timer(0.05, show.go.set).start()
    show.starting.close()
    assert show.stage.closed == 1


def test_a_stage_that_fails_is_blurred_before_a_camera_until_it_works_again(show):
    class Failing(Stage):
        fails = True

        def __call__(self, frame):
            if self.fails:
                raise ZeroDivisionError
            return super().__call__(frame)

    show.stage = Failing()
    show.finish()
    with pytest.raises(ZeroDivisionError):
        show.looks()
    show.starting.guard = Guard(live=True)
    assert show.looks() == ["blur"]
    show.stage.fails = False
    assert show.looks() == ["ready"]


def test_whom_it_is_about_may_be_changed_before_there_is_a_stage():
    show = Show(hides=False)
    assert show.looks() == []
    show.starting.mind(People(others="blur"))
    assert show.looks() == ["blur"]
    minded = []
    show.stage.mind = minded.append
    show.finish()
    show.looks()
    assert minded == [People(others="blur")]
    show.starting.close()


def test_a_change_that_fails_is_said_and_leaves_all_as_it_was(show, caplog):
    show.finish()

    def fails(stage):
        raise ZeroDivisionError("no such lamp")

    done = []
    show.starting.change(fails)
    show.starting.change(done.append)
    assert show.looks() == ["ready"]
    assert done == [show.stage]
    assert "what was asked for failed: ZeroDivisionError: no such lamp" in caplog.text


def test_it_knows_at_once_whether_masks_are_on():
    show = Show()
    assert show.starting.is_dressed
    undressed = []
    show.stage.undress = undressed.append
    show.starting.undress(True)
    assert not show.starting.is_dressed
    show.starting.undress(False)
    assert show.starting.is_dressed
    show.finish()
    show.looks()
    assert undressed == [True, False]
    show.starting.close()


def test_it_tells_whether_somebody_may_be_found_late_by_what_is_wanted_now():
    show = Show()
    assert not show.starting.may_be_late
    show.starting.mind(People(most=2))
    assert show.starting.may_be_late
    show.starting.wardrobe = Wardrobe([(lambda: Mask(False), None)])
    assert not show.starting.may_be_late
    show.go.set()
    show.starting.close()
