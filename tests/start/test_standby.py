"""What is done while a camera is silent."""

from livemask.pipeline import Slot
from livemask.start.standby import AGAIN, PAUSE, STALE, Standby, drawn_by


class Render:
    """A render stage of which only is noted what it was asked for."""

    def __init__(self):
        self.window, self.is_late, self.drawn, self.asked = object(), False, 0, []

    def __call__(self, scene):
        self.asked.append(scene)

    def again(self):
        self.asked.append("again")


class Desk:
    def __init__(self):
        self.now, self.render, self.scenes = 0.0, Render(), Slot()
        self.standby = Standby(self.render, self.scenes, lambda: self.now)

    def after(self, seconds, idle=False):
        """Return whether the last picture is drawn anew after so long without one."""
        self.now += seconds
        self.standby.look(idle=idle)
        return self.scenes.get(0.0) is AGAIN


def test_the_window_is_drawn_anew_while_no_picture_comes():
    desk = Desk()
    assert not desk.after(0.9 * PAUSE)
    assert desk.after(0.2 * PAUSE)
    assert not desk.after(0.9 * PAUSE)
    assert desk.after(0.2 * PAUSE)


def test_nothing_is_drawn_anew_while_pictures_come():
    desk = Desk()
    for _ in range(20):
        desk.render.drawn += 1
        assert not desk.after(0.9 * PAUSE)


def test_what_is_to_be_hidden_does_not_wait_for_the_next_picture():
    desk = Desk()
    desk.render.is_late, desk.render.window = True, None
    assert not desk.after(0.9 * STALE)
    assert desk.after(0.2 * STALE)


def test_without_a_window_or_while_nobody_looks_nothing_is_drawn_anew():
    desk = Desk()
    assert not desk.after(2.0 * PAUSE, idle=True)
    desk.render.window = None
    assert not desk.after(2.0 * PAUSE)


def test_a_picture_that_waits_is_not_displaced():
    desk = Desk()
    desk.scenes.put("scene")
    assert not desk.after(2.0 * PAUSE)
    assert desk.scenes.dropped == 0


def test_scenes_are_drawn_and_again_is_the_last_one():
    render = Render()
    draw = drawn_by(render)
    draw("scene")
    draw(AGAIN)
    assert render.asked == ["scene", "again"]
