"""All that a key or a button does."""

import pytest

from livemask.controls import Controls
from livemask.controls.acquaintance import Acquaintance
from livemask.controls.controls import Parts
from livemask.controls.switches import Switches
from livemask.outputs import Condition, OutputState


class Noted:
    def __init__(self):
        self.states, self.started = {}, []

    def start(self, name, **given):
        self.started.append(name)
        self.states[name] = OutputState(Condition.ON)

    def stop(self, name):
        self.states[name] = OutputState(Condition.OFF)


class Asked:
    """Controls, and all that they were asked for."""

    def __init__(self, tmp_path):
        self.outputs, self.heard, self.worn = Noted(), [], []
        parts = Parts(
            outputs=Switches(self.outputs, folder=tmp_path),
            acquaintance=Acquaintance(
                lock=lambda on: self.heard.append(("lock", on)),
                forget=lambda: self.heard.append("forget"),
            ),
            quit_run=lambda: self.heard.append("quit"),
            undress=lambda off: self.heard.append(("bare", off)),
            full_screen=lambda: self.heard.append("full screen"),
            say=lambda _: self.heard.append("said"),
        )
        self.controls = Controls(("toon",), lambda masks: masks, self.worn.append, parts)

    def do(self, *names):
        for name in names:
            self.controls.actions[name].do()
            assert self.controls.errands.wait()


@pytest.fixture
def asked(tmp_path):
    asked = Asked(tmp_path)
    yield asked
    asked.controls.close()


def test_every_action_can_be_done_or_says_why_not(asked):
    for action in asked.controls.actions.values():
        assert action.label
        assert action.do is not None or action.reason


def test_masks_are_stepped_through_and_back(asked):
    offered = asked.controls.offered
    at = offered.index("toon")
    asked.do("next_mask", "previous_mask", "previous_mask")
    assert asked.worn == [(offered[at + 1],), ("toon",), (offered[at - 1],)]


def test_outputs_are_switched(asked):
    asked.do("record", "virtual_camera", "screenshot", "record")
    assert asked.outputs.started == ["recorder", "virtual-camera", "screenshot"]
    assert not asked.controls.outputs.is_on("recorder")
    assert asked.controls.outputs.is_on("virtual-camera")


def test_the_preview_is_mirrored_and_the_panel_hidden_in_turns(asked):
    asked.do("mirror", "panel")
    assert asked.controls.picture.mirrored
    assert not asked.controls.panel
    asked.do("mirror", "panel")
    assert not asked.controls.picture.mirrored
    assert asked.controls.panel


def test_the_person_is_looked_at_and_forgotten(asked):
    person = asked.controls.acquaintance.person
    asked.do("calibrate", "recentre")
    assert person.wants_rest
    assert person.wants_centre
    asked.do("lock_identity", "reset_identity")
    assert asked.heard == [("lock", True), ("lock", False), "forget"]


def test_the_run_and_its_window_are_asked(asked):
    asked.do("mask_off", "full_screen", "help", "quit", "quit")
    asked.controls.actions["mask_off"].release()
    told = [what for what in asked.heard if what != "said"]
    assert told == [("bare", True), "full screen", "quit", ("bare", False)]
    assert "said" in asked.heard
    assert not asked.controls.helping  # quit left the list of the keys first


def test_while_it_records_it_is_not_quit_at_one_touch(asked):
    asked.do("record", "quit")
    assert "quit" not in asked.heard
    asked.do("quit")
    assert "quit" in asked.heard
