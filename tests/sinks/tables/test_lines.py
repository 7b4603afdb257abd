import pytest

from livemask.errors import SinkError
from livemask.sinks.tables.lines import Lines


class Full:
    """A file on a disk that has room for ten more bytes."""

    def __init__(self, stream):
        self._stream = stream

    def write(self, data):
        return self._stream.write(data[:10])

    def __getattr__(self, name):
        return getattr(self._stream, name)


def test_lines_are_there_as_soon_as_they_are_written(tmp_path):
    lines = Lines(tmp_path / "a.txt")
    assert not lines.begun
    lines.write("one\n")
    lines.write("zwölf\n")
    assert lines.begun
    assert (tmp_path / "a.txt").read_text("utf-8") == "one\nzwölf\n"
    lines.close()
    lines.close()


def test_a_full_disk_leaves_whole_lines(tmp_path):
    lines = Lines(tmp_path / "a.txt")
    lines.write("one\n")
    lines._stream = Full(lines._stream)
    with pytest.raises(SinkError, match=r"a\.txt cannot be written: No space"):
        lines.write("a line that is too long\n")
    lines.close()
    assert (tmp_path / "a.txt").read_text() == "one\n"


def test_a_file_without_a_whole_line_is_removed(tmp_path):
    lines = Lines(tmp_path / "a.txt")
    lines._stream = Full((tmp_path / "a.txt").open("wb", buffering=0))
    with pytest.raises(SinkError, match="cannot be written"):
        lines.write("a line that is too long\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_made_is_one_error(tmp_path):
    with pytest.raises(SinkError, match="cannot be written: No such file"):
        Lines(tmp_path / "nowhere" / "a.txt").write("one\n")
