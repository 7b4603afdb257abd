"""Outputs, switched on and off while it runs."""

import pytest

from livemask.controls import switches as switches_module
from livemask.controls.switches import Switches
from livemask.errors import SinkError
from livemask.outputs import Condition, OutputState


class Noted:
    """Outputs that are only noted."""

    def __init__(self):
        self.states, self.started = {}, []

    def start(self, name, **given):
        if given.get("file") == "/nowhere":
            raise SinkError("there is no such folder.")
        self.started.append((name, given))
        self.states[name] = OutputState(Condition.ON)

    def stop(self, name):
        self.states[name] = OutputState(Condition.ENDING)


@pytest.fixture
def outputs():
    return Noted()


def test_one_is_switched_on_and_off_in_turns(outputs):
    switches = Switches(outputs)
    assert not switches.is_on("vmc")
    switches.toggle("vmc")
    assert switches.is_on("vmc")
    switches.toggle("vmc")
    assert not switches.is_on("vmc")
    switches.toggle("vmc")
    assert outputs.started == [("vmc", {}), ("vmc", {})]


def test_what_the_user_chooses_goes_before_what_is_given_and_an_empty_text_is_none(outputs):
    switches = Switches(outputs, lambda name: {"rate": 30.0, "to": name})
    switches.on("vmc", address="", to="other")
    assert outputs.started == [("vmc", {"rate": 30.0, "to": "other"})]


def test_one_that_cannot_be_opened_is_off(outputs):
    switches = Switches(outputs)
    with pytest.raises(SinkError, match="no such folder"):
        switches.on("recorder", file="/nowhere")
    assert not switches.is_on("recorder")


def test_a_film_that_nobody_names_gets_a_name_that_is_not_there_yet(outputs, tmp_path, monkeypatch):
    monkeypatch.setattr(switches_module.time, "strftime", lambda _: "livemask-2026-03-01")
    switches = Switches(outputs, folder=tmp_path)
    names = []
    for _ in range(3):
        switches.on("recorder", file="")
        file = outputs.started[-1][1]["file"]
        assert file.parent == tmp_path
        assert not file.exists()
        file.touch()
        names.append(file.name)
    stem = "livemask-2026-03-01"
    assert names == [f"{stem}.mp4", f"{stem}-2.mp4", f"{stem}-3.mp4"]


def test_without_outputs_nothing_is_on_and_nothing_happens():
    switches = Switches()
    switches.toggle("recorder")
    switches.off("recorder")
    assert switches.states == {}
    assert "recorder" in switches.offered
