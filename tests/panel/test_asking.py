"""What is asked and told over the picture: quitting, keys, files that are finished."""

import pytest

from livemask.controls import leaving
from livemask.outputs import Condition, OutputState


@pytest.fixture
def recording(panel):
    panel.click("record")
    panel.look()
    assert panel.controls.outputs.is_on("recorder")
    return panel


def test_while_it_records_quitting_is_a_question_that_can_be_taken_back(recording):
    assert "keep recording" not in recording.places
    recording.controls.press("escape")
    recording.look()
    recording.click("keep recording")
    assert "keep recording" not in recording.places
    assert recording.controls.leaving.left == 0.0
    assert recording.controls.messages.shown == ()


def test_the_question_is_answered_by_a_click_as_by_a_second_touch_of_the_key(recording):
    ended = []
    recording.controls.leaving._quit = lambda: ended.append(1)
    recording.controls.press("escape")
    recording.look()
    recording.click("finish and quit")
    assert ended == [1]


def test_a_question_that_nobody_answers_goes_and_the_run_goes_on(recording, monkeypatch):
    recording.controls.press("escape")
    recording.look()
    monkeypatch.setattr(leaving, "PATIENCE", 0.0)
    recording.look()
    assert "keep recording" not in recording.places


def test_the_keys_are_shown_until_they_are_asked_for_again_or_closed(panel):
    for close in (lambda: panel.click("close keys"), lambda: panel.controls.press("escape")):
        panel.controls.press("f1")
        panel.look()
        assert "close keys" in panel.places
        close()
        panel.look()
        assert "close keys" not in panel.places


def test_the_keys_and_the_question_are_shown_while_the_panel_is_hidden(recording):
    recording.controls.toggle_panel()
    recording.controls.press("f1")
    recording.look()
    assert "close keys" in recording.places
    recording.controls.press("escape")
    recording.controls.press("escape")
    recording.look()
    assert "finish and quit" in recording.places


def test_a_file_that_is_finished_is_told_once_and_a_click_copies_its_name(panel, tmp_path):
    file = tmp_path / "a.png"
    file.touch()
    panel.outputs.states["screenshot"] = OutputState(Condition.OFF, place=str(file))
    panel.look()
    panel.click("saved")
    assert panel.screen.hands.kept == [str(file)]
    assert "saved" not in panel.places
    panel.look()
    assert "saved" not in panel.places


def test_nothing_is_told_of_what_was_not_written_or_is_an_address(panel, tmp_path):
    states = panel.outputs.states
    states["recorder"] = OutputState(Condition.OFF, place=str(tmp_path / "none.mp4"))
    states["stream"] = OutputState(Condition.OFF, place="http://127.0.0.1:6275/")
    panel.look()
    assert "saved" not in panel.places


def test_the_address_of_a_stream_is_copied_whole_and_shown_without_its_token(panel):
    from livemask.panel.address import shown

    address = "http://192.0.2.7:6275/a-token-of-its-own/"
    panel.outputs.states["stream"] = OutputState(Condition.ON, detail="0 viewers", place=address)
    panel.click("page outputs")
    panel.click("open stream")
    panel.click("copy stream")
    assert panel.screen.hands.kept == [address]
    assert shown(address) == "http://192.0.2.7:6275/…"
    assert shown("http://127.0.0.1:6275/") == "http://127.0.0.1:6275/"


def test_who_may_look_at_the_stream_is_chosen_before_it_is_switched_on(panel):
    panel.click("page outputs")
    panel.click("output stream")
    panel.click("output stream")
    panel.click("who looks 0.0.0.0")
    panel.click("output stream")
    everybody = {"host": "0.0.0.0"}  # noqa: S104 - chosen by a click
    assert panel.outputs.started == [("stream", {}), ("stream", everybody)]
