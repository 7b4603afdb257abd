from pathlib import Path

import pytest
from click.testing import CliRunner

from livemask.commands.edit import edit
from livemask.editing.change import Amount
from livemask.errors import UsageError
from livemask.stills import editing


@pytest.fixture
def asked(monkeypatch):
    """Return what the command asks for, or what it says instead."""
    found = []
    monkeypatch.setattr(editing, "edit_file", lambda order: found.append(order) or order.out)

    def ask(*words):
        found.clear()
        done = CliRunner().invoke(edit, ["a.jpg", "-o", "b.png", *words])
        if isinstance(done.exception, UsageError):
            return str(done.exception)
        return found[0] if found else done.output

    return ask


def test_options_reach_what_they_are_of(asked):
    order = asked("--set", "jawOpen=0.6,mouthSmile+=0.2", "--turn", "20,-5,0", "--face", "2")
    assert (order.photo, order.out, order.overwrite) == (Path("a.jpg"), Path("b.png"), False)
    assert order.change.expressions == {"jawOpen": Amount(0.6), "mouthSmile": Amount(0.2, True)}
    assert (order.change.turn, order.change.lamp, order.change.neutral) == (
        (20, -5, 0),
        None,
        False,
    )
    assert order.studio.face == 2
    order = asked("--relight", "60,20", "--neutral", "--overwrite", "--fov", "40")
    assert (order.change.lamp, order.change.neutral, order.overwrite) == ((60, 20), True, True)
    assert order.studio.fov == 40.0


def test_angles_that_are_none_are_refused(asked):
    assert "write 3 numbers" in asked("--turn", "20,0")
    assert "write 2 numbers" in asked("--relight", "left,up")
    assert "cannot be turned" in asked("--turn", "0,0,80")
    assert "write NAME=NUMBER" in asked("--set", "jawOpen")
