"""Faces chosen over the picture, and the page of the people."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.controls.company import Company
from livemask.geometry import rigid
from livemask.people import People
from livemask.records import Seen
from tests.panel.conftest import Driven


@pytest.fixture
def chosen():
    return []


@pytest.fixture
def panel(chosen):
    """Return a panel on a fine screen over two people, of whom the first is masked."""
    driven = Driven(2.0)
    driven.controls.company = Company(People(), choose=chosen.append, hides=lambda: False)
    first = driven.scene.fits[0]
    fits = [
        replace(first, id=i, camera_from_head=rigid(np.eye(3), np.array([x, 0.0, -900.0])))
        for i, x in enumerate((-200.0, 200.0))
    ]
    seen = Seen((fits[0],), (fits[1],), frozenset({0, 1}), driven.scene.light)
    driven.scene = replace(driven.scene, fits=(fits[0],), seen=seen)
    driven.click("page people")
    yield driven
    driven.close()


def test_a_click_chooses_the_face_that_it_hits(panel, chosen):
    panel.click("face 1")
    assert chosen == [1]
    panel.click("face 0")
    assert chosen == [1, 0]
    assert panel.controls.company.people.choice == "locked"


def test_in_a_mirror_image_a_click_hits_what_is_seen_there(panel, chosen):
    before = panel.places["face 1"].middle
    panel.controls.picture.mirrored = True
    panel.look()
    assert panel.places["face 0"].middle == pytest.approx(before, abs=2.0)
    panel.click("face 1")
    assert chosen == [1]


def test_beside_the_faces_a_click_chooses_nobody(panel, chosen):
    panel.click("faces")
    assert chosen == []


def test_tags_lie_over_the_picture_only_where_people_are_chosen(panel):
    assert len(panel.screen.layout.soft(panel.size)) == 2
    assert panel.controls.company.people.counted
    panel.click("page outputs")
    assert panel.screen.layout.soft(panel.size) == ()
    assert not panel.controls.company.people.counted


def test_what_becomes_of_others_and_how_many_there_are_is_set_on_the_page(panel):
    panel.click("others blur")
    assert panel.controls.company.people.others == "blur"
    panel.click("max faces", 0.99)
    assert panel.controls.company.people.most == 8


def test_a_passer_by_is_given_a_mask_and_is_chosen_by_that(panel, chosen):
    panel.click("mask of 1")
    panel.click("mask of 1 clay")
    assert chosen == [1]
    assert panel.controls.company.people.most == 2
    assert panel.controls.worn == ("toon", "clay,face=1")
