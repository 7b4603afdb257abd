"""The panel used by keys alone."""

import numpy as np
import pytest

from livemask.panel import theme


@pytest.fixture
def walking(panel):
    panel.controls.press("f6")
    panel.look()
    return panel


def go(panel, *keys):
    for key in keys:
        panel.press(key)
    panel.look()


def ringed(panel, name):
    """Whether what has this name is framed as what the keys are on."""
    box = panel.places[name]
    left, top, right, bottom = (round(v) for v in box)
    part = panel.picture()[max(top - 6, 0) : bottom + 6, max(left - 6, 0) : right + 6]
    accent = [theme.ACCENT & 255, theme.ACCENT >> 8 & 255, theme.ACCENT >> 16 & 255]
    return (np.abs(part - accent).sum(-1) < 40).sum() > 60


def test_arrows_go_from_mask_to_mask_and_enter_puts_one_on(walking):
    go(walking, "tab", "down", "down", "down")
    assert any(ringed(walking, f"mask {m}") for m in ("none", "avatar", "blur", "carnival"))
    go(walking, "enter")
    walking.controls.errands.wait()
    assert len(walking.worn) == 1


def test_keys_that_go_through_the_panel_do_nothing_else(walking):
    for key in ("tab", "left", "right", "space", "enter"):
        walking.controls.press(key)
    walking.controls.errands.wait()
    assert walking.worn == []
    assert not walking.controls.acquaintance.person.wants_centre
    walking.controls.press("b")
    assert walking.controls.picture.veiled


def test_the_next_touch_goes_to_the_next_part_and_escape_leaves_the_panel(walking):
    controls = walking.controls
    seen = [controls.pane]
    for _ in range(3):
        controls.press("f6")
        walking.look()
        seen.append(controls.pane)
    assert seen == ["page", "dock", "rail", "page"]
    controls.press("escape")
    assert controls.pane == ""
    assert controls.panel


def test_a_page_is_opened_from_the_rail(walking):
    for _ in range(2):
        walking.controls.press("f6")
    walking.look()
    go(walking, "down", "down", "space")
    assert walking.screen.layout.page != "masks"


def test_a_slider_is_moved_by_arrows(walking):
    walking.screen.layout.page = "picture"
    walking.look()
    for _ in range(20):
        go(walking, "down")
        before = len(walking.shown)
        go(walking, "left")
        if len(walking.shown) > before and walking.shown[-1].opacity < 1.0:
            break
    assert walking.shown[-1].opacity == pytest.approx(0.95)


def test_the_panel_is_shown_when_it_is_to_be_used_by_keys(panel):
    panel.controls.toggle_panel()
    panel.controls.press("f6")
    assert panel.controls.panel
    panel.controls.toggle_panel()
    assert panel.controls.pane == ""
