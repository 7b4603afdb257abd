from pathlib import Path

import pytest
from click.testing import CliRunner

from livemask.commands import swap as command
from livemask.commands.swap import swap
from livemask.reconstruction.swapping import swapped
from livemask.stills import exchange


@pytest.fixture
def asked(monkeypatch):
    """Return what the command asks for, or what it says instead."""
    found = []
    monkeypatch.setattr(exchange, "swap", lambda order, _: found.append(order) or order.out)

    def ask(*words):
        found.clear()
        done = CliRunner().invoke(swap, [*words])
        return found[0] if found else done.output

    return ask


def test_the_whole_face_with_the_targets_eyes_unless_told(asked):
    order = asked("a.jpg", "b.jpg", "-o", "c.png")
    assert (order.source, order.target, order.out) == (Path("a.jpg"), Path("b.jpg"), Path("c.png"))
    assert order.wish == swapped.Wish((), "target", "target")
    assert (order.source_face, order.overwrite, order.studio.face) == (1, False, None)


def test_options_reach_what_they_are_of(asked):
    words = ("--part", "nose", "--part", "mouth", "--part", "nose", "--face", "2", "--fov", "50")
    more = ("--source-face", "3", "--mouth", "source", "--detector", "facemesh", "--overwrite")
    more += ("--when-lost", "real")
    order = asked("a.jpg", "b.mp4", "--out", "c.mp4", *words, *more)
    assert order.wish == swapped.Wish(("nose", "mouth"), "target", "source")
    assert (order.studio.face, order.studio.fov, order.studio.detector) == (2, 50.0, "facemesh")
    assert (order.source_face, order.overwrite, order.when_lost) == (3, True, "real")


def test_eyes_that_are_asked_for_come_with_their_eyeballs_unless_told(asked):
    assert asked("a.jpg", "b.jpg", "-o", "c.png", "--part", "eyes").wish.eyes == "source"
    words = ("--part", "eyes", "--eyes", "target")
    assert asked("a.jpg", "b.jpg", "-o", "c.png", *words).wish.eyes == "target"


def test_a_part_that_is_none_is_refused(asked):
    assert "ears" in asked("a.jpg", "b.jpg", "-o", "c.png", "--part", "ears")
    assert "--out" in asked("a.jpg", "b.jpg")


def test_the_command_knows_the_parts_that_there_are():
    assert command.PARTS == swapped.PARTS
    assert command.WHOSE == swapped.WHOSE
