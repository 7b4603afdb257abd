"""A panel that fails is switched off, and neither outputs nor window miss a picture."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from livemask.render.caption import written
from livemask.render.cover import FAILED

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("xvfb-run", "Xvfb") if not shutil.which(name)]
WHEN = ("meshes", "drawing them", "room", "draw", "release")


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    if MISSING:
        pytest.skip(f"{', '.join(MISSING)} not installed: apt-get install xvfb xauth")
    folder = tmp_path_factory.mktemp("cover")
    done = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, "-m",
         "tests.render.cover_session", str(folder)],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1]), folder


@pytest.mark.parametrize("fails", WHEN)
def test_outputs_get_the_same_pictures_bit_by_bit(session, fails):
    assert session[0][fails]["same"] == [True] * 3


@pytest.mark.parametrize("fails", WHEN)
def test_the_panel_is_switched_off_and_asked_for_nothing_more(session, fails):
    assert session[0][fails]["gone"]
    assert session[0][fails]["calls"] <= 4


@pytest.mark.parametrize("fails", WHEN)
def test_the_window_shows_the_whole_picture_and_a_line_that_says_so(session, fails):
    plain, shown = (cv2.imread(str(session[1] / f"{n}.png")) for n in ("uncovered", fails))
    line = written(FAILED)[..., 2::-1]
    rows = np.abs(plain.astype(int) - shown).max(axis=(1, 2)) > 0
    assert rows.sum() == len(line)
    top, across = int(np.argmax(rows)), (shown.shape[1] - line.shape[1]) // 2
    np.testing.assert_array_equal(
        shown[top : top + len(line), across : across + line.shape[1]], line
    )


def test_the_line_is_readable():
    image = written("The panel has failed.")
    assert image.shape[0] > 30
    assert np.ptp(image[..., 0].astype(int)) > 180
