"""The card of the quality."""

from livemask.controls.quality import Quality
from livemask.panel.quality import told
from livemask.quality import DRAWINGS, LEVELS, Level


def look_down(panel):
    """Scroll the page to its end."""
    panel.click("page tracking")
    panel.point("smoothing medium")
    panel.events.append(("scroll", (0.0, -50.0)))
    panel.look()


def test_quality_is_chosen_by_a_click(panel):
    look_down(panel)
    panel.click("quality low")
    assert panel.controls.quality.choice == "low"
    assert panel.controls.quality.level is LEVELS["low"]


def test_of_a_film_there_is_nothing_to_choose(panel):
    panel.controls.quality = Quality(fixed=True)
    look_down(panel)
    assert "quality low" not in panel.places


def test_it_says_of_everything_that_can_be_left_out_that_it_is():
    said = {told(Level(drawing, thorough)) for drawing in DRAWINGS.values() for thorough in (0, 1)}
    assert len(said) == 2 * len(DRAWINGS)
