import os
import sys
from pathlib import Path

import pytest

from livemask.errors import SinkError, UsageError
from livemask.sinks.files import distinct, writable


def test_a_new_file_in_a_folder_may_be_written_and_nothing_is_left(tmp_path):
    assert writable(tmp_path / "a.mp4") == tmp_path.resolve() / "a.mp4"
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_refused_unless_it_may_be_replaced(tmp_path):
    file = tmp_path / "a.mp4"
    file.write_text("dear to me")
    with pytest.raises(UsageError, match="exists already; add --overwrite"):
        writable(file)
    assert writable(file, overwrite=True) == file.resolve()
    assert file.read_text() == "dear to me"


def test_the_input_is_never_an_output(tmp_path):
    source, alias, link = (tmp_path / name for name in ("in.mp4", "alias.mp4", "link.mp4"))
    source.write_text("film")
    os.link(source, alias)
    link.symlink_to(source)
    for output in (source, alias, link, tmp_path / "." / "in.mp4"):
        with pytest.raises(UsageError, match="is the input itself"):
            writable(output, source, overwrite=True)


def test_a_missing_folder_is_one_error_that_names_it(tmp_path):
    with pytest.raises(SinkError, match=r"missing does not exist; make it"):
        writable(tmp_path / "missing" / "a.mp4")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(SinkError, match="is a folder"):
        writable(tmp_path, overwrite=True)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written_to_is_one_error():
    with pytest.raises(SinkError, match="the folder /proc cannot be written to"):
        writable(Path("/proc/a.mp4"))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write all")
def test_a_write_protected_file_is_one_error(tmp_path):
    file = tmp_path / "a.mp4"
    file.touch(0o400)
    with pytest.raises(SinkError, match="write-protected"):
        writable(file, overwrite=True)


def test_a_relative_name_is_found_again_from_another_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = writable(Path("a.csv"))
    monkeypatch.chdir("/")
    assert path == tmp_path.resolve() / "a.csv"


def test_two_outputs_need_two_files(tmp_path):
    distinct(tmp_path / "a.csv", tmp_path / "a.mp4")
    with pytest.raises(UsageError, match="named for two outputs"):
        distinct(tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "x" / ".." / "a.csv")
