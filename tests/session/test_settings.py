"""What a replay takes from a session, and what it does not."""

import pytest

from livemask.config import Config
from livemask.errors import SourceError, UsageError
from livemask.session.settings import NOTED, REPLAYED, check_named, names_file, replayed

USUAL = {name: getattr(Config(), name) for name in (*REPLAYED, *NOTED)}


def test_a_run_with_no_options_is_replayed_with_the_same():
    taken = replayed(USUAL)
    assert Config(**taken) == Config()
    assert set(taken) == set(REPLAYED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("masks", ["swap,photo=/home/me/me.jpg"]),
        ("masks", ["shaded", "//server/share/x.glb"]),
        ("masks", ["own.png"]),
        ("masks", ["gltf,file=a.vrm"]),
        ("model", "/etc/passwd"),
        ("model", "..\\up.npz"),
        ("model", "head,file=x"),
        ("background", "/etc/passwd"),
        ("background", "room.jpg"),
    ],
)
def test_a_file_that_a_session_names_is_not_opened(name, value):
    assert name not in replayed({**USUAL, name: value})
    with pytest.raises(UsageError, match="give --"):
        check_named({**USUAL, name: value}, {})
    check_named({**USUAL, name: value}, {name: "told"})


@pytest.mark.parametrize("mask", ["toon", "watermelon,fruit=lemon", "mosaic,face=1", "no-such"])
def test_masks_without_a_file_are_worn_again(mask):
    assert not names_file("masks", [mask])


@pytest.mark.parametrize("background", ["video", "blur", "transparent", "#203040"])
def test_backgrounds_without_a_file_are_laid_again(background):
    assert not names_file("background", background)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("masks", []), ("masks", "toon"), ("masks", [3]), ("masks", ["toon"] * 99),
        ("max_faces", "2"), ("opacity", "thick"), ("light", 3), ("others", "eaten"),
        ("choose", None), ("model", ["head"]), ("background", {}),
    ],
)  # fmt: skip
def test_a_setting_of_no_use_is_refused(name, value):
    with pytest.raises(SourceError, match=f"setting {name}="):
        replayed({**USUAL, name: value})


def test_a_setting_that_is_not_known_is_passed_over():
    assert "colour" not in replayed({**USUAL, "colour": "red"})


def test_a_session_that_knows_less_is_replayed_with_the_usual():
    assert replayed({}) == {}
