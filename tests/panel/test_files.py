"""Files of masks: typed, chosen in the desktop's own window, dropped on livemask's."""

from typing import ClassVar

import pytest

from livemask import plugins
from livemask.panel import dialogs, file_field
from livemask.panel.file_field import fault


class Window:
    """Stands for the desktop's window to choose a file in."""

    opened: ClassVar[list["Window"]] = []

    def __init__(self, title, folder, filters):
        self.chosen, self.killed, self.asked = None, False, (title, folder, filters)
        Window.opened.append(self)

    def ready(self, _):
        return self.chosen is not None

    def result(self):
        return self.chosen

    def kill(self):
        self.killed = True


@pytest.fixture
def desktop(monkeypatch):
    """A desktop that has such a window."""
    monkeypatch.setattr(Window, "opened", [])
    monkeypatch.setattr(dialogs.native, "open_file", Window)
    monkeypatch.setattr(file_field, "can_ask", lambda: True)


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "a face.png"
    file.touch()
    return file


def choose(panel, mask):
    panel.click("search")
    panel.type(mask)
    panel.click(f"mask {mask}")


def drop(panel, file):
    panel.events.append(("drop", (str(file),)))
    panel.look()
    panel.controls.errands.wait()


def test_a_file_is_chosen_in_the_desktops_own_window(desktop, panel, picture):
    choose(panel, "swap")
    panel.click("browse option photo")
    (window,) = Window.opened
    assert "*.png" in window.asked[2][1]
    panel.click("browse option photo")
    assert len(Window.opened) == 1
    window.chosen = [str(picture)]
    panel.look()
    assert panel.controls.worn == (f"swap,photo={picture}",)


def test_a_window_that_is_closed_without_a_file_changes_nothing(desktop, panel):
    choose(panel, "swap")
    panel.click("browse option photo")
    Window.opened[0].chosen = []
    panel.look()
    assert panel.worn == []
    panel.click("browse option photo")
    assert len(Window.opened) == 2
    panel.screen.layout.release()
    assert Window.opened[1].killed


def test_a_mask_that_wants_a_file_gets_the_one_that_is_dropped(panel, picture):
    choose(panel, "swap")
    drop(panel, picture)
    assert panel.controls.worn == (f"swap,photo={picture}",)
    panel.click("option eyes live")
    assert panel.controls.worn == (f"swap,photo={picture},eyes=live",)


def test_parts_get_one_file_after_the_other(panel, picture):
    choose(panel, "part")
    drop(panel, picture)
    drop(panel, picture)
    name, options = plugins.parse(panel.controls.worn[0])
    assert name == "part"
    assert options == {"eyes": str(picture), "nose": str(picture)}


def test_what_the_shown_mask_does_not_want_is_worn_by_itself(panel, picture, tmp_path):
    drop(panel, picture)
    assert panel.controls.worn == (str(picture),)
    choose(panel, "swap")
    character = tmp_path / "me.vrm"
    character.touch()
    drop(panel, character)
    assert panel.controls.worn == (str(character),)


def test_a_picture_is_put_behind_the_heads_where_one_is_asked_for(panel, picture):
    panel.click("page picture")
    drop(panel, picture)
    assert panel.shown == []
    panel.click("background other")
    drop(panel, picture)
    assert panel.shown[-1].background == str(picture)


def test_a_dropped_file_that_cannot_be_worn_is_told_with_what_can_be(panel, caplog):
    drop(panel, "/films/talk.mp4")
    assert "talk.mp4 cannot be worn; drop a picture (.png" in caplog.text
    assert panel.worn == []


def test_options_of_a_mask_that_lacks_its_file_are_set_and_not_worn(panel, picture):
    choose(panel, "part")
    panel.scroll("option eyes", 12)
    panel.click("option person", 0.5)
    assert panel.worn == []
    drop(panel, picture)
    assert plugins.parse(panel.controls.worn[0])[1]["person"] != "0"


def test_what_is_wrong_with_a_name_is_said(tmp_path, picture):
    assert fault("") == fault(str(picture)) == ""
    assert fault(str(tmp_path / "none.png")) == "There is no such file."
    assert fault(str(tmp_path), "picture") == "That is a folder; name a picture in it."
    assert fault("x" * 5000).startswith("It cannot be read")


def test_every_mask_has_a_picture(panel):
    from livemask.resources import resource

    drawn = {file.stem for file in resource("assets/thumbnails").glob("*.webp")}
    own = {n for n, plugin in plugins.found("masks").items() if not plugin.package}
    assert own <= drawn
    assert all(panel.screen._thumbnails[name] is not None for name in own)
