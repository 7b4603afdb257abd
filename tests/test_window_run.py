"""The program in a window on a virtual screen, with real keys."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
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
    (folder / "settings.toml").write_text('[keys]\npanic = "k"  # mine\n')
    session = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", sys.executable, "-m",
         "tests.window_run_session", str(film), str(table)],
        capture_output=True, text=True, timeout=240, check=False,
        env=os.environ | {"LIVEMASK_CONFIG": str(folder)},
    )  # fmt: skip
    assert session.returncode == 0, session.stderr
    settings = (folder / "settings.toml").read_text()
    return json.loads(session.stdout) | {"settings": settings}, drawn_film.read(film)[0]


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


def detail(picture):
    return np.abs(np.diff(picture[100:260, 240:400].astype(int), axis=1)).mean()


def test_panic_blurs_from_the_next_pictures_on_until_it_is_asked_for_again(done):
    said, pictures = done
    details = [detail(picture) for picture in pictures]
    start, end = said["marks"]["panic"], said["marks"]["calm"]
    sharp = np.median(details[: said["marks"]["mask"]])
    assert max(details[start + 8 : end - 4]) < 0.5 * sharp
    assert min(details[end + 12 : end + 18]) > 0.5 * sharp


def test_while_its_key_is_held_the_mask_is_off(done, bare):
    said, pictures = done
    marks = said["marks"]
    faces = [p[100:260, 240:400].astype(int) for p in pictures]
    neighbours = [np.abs(a - b).mean() for a, b in pairwise(faces)]
    off = neighbours[marks["off"] - 2 : marks["off"] + 8]
    on = neighbours[marks["on"] - 2 : marks["on"] + 8]
    assert min(max(off), max(on)) > 3.0 * np.median(neighbours)


def test_while_it_records_escape_is_asked_twice(done):
    assert done[0]["alive"]
    assert "recording" in done[0]["said"]


def test_the_keys_are_listed_as_the_user_has_chosen_them(done):
    lines = done[0]["told"].splitlines()
    assert any(line.startswith("K ") and "Blur everything" in line for line in lines)


def test_the_mask_that_was_put_on_is_kept_for_the_next_run_and_comments_stay(done):
    settings = tomllib.loads(done[0]["settings"])
    assert settings["masks"] != ["none"]
    assert settings["mirror"] is True
    assert set(settings) == {"masks", "mirror", "keys"}
    assert "# mine" in done[0]["settings"]
