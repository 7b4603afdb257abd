"""The program on machines where something is missing, and what is left in its log."""

import os
import shutil
import subprocess
import sys

import pytest

from livemask.resources import resource
from tests import drawn_film
from tests.test_cli import NO_DISPLAY, complaint

MELON = "a b 西瓜"
ASCII = {
    "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii",
}  # fmt: skip
BREAKS = (
    "import sys; from livemask import cli, plugins\n"
    "def broken(*_): raise ZeroDivisionError('by 西瓜')\n"
    "plugins.describe = broken\n"
    "sys.argv = ['livemask', 'masks', *sys.argv[1:]]\n"
    "cli.main()"
)


def run(*command, **environment):
    """Run Python with a changed environment; None takes a variable away."""
    changed = {k: v for k, v in (NO_DISPLAY | environment).items() if v is not None}
    return subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True, timeout=120, env=changed, check=False, text=True, errors="replace",
    )  # fmt: skip


def livemask(*arguments, **environment):
    return run("-m", "livemask", *arguments, **environment)


@pytest.fixture
def logs(tmp_path):
    return tmp_path / "logs"


def log(logs):
    return (logs / "livemask.log").read_text("utf-8")


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trouble") / MELON
    folder.mkdir()
    return drawn_film.write(folder / "film 西瓜.mp4", drawn_film.pictures(8))


def test_a_mistake_of_livemasks_is_a_line_and_its_traceback_is_in_the_log(logs):
    done = run("-c", BREAKS, LIVEMASK_LOGS=str(logs))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "unexpected ZeroDivisionError: by 西瓜" in done.stderr
    assert str(logs / "livemask.log") in done.stderr
    assert "/issues" in done.stderr
    assert "Traceback" in log(logs)
    assert "by 西瓜" in log(logs)


def test_a_package_that_does_not_load_is_a_matter_for_the_doctor(logs):
    broken = BREAKS.replace("ZeroDivisionError('by 西瓜')", "ImportError('libGL.so.1: not there')")
    done = run("-c", broken, LIVEMASK_LOGS=str(logs))
    assert done.returncode == 1
    assert "libGL.so.1" in done.stderr
    assert "livemask doctor" in done.stderr
    assert "/issues" not in done.stderr
    assert "Traceback" in log(logs)


def test_the_log_begins_with_what_runs_where(logs):
    livemask("masks", LIVEMASK_LOGS=str(logs))
    (line,) = log(logs).splitlines()
    assert "Python 3." in line
    assert line.endswith("__main__.py masks")


def test_asking_for_help_writes_nothing(logs):
    assert livemask("--help", LIVEMASK_LOGS=str(logs)).returncode == 0
    assert livemask("--version", LIVEMASK_LOGS=str(logs)).returncode == 0
    assert not logs.exists()


def test_an_error_that_the_user_can_mend_is_in_the_log_too(logs):
    complaint(
        livemask("--source", "no.mp4", "--csv", "o.csv", "--headless", LIVEMASK_LOGS=str(logs))
    )
    assert "no.mp4" in log(logs)


def test_the_password_of_an_address_is_not_in_the_log(logs):
    address = "rtsp://me:s3cret@127.0.0.1:9/live"
    livemask("--source", address, "--csv", "o.csv", "--headless", LIVEMASK_LOGS=str(logs))
    assert "rtsp://***@127.0.0.1:9/live" in log(logs)
    assert "s3cret" not in log(logs)


def test_a_run_that_says_all_leaves_text_and_no_picture(film, tmp_path, logs):
    done = livemask(
        "-vv", "--source", film, "--csv", tmp_path / "o.csv", "--headless",
        LIVEMASK_LOGS=str(logs),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [path.name for path in logs.iterdir()] == ["livemask.log"]
    for text in (log(logs), done.stderr):
        assert "array(" not in text
        assert "uint8" not in text
        assert max(map(len, text.splitlines()), default=0) < 500


def test_a_log_folder_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    done = livemask("masks", LIVEMASK_LOGS=str(tmp_path / "file"), TMPDIR=str(tmp_path))
    assert done.returncode == 0
    assert "textured" in done.stdout
    assert (tmp_path / f"livemask-{os.geteuid()}" / "log" / "livemask.log").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locale")
@pytest.mark.parametrize(
    "words", [["--help"], ["run", "--help"], ["masks"], ["models"], ["cameras"]]
)
def test_a_terminal_that_knows_only_ascii_shows_every_answer(words):
    done = livemask(*words, **ASCII)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.isascii()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locale")
def test_a_model_under_a_chinese_name_is_imported_in_a_locale_that_knows_only_ascii(tmp_path):
    folder, data = tmp_path / MELON, str(tmp_path / MELON / "data")
    folder.mkdir()
    shutil.copy(resource("assets/head.npz"), folder / "头.npz")
    file = folder / "头.npz"
    done = livemask("models", "import", file, "--name", "mine", LIVEMASK_DATA=data, **ASCII)
    assert done.returncode == 0, done.stderr
    assert "mine" in livemask("models", LIVEMASK_DATA=data).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locale")
def test_an_error_about_a_chinese_name_is_shown_on_a_terminal_that_knows_only_ascii():
    said = complaint(livemask("--source", "西瓜.mp4", "--csv", "o.csv", "--headless", **ASCII))
    assert "UnicodeEncodeError" not in said


@pytest.mark.parametrize("environment", [{}, ASCII], ids=["utf-8", "ascii"])
def test_spaces_and_chinese_in_every_path_work(film, tmp_path, environment):
    if environment and sys.platform == "win32":
        pytest.skip("Windows has no such locale")
    home = tmp_path / MELON
    done = livemask(
        "--source", film, "--record", home / "o 西瓜.mp4", "--csv", home / "o 西瓜.csv",
        "--stats", home / "o 西瓜.json", "--headless", "--frames", "4",
        HOME=str(home), LIVEMASK_HOME=str(home / "own"), LIVEMASK_LOGS=None,
        XDG_STATE_HOME=None, **environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len((home / "o 西瓜.csv").read_text().splitlines()) == 5
    assert len(drawn_film.read(home / "o 西瓜.mp4")[0]) == 4
    assert (home / "o 西瓜.json").stat().st_size
