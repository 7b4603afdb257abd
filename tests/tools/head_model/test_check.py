import numpy as np
import pytest
from head_model.archive import save
from head_model.check import compare


def written(folder, away=0):
    """Write two small models, one vertex of which is `away` steps of 2 micrometres away."""
    folder.mkdir()
    moves = np.zeros((1, 2, 3), np.int16)
    moves[0, 0, 1] = away
    fields = {"step": np.float64(0.002), "mean": np.ones((2, 3), np.float32)}
    save(folder / "head.npz", fields | {"identity": moves, "expressions": moves})
    save(folder / "performers.npz", {"step": np.float64(0.002), "shapes": moves})
    return folder


def test_the_same_bytes_are_told(tmp_path):
    lines = list(compare(written(tmp_path / "a"), written(tmp_path / "b")))
    assert lines == ["head.npz: the same bytes", "performers.npz: the same bytes"]


def test_a_difference_within_a_hundredth_of_a_mm_is_told(tmp_path):
    lines = list(compare(written(tmp_path / "a", away=4), written(tmp_path / "b")))
    assert lines[0] == "head.npz: up to 0.0080 mm away"


def test_a_larger_difference_ends_the_program(tmp_path):
    with pytest.raises(SystemExit, match=r"0\.0120 mm"):
        list(compare(written(tmp_path / "a", away=6), written(tmp_path / "b")))
