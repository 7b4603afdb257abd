"""The program in a window on a virtual screen, with real keys."""

import json
import shutil
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from livemask.performer import Performer
from tests import drawn_film

MISSING = [name for name in ("xvfb-run", "Xvfb", "xdotool") if not shutil.which(name)]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"{', '.join(MISSING)} not installed: apt-get install xvfb xauth xdotool"
)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Return what the session said and the pictures that it recorded."""
    folder = tmp_path_factory.mktemp("window")
    film, table = folder / "o.mp4", folder / "o.csv"
    session = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, "-m",
         "tests.window_run_session", str(film), str(table)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert session.returncode == 0, session.stderr
    return json.loads(session.stdout), drawn_film.read(film)[0]


@pytest.fixture(scope="module")
def bare():
    """Return the performer's first frames as they are."""
    performer = Performer(size=(640, 360))
    frames = [performer.read().image for _ in range(10)]
    performer.close()
    return frames


def test_escape_ends_the_run_with_finished_files(done):
    said, pictures = done
    assert said["code"] == 0, said["said"]
    assert said["rows"] == len(pictures) > 30


def test_outputs_are_not_mirrored_though_the_preview_was(done, bare):
    for picture, frame in zip(done[1][5:10], bare[5:10], strict=True):
        off = np.abs(picture.astype(int) - frame).mean()
        assert off < 6.0
        assert off < 0.5 * np.abs(picture.astype(int) - frame[:, ::-1]).mean()


def test_tab_puts_on_another_mask(done):
    """With no mask neighbours in time differ by noise; the step to a mask is far greater."""
    faces = [p[100:260, 240:400].astype(int) for p in done[1]]
    steps = [np.abs(a - b).mean() for a, b in pairwise(faces)]
    assert max(steps) > 3.0 * np.median(steps)
