"""Picture, outputs, tracking, insight and messages, driven by made-up events."""

import logging
from dataclasses import replace

import numpy as np
import pytest

from livemask.geometry import project
from livemask.records import Light, Seen
from tests.panel.conftest import Driven

BOX = np.array([[200.0, 90.0], [420.0, 60.0], [450.0, 280.0], [230.0, 310.0]])


def seen(scene, box):
    """Return what was seen in a scene whose face was looked for in `box`."""
    fits, sought = scene.fits, {} if box is None else {scene.fits[0].id: box}
    return Seen(fits, (), frozenset(f.id for f in fits), Light.default(), sought=sought)


def test_the_background_is_chosen_by_a_click(panel):
    panel.click("page picture")
    panel.click("background blur")
    assert panel.shown[-1].background == "blur"
    panel.click("background other")
    panel.click("colour #7a5cff")
    assert panel.shown[-1].background == "#7a5cff"


def test_opacity_is_slid_and_light_is_set_as_a_lamp(panel):
    panel.click("page picture")
    panel.click("opacity", 0.5)
    assert panel.shown[-1].opacity == pytest.approx(0.5, abs=0.02)
    panel.click("light lamp")
    panel.click("lamp across", 0.999)
    assert panel.shown[-1].light == "180,20"


def test_mirror_and_hands_are_switches(panel):
    panel.click("page picture")
    panel.click("mirrored")
    panel.click("occlusion")
    assert panel.controls.picture.mirrored
    assert panel.shown[-1].occlusion == "auto"


def test_an_output_is_switched_on_and_off_and_says_how_it_does(panel):
    panel.click("page outputs")
    panel.click("output vmc")
    assert panel.outputs.started == [("vmc", {})]
    assert panel.controls.outputs.is_on("vmc")
    panel.click("output vmc")
    assert not panel.controls.outputs.is_on("vmc")


def test_a_film_gets_the_name_that_was_typed(panel, tmp_path):
    panel.click("page outputs")
    panel.click("where recorder")
    panel.type(str(tmp_path / "a.mp4"))
    panel.press("enter")
    panel.click("output recorder")
    assert panel.outputs.started == [("recorder", {"file": tmp_path / "a.mp4"})]


def test_an_output_that_cannot_be_opened_shows_a_card_until_it_is_dismissed(panel, caplog):
    logging.getLogger("livemask").addHandler(panel.controls.messages)
    panel.click("page outputs")
    panel.click("where recorder")
    panel.type("/nowhere/a.mp4")
    panel.click("output recorder")
    logging.getLogger("livemask").removeHandler(panel.controls.messages)
    assert "/nowhere does not exist" in panel.controls.messages.shown[0].text
    assert len(panel.screen.layout.soft(panel.size)) == 1
    panel.click("dismiss 0")
    assert panel.controls.messages.shown == ()
    assert panel.screen.layout.soft(panel.size) == ()


def test_smoothing_is_a_level_or_what_sliders_say(panel):
    panel.click("page tracking")
    panel.click("smoothing high")
    assert panel.followed[-1].smoothing == "high"
    panel.click("calm face", 0.999)
    assert panel.followed[-1].smoothing == pytest.approx(0.35)
    assert panel.followed[-1].face == pytest.approx(0.1)


def test_the_shape_of_the_head_is_kept_by_a_switch_and_forgotten_by_a_button(panel):
    panel.click("page tracking")
    panel.click("lock_identity")
    assert panel.controls.acquaintance.locked
    assert panel.followed == [True]
    panel.click("reset_identity")
    assert not panel.controls.acquaintance.locked
    assert panel.followed == [True, False, "anew"]


def test_a_calibration_is_asked_for_and_its_seconds_are_counted(panel):
    panel.click("page tracking")
    panel.click("calibrate")
    person = panel.controls.acquaintance.person
    assert person.wants_rest
    asked = panel.picture()
    person.left = 1.4
    panel.look()
    assert (panel.picture() != asked).any()
    panel.click("recentre")
    assert person.wants_centre


def test_the_seconds_are_counted_over_the_picture_with_the_panel_and_without(panel):
    assert "countdown" not in panel.places
    panel.controls.acquaintance.person.left = 1.4
    panel.look()
    beside = panel.places["countdown"]
    panel.controls.toggle_panel()
    panel.look()
    alone = panel.places["countdown"]
    assert panel.screen.layout.soft(panel.size)
    assert alone.middle[0] == pytest.approx(panel.size[0] / 2, abs=1)
    assert alone.middle[0] < beside.middle[0]
    panel.controls.acquaintance.person.left = None
    panel.look()
    assert panel.screen.layout.soft(panel.size) == ()


def test_lids_are_set_by_sliders_and_a_switch(panel):
    panel.click("page tracking")
    person = panel.controls.acquaintance.person
    panel.scroll("smoothing high", 12)
    panel.click("blink", 0.5)
    panel.click("wink", 0.999)
    panel.click("auto blink")
    assert person.calibration.blink == pytest.approx(0.65, abs=0.02)
    assert person.calibration.wink == pytest.approx(0.6, abs=0.01)
    assert person.calibration.auto_blink


def test_views_are_drawn_only_when_they_are_switched_on(panel):
    assert panel.screen.overlay.meshes(panel.scene) == ()
    panel.click("page insight")
    panel.scene = replace(panel.scene, seen=seen(panel.scene, BOX))
    for name in ("landmarks", "mesh", "region", "axes"):
        panel.click(f"view {name}")
        assert panel.screen.overlay.meshes(panel.scene) != ()
        panel.click(f"view {name}")
    assert panel.screen.overlay.meshes(panel.scene) == ()


def test_the_region_is_the_very_place_that_was_searched(panel):
    overlay = panel.screen.overlay
    overlay.toggle("region")
    scene = replace(panel.scene, seen=seen(panel.scene, BOX))
    (mesh,) = overlay.meshes(scene)
    drawn = project(mesh.camera, mesh.camera_from_mesh, mesh.vertices.astype(float))
    for corner in BOX:
        assert np.linalg.norm(drawn - corner, axis=1).min() < 2.0
    np.testing.assert_allclose(drawn.min(0), BOX.min(0), atol=2.0)
    np.testing.assert_allclose(drawn.max(0), BOX.max(0), atol=2.0)
    assert overlay.meshes(replace(scene, seen=seen(scene, None))) == ()


def test_the_graph_shows_the_times_of_the_stages(panel):
    panel.click("page insight")
    empty = panel.picture()
    for _ in range(200):
        panel.statistics.add("fit", 20.0)
    panel.look()
    assert np.abs(panel.picture() - empty).sum(-1).astype(bool).mean() > 0.005


def test_on_a_fine_screen_everything_is_twice_as_large():
    usual, fine = Driven(), Driven(2.0)
    for name in ("search", "mask avatar", "record", "page outputs"):
        np.testing.assert_allclose(fine.places[name], 2.0 * np.array(usual.places[name]), atol=3)
    usual.context.make_current()
    usual.close()
    fine.context.make_current()
    fine.close()


def test_the_panel_leaves_nothing_behind_that_changes_a_picture(panel):
    from livemask.masks import toon  # noqa: F401
    from livemask.render.renderer import Renderer

    renderer = Renderer(panel.context)
    meshes = panel.screen.overlay
    meshes.toggle("mesh")
    first = renderer.render(panel.scene)
    renderer.draw_over(meshes.meshes(panel.scene), panel.scene)
    panel.look()
    np.testing.assert_array_equal(renderer.render(panel.scene), first)
    renderer.close()
