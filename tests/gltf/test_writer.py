"""What is in a .glb file, byte by byte."""

import numpy as np
import pytest

from livemask.errors import SinkError
from livemask.gltf import writer
from livemask.gltf.writer import Glb
from tests.gltf.decoded import Decoded


@pytest.fixture
def glb(tmp_path):
    made = Glb(tmp_path)
    yield made
    made.close()


def test_arrays_of_all_kinds_come_back_as_they_were(glb, tmp_path):
    random = np.random.default_rng(1)
    given = [
        random.normal(size=(5, 3)).astype(np.float32),
        np.arange(7, dtype=np.uint16),
        np.arange(4, dtype=np.uint32)[:, None] * 70_000,
        random.normal(size=(2, 4)).astype(np.float32),
    ]
    numbers = [glb.array(rows, bounds=True) for rows in given]
    glb.write(tmp_path / "a.glb", [glb.add("nodes", name="one")])
    read = Decoded(tmp_path / "a.glb")
    for number, rows in zip(numbers, given, strict=True):
        np.testing.assert_array_equal(read.array(number), rows.reshape(len(rows), -1))


def test_an_array_may_come_in_parts(glb, tmp_path):
    rows = np.arange(30, dtype=np.float32).reshape(10, 3) * -1
    number = glb.parts((rows[i : i + 4] for i in range(0, 10, 4)), bounds=True)
    glb.write(tmp_path / "a.glb", [glb.add("nodes", name="one")])
    np.testing.assert_array_equal(Decoded(tmp_path / "a.glb").array(number), rows)


def test_a_file_that_cannot_be_finished_leaves_the_old_one_alone(glb, tmp_path, monkeypatch):
    file = tmp_path / "a.glb"
    file.write_text("mine")
    glb.array(np.zeros(3, np.float32))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer.shutil, "copyfileobj", full)
    with pytest.raises(OSError, match="No space"):
        glb.write(file, [])
    assert [(f.name, f.read_text()) for f in tmp_path.iterdir()] == [("a.glb", "mine")]


def test_a_file_larger_than_its_own_numbers_can_say_is_refused(glb, tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "LARGEST", 1000)
    glb.array(np.zeros(300, np.float32))
    with pytest.raises(SinkError, match="shorter parts"):
        glb.write(tmp_path / "a.glb", [])
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_file_that_is_not_written(tmp_path):
    made = Glb(tmp_path)
    made.array(np.zeros(300, np.float32))
    made.close()
    made.close()
    assert list(tmp_path.iterdir()) == []
