"""Options of a mask, each as what it is."""

from livemask import plugins


def worn(panel):
    panel.controls.errands.wait()
    return panel.controls.worn[0]


def test_a_click_on_a_choice_wears_the_mask_so(panel):
    panel.click("option extent head")
    assert worn(panel) == "toon,extent=head"


def test_what_is_as_it_was_made_is_not_written(panel):
    panel.click("option extent head")
    panel.click("option extent face")
    assert worn(panel) == "toon"


def test_a_slider_goes_where_it_is_clicked(panel):
    panel.controls.wear("avatar")
    panel.look()
    panel.click("option exaggeration", 0.999)
    assert worn(panel) == "avatar,exaggeration=3"


def test_a_switch_is_turned_by_a_click(panel):
    panel.controls.wear("landmarks")
    panel.look()
    panel.click("option axes")
    assert worn(panel) == "landmarks,axes=no"


def test_all_is_as_it_was_made_again_after_a_reset(panel):
    panel.click("option extent head")
    panel.click("reset options")
    assert worn(panel) == "toon"


def test_options_that_a_key_has_changed_are_shown(panel):
    panel.controls.wear("hologram,lines=0.1")
    panel.look()
    assert "option flicker" in panel.places
    panel.click("option flicker", 0.0)
    assert worn(panel) == "hologram,lines=0.1,flicker=0"


def test_a_file_may_have_a_comma_in_its_name(panel, tmp_path):
    file = tmp_path / "one, two.tiff"
    file.touch()
    panel.click("search")
    panel.type("paint")
    panel.click("mask paint")
    panel.click("option file")
    panel.type(str(file))
    panel.press("enter")
    assert worn(panel) == f'paint,file="{file}"'
    panel.click("option extent head")
    assert plugins.parse(worn(panel))[1] == {"file": str(file), "extent": "head"}
