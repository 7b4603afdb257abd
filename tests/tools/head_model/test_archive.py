import os
import time

import numpy as np
from head_model.archive import save

ARRAYS = {
    "points": np.linspace(0.0, 1.0, 30).reshape(10, 3),
    "names": np.array(["a", "bc"]),
    "step": np.float64(0.5),
    "empty": np.empty((0, 2), np.int16),
}


def test_what_is_saved_is_loaded_again_without_pickles(tmp_path):
    save(tmp_path / "a.npz", ARRAYS)
    with np.load(tmp_path / "a.npz", allow_pickle=False) as loaded:
        assert loaded.files == list(ARRAYS)
        for name, values in ARRAYS.items():
            assert loaded[name].dtype == np.asarray(values).dtype
            np.testing.assert_array_equal(loaded[name], values)


def test_the_bytes_do_not_depend_on_the_time(tmp_path, monkeypatch):
    save(tmp_path / "a.npz", ARRAYS)
    monkeypatch.setattr(time, "time", lambda: 2.0e9)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    save(tmp_path / "b.npz", ARRAYS)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert os.environ["TZ"] == "Asia/Tokyo"


def test_the_bytes_do_not_depend_on_how_an_array_lies_in_memory(tmp_path):
    save(tmp_path / "a.npz", ARRAYS)
    save(tmp_path / "b.npz", ARRAYS | {"points": np.asfortranarray(ARRAYS["points"])})
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
