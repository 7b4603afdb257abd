import os
import tracemalloc

import pytest

from livemask.errors import ModelError
from livemask.models.reading import read_whole


def test_a_file_is_read_whole_up_to_its_limit(tmp_path):
    file = tmp_path / "a.bin"
    file.write_bytes(b"12345")
    assert read_whole(file, 5) == b"12345"
    with pytest.raises(ModelError, match="has 5 bytes; a model's has 4 at most"):
        read_whole(file, 4)


def test_no_more_memory_is_taken_than_the_file_has(tmp_path):
    file = tmp_path / "a.bin"
    file.write_bytes(bytes(1000))
    tracemalloc.start()
    read_whole(file, 2**30)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000


def test_what_is_no_file_is_not_opened(tmp_path):
    with pytest.raises(ModelError, match="is no file"):
        read_whole(tmp_path, 9)
    with pytest.raises(ModelError, match="does not exist"):
        read_whole(tmp_path / "nobody", 9)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ModelError, match="is no file"):
        read_whole(tmp_path / "pipe", 9)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read here")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    file = tmp_path / "a.bin"
    file.write_bytes(b"1")
    file.chmod(0)
    with pytest.raises(ModelError, match=r"a\.bin cannot be read"):
        read_whole(file, 9)
