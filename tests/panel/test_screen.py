"""When the panel is drawn anew."""

import pytest

from livemask.panel import screen as screen_module


@pytest.fixture
def clock(panel, monkeypatch):
    """Let time pass frame by frame; return how often the panel is drawn in a second of it."""

    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

        def second(self):
            built, drawn = panel.screen._build, []
            monkeypatch.setattr(panel.screen, "_build", lambda *given: drawn.append(built(*given)))
            for _ in range(60):
                self.now += 1.0 / 60.0
                panel.screen.update(panel.scene, panel.size, panel)
            monkeypatch.setattr(panel.screen, "_build", built)
            return len(drawn)

    clock = Clock()
    monkeypatch.setattr(screen_module, "time", clock)
    for _ in range(4):
        clock.second()
    return clock


def test_where_only_numbers_change_it_is_drawn_less_often_than_where_something_moves(panel, clock):
    panel.screen.layout.page = "outputs"
    assert 4 <= clock.second() <= 5
    panel.screen.layout.page = "insight"
    assert 8 <= clock.second() <= 10


def test_while_a_calibration_is_counted_it_is_drawn_as_often_on_every_page(panel, clock):
    panel.controls.acquaintance.person.left = 1.4
    assert 8 <= clock.second() <= 10
    panel.controls.toggle_panel()
    assert 8 <= clock.second() <= 10


def test_what_a_user_does_is_drawn_at_once(panel, clock):
    clock.second()
    panel.events.append(("pointer", (300.0, 300.0)))
    drawn = panel.screen._drawn
    panel.screen.update(panel.scene, panel.size, panel)
    clock.now += 0.001
    panel.screen.update(panel.scene, panel.size, panel)
    assert panel.screen._drawn > drawn
