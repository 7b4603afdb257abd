"""The masks as pictures, driven by made-up events."""

import numpy as np


def names(panel):
    return {name.removeprefix("mask ") for name in panel.places if name.startswith("mask ")}


def test_a_click_on_a_mask_puts_it_on(panel):
    panel.click("mask avatar")
    assert panel.worn == [("avatar",)]
    assert panel.controls.worn == ("avatar",)


def test_masks_are_shown_with_their_pictures(panel):
    box = panel.places["mask avatar"]
    left, top, right = (round(v) for v in (box.left, box.top, box.right))
    tile = panel.picture()[top + 4 : top + right - left - 4, left + 4 : right - 4]
    fur = (tile[..., 0] > 180) & (tile[..., 2] < 90)
    assert fur.mean() > 0.05


def test_a_search_leaves_the_masks_that_are_meant(panel):
    panel.click("search")
    panel.type("tig")
    assert names(panel) == {"tiger"}


def test_a_search_looks_into_what_masks_are_as_well(panel):
    panel.click("search")
    panel.type("fox")
    assert "avatar" in names(panel)


def test_what_is_typed_into_the_search_is_for_nobody_else(panel):
    assert not panel.screen.typing
    panel.click("search")
    assert panel.screen.typing
    panel.press("escape")
    assert not panel.screen.typing


def test_a_star_makes_a_favourite_and_the_filter_leaves_only_those(panel):
    panel.point("mask blur")
    panel.click("star blur")
    assert panel.controls.favourites == ["blur"]
    assert panel.worn == []
    panel.click("show liked")
    assert names(panel) == {"blur"}
    panel.click("star blur")
    assert panel.controls.favourites == []


def test_a_mask_that_needs_a_file_is_not_put_on_before_there_is_one(panel):
    panel.click("search")
    panel.type("paint")
    panel.click("mask paint")
    assert panel.worn == []
    assert "option file" in panel.places


def test_a_mask_that_was_put_on_elsewhere_is_marked(panel):
    before = panel.picture()
    panel.controls.wear("avatar")
    panel.look()
    box = panel.places["mask avatar"]
    top, left, right = round(box.top), round(box.left), round(box.right)
    rim = np.s_[top - 2 : top + 2, left + 20 : right - 20]
    accent = np.array([0x45, 0xDC, 0xAE])
    assert np.abs(panel.picture()[rim] - accent).sum(-1).min() < 30
    assert np.abs(before[rim] - accent).sum(-1).min() > 100
