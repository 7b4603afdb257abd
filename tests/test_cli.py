"""The program as a user types it: its own process, exit code, and what it says."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from livemask import cli
from livemask.errors import UsageError
from tests import drawn_film

NO_DISPLAY = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}


def livemask(*arguments, cwd=None):
    """Run the program and return the finished process."""
    command = [sys.executable, "-m", "livemask", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, cwd=cwd, env=NO_DISPLAY, check=False
    )


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return drawn_film.write(tmp_path_factory.mktemp("cli") / "film.mp4", drawn_film.pictures(20))


def complaint(done):
    """Return what was said, of a run that was refused without a traceback."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def test_a_film_becomes_a_film_and_a_table(film, tmp_path):
    done = livemask(
        "--source", film, "--mask", "shaded", "--record", tmp_path / "o.mp4",
        "--csv", tmp_path / "o.csv", "--headless",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(drawn_film.read(tmp_path / "o.mp4")[0]) == 20
    assert len((tmp_path / "o.csv").read_text().splitlines()) == 21
    film, table = done.stdout.splitlines()
    assert re.fullmatch(r".*/o\.mp4: 0:00\.\d, 20 frames, .*[kM]B", film)
    assert re.fullmatch(r".*/o\.csv: 20 frames, .*[kM]B", table)


def test_a_table_alone_needs_no_opengl(film, tmp_path):
    code = (
        "import sys; from livemask import cli; sys.argv = ['livemask', *sys.argv[1:]]\n"
        "try: cli.main()\n"
        "finally: print('OpenGL.GL' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-q", "run", "--source", film, "--csv", tmp_path / "o.csv",
         "--headless", "--frames", "3"],
        capture_output=True, text=True, timeout=120, env=NO_DISPLAY, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "False", done.stderr
    assert len((tmp_path / "o.csv").read_text().splitlines()) == 4


def test_without_a_display_it_says_what_to_do(film):
    said = complaint(livemask("--source", film))
    assert "--headless" in said


def test_without_a_camera_it_says_so_and_takes_nothing_else(tmp_path):
    said = complaint(livemask("--source", "97", "--csv", tmp_path / "o.csv", "--headless"))
    assert "97" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--source", "missing.mp4", "--csv", "o.csv", "--headless"], "missing.mp4"),
        (["--mask", "moustached", "--csv", "o.csv", "--headless"], "moustached"),
        (["--mask", "shaded,shine=3", "--csv", "o.csv", "--headless"], "shine"),
        (["--size", "wide"], "wide"),
        (["--fov", "400"], "400"),
        (["--headless"], "--headless"),
        (["--frobnicate"], "--frobnicate"),
        (["demo", "--seconds", "0"], "more than 0"),
        (["models", "show", "nobody", "-o", "o.png"], "nobody"),
    ],
)
def test_a_request_that_cannot_be_followed_is_answered_in_a_line(tmp_path, arguments, word):
    assert word in complaint(livemask(*arguments, cwd=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_masks_and_models_are_listed_with_their_options():
    said = livemask("masks").stdout
    assert "textured" in said
    assert "extent=" in said
    assert "head" in livemask("models").stdout


def test_cameras_are_listed_or_it_is_said_that_there_are_none():
    done = livemask("cameras")
    assert done.returncode == 0
    assert done.stdout.strip()


def test_help_and_version_need_no_camera():
    assert "--virtual-camera" in livemask("run", "--help").stdout
    assert "reconstruct" in livemask("--help").stdout
    assert "version" in livemask("--version").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_and_finishes_the_files(tmp_path, number):
    record, table = tmp_path / "o.mp4", tmp_path / "o.csv"
    process = subprocess.Popen(
        [sys.executable, "-m", "livemask", "--source", "performer", "--size", "320x240",
         "--record", record, "--csv", table, "--headless"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=NO_DISPLAY,
    )  # fmt: skip
    deadline = time.monotonic() + 100.0
    while time.monotonic() < deadline and process.poll() is None:
        if table.exists() and table.read_text().count("\n") > 15:
            break
        time.sleep(0.1)
    process.send_signal(number)
    try:
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, said
    rows = len(table.read_text().splitlines()) - 1
    assert rows > 10
    assert len(drawn_film.read(record)[0]) == rows


def test_the_environment_is_set_only_when_the_program_starts(monkeypatch):
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setenv("PYOPENGL_PLATFORM", "mine")
    cli.set_environment()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    assert os.environ["PYOPENGL_PLATFORM"] == "mine"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("talk.mp4", "talk.mp4 is no command; to put a mask on it: livemask --source talk.mp4."),
        ("rnu", "there is no command 'rnu'. Did you mean 'run'?"),
    ],
)
def test_a_first_word_that_is_no_command_is_told_what_to_type(tmp_path, monkeypatch, word, said):
    (tmp_path / "talk.mp4").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=re.escape(said)):
        cli.commands.main([word], standalone_mode=False)
