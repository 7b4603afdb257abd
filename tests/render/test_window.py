"""Windows, on a virtual screen and in a process of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("xvfb-run", "Xvfb", "xdotool")
MISSING = [name for name in NEEDED if not shutil.which(name)]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"{', '.join(MISSING)} not installed: apt-get install xvfb xauth xdotool"
)


def run(*command, **environment):
    return subprocess.run(
        command,
        cwd=ROOT,
        env=dict(os.environ) | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """What happened in one session with a window: the facts, and the pictures by name."""
    folder = tmp_path_factory.mktemp("window")
    report = folder / "report"
    done = run(
        *("xvfb-run", "-a", "-s", f"-screen 0 1280x800x24 -fbdir {folder}"),
        *(sys.executable, "-W", "error", "-m", "tests.render.window_session"),
        *(str(folder / "Xvfb_screen0"), str(report)),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    facts = json.loads(Path(f"{report}.json").read_text("utf-8"))
    assert facts["failure"] == ""
    names = ("as_drawn", "mirrored", "resized", "offscreen")
    return facts | {name: cv2.imread(f"{report}_{name}.png").astype(int) for name in names}


def test_the_picture_in_the_window_is_the_one_drawn_without(session):
    assert session["as_drawn"].shape == session["offscreen"].shape
    assert np.abs(session["as_drawn"] - session["offscreen"]).max() <= 2


def test_a_mirrored_picture_is_the_mirror_image(session):
    assert np.abs(session["mirrored"] - session["offscreen"][:, ::-1]).max() <= 2


def test_a_picture_in_a_wider_window_has_black_bars_beside_it(session):
    assert session["resized_to"] == [700, 263]
    left = (700 - 401) // 2
    assert (session["resized"][:, :left] == 0).all()
    assert (session["resized"][:, left + 401 :] == 0).all()
    middle = session["resized"][:, left : left + 401]
    assert np.abs(middle - session["offscreen"][:, ::-1]).max() <= 2


def test_pressed_keys_are_told_once_by_their_names(session):
    assert session["keys"] == ["escape", "tab", "m", "space"]
    assert session["keys_again"] == []


def test_a_window_that_is_asked_to_close_says_so(session):
    assert not session["should_close_before"]
    assert session["should_close_after"]


def test_a_wish_to_close_it_is_told_once_so_that_the_user_can_be_asked(session):
    assert session["closing"] == [True, False]


def test_a_window_can_be_opened_after_the_last_one_was_closed(session):
    assert session["again"] == session["description"]


REPORT = """
from livemask.errors import GraphicsError
from livemask.render.window import Window
try:
    Window("livemask", (64, 48))
except GraphicsError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_a_window_is_refused_with_advice():
    done = run(sys.executable, "-W", "error", "-c", REPORT, DISPLAY="")

    assert not done.stderr
    assert "no window can be opened" in done.stdout
    assert "DISPLAY" in done.stdout or "display" in done.stdout
    assert "--headless" in done.stdout
