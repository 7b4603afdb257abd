"""The card of the quality."""

from livemask.controls.quality import Quality


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
    assert panel.controls.quality.level.name == "low"


def test_of_a_film_there_is_nothing_to_choose(panel):
    panel.controls.quality = Quality(fixed=True)
    look_down(panel)
    assert "quality low" not in panel.places
