import logging
import subprocess
import sys

import pytest

from livemask.logs import log_file
from livemask.logs.log_file import LogFile


@pytest.fixture
def complaints():
    return []


def log_to(file, complaints):
    log = logging.Logger("test")
    log.addHandler(LogFile(file, complaints.append))
    return log


def close(log):
    for handler in log.handlers:
        handler.close()


def test_nothing_is_made_before_the_first_record(tmp_path, complaints):
    log = log_to(tmp_path / "logs" / "x.log", complaints)
    assert list(tmp_path.iterdir()) == []
    log.info("西瓜 \udce8")
    close(log)
    assert (
        (tmp_path / "logs" / "x.log").read_text("utf-8").endswith(r"INFO test: 西瓜 \udce8" + "\n")
    )
    assert complaints == []


def test_a_full_file_is_put_aside_and_the_oldest_goes(tmp_path, complaints, monkeypatch):
    monkeypatch.setattr(log_file, "_SIZE", 200)
    log = log_to(tmp_path / "x.log", complaints)
    for number in range(100):
        log.info("line %d", number)
    close(log)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["x.log", "x.log.1", "x.log.2", "x.log.3"]
    assert all(path.stat().st_size <= 200 for path in tmp_path.iterdir())
    assert "line 99" in (tmp_path / "x.log").read_text()


def test_a_folder_that_cannot_be_written_is_complained_of_once(tmp_path, complaints):
    (tmp_path / "file").write_text("")
    log = log_to(tmp_path / "file" / "x.log", complaints)
    log.info("one")
    log.info("two")
    (said,) = complaints
    assert said.startswith(f"no log can be written to {tmp_path / 'file' / 'x.log'}: ")
    assert "LIVEMASK_LOGS" in said


def test_a_file_that_another_process_holds_goes_on_growing(tmp_path, complaints, monkeypatch):
    monkeypatch.setattr(log_file, "_SIZE", 100)

    def refuse(*_):
        raise PermissionError(13, "in use by another process")

    log = log_to(tmp_path / "x.log", complaints)
    monkeypatch.setattr(log.handlers[0], "rotate", refuse)
    for number in range(10):
        log.info("line %d", number)
    close(log)
    assert len((tmp_path / "x.log").read_text().splitlines()) == 10
    assert complaints == []


WRITER = """
import logging, sys
from pathlib import Path
from livemask.logs import log_file
log_file._SIZE = 2000
log = logging.Logger("test")
log.addHandler(log_file.LogFile(Path(sys.argv[1]), sys.exit))
for number in range(300):
    log.info("%s %d end", sys.argv[2], number)
"""


def test_several_processes_may_write_to_one_file(tmp_path):
    command = [sys.executable, "-c", WRITER, tmp_path / "x.log"]
    running = [
        subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in "abc"
    ]
    assert [process.communicate(timeout=60)[1] for process in running] == [""] * 3
    assert [process.returncode for process in running] == [0] * 3
    lines = "".join(path.read_text() for path in tmp_path.iterdir()).splitlines()
    assert lines
    assert all(line.endswith("end") and line.count("test") == 1 for line in lines)
