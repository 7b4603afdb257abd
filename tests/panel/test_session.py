"""The panel in a real window on a virtual screen, with real pointer and keys."""

import json
import os
import shutil
import subprocess
import sys
import tomllib

import pytest

from tests import drawn_film

MISSING = [name for name in ("xvfb-run", "Xvfb", "xdotool") if not shutil.which(name)]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"{', '.join(MISSING)} not installed: apt-get install xvfb xauth xdotool"
)


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """What happened in one session: start, choose a mask, record, stop, quit."""
    folder = tmp_path_factory.mktemp("panel")
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, "-m",
         "tests.panel.session", str(folder)],
        capture_output=True, text=True, timeout=400, check=False,
        env=os.environ | {"LIVEMASK_CONFIG": str(folder / "settings")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads((folder / "found.json").read_text())
    assert "failure" not in found, found["failure"] + done.stderr
    settings = (folder / "settings" / "settings.toml").read_text()
    return found | {"settings": tomllib.loads(settings)}


def test_what_is_typed_into_a_field_is_no_hot_key(session):
    assert session["typed"] == [False, False, True]


def test_a_click_on_a_mask_that_was_searched_puts_it_on(session):
    assert session["worn"] == ["gold"]


def test_a_film_grows_while_it_is_recorded_and_plays_when_it_was_stopped(session):
    assert session["sizes"][1] > session["sizes"][0]
    assert "MB" in session["told"]
    assert len(drawn_film.read(session["film"])[0]) > 1


def test_the_panel_is_in_no_film(session):
    """The picture's left border is the performer's wall, and none of the panel's dark greys."""
    for picture in drawn_film.read(session["film"])[0]:
        assert picture.shape == (360, 640, 3)
        assert picture[:, :150].mean() > 80.0


def test_a_film_that_cannot_be_written_is_told_on_a_card(session):
    assert len(session["card"]) == 1
    assert "/proc" in session["card"][0]


def test_a_key_hides_the_panel(session):
    assert session["hidden"]


def test_pictures_for_outputs_are_the_same_bit_by_bit_with_and_without_the_panel(session):
    assert session["pictures"] > 1
    assert session["differing"] == 0


def test_a_key_ends_the_run_and_what_was_changed_is_kept_for_the_next(session):
    assert session["quit"]
    assert session["settings"] == {"masks": ["gold"], "panel": False}


def test_no_thread_is_left(session):
    assert session["threads"] == []
