import numpy as np

from livemask.synthesis.order import Order
from livemask.synthesis.storing import files_of, is_done, packed, store
from livemask.synthesis.studio import Picture

PICTURE = Picture(
    np.random.default_rng(1).integers(0, 256, (64, 64, 3)).astype(np.uint8),
    {"mask": np.eye(64, dtype=np.uint8), "position": np.arange(12, dtype=np.int16)},
)


def test_labels_are_read_by_numpy_without_pickle(tmp_path):
    store(tmp_path, Order(size=64), 1234, PICTURE)
    image, labels = files_of(tmp_path, Order(size=64), 1234)
    assert image == tmp_path / "00001" / "00001234.jpg"
    with np.load(labels, allow_pickle=False) as found:
        assert set(found) == {"mask", "position"}
        assert (found["mask"] == PICTURE.labels["mask"]).all()
        assert found["position"].dtype == np.int16


def test_equal_labels_are_equal_files():
    assert packed(PICTURE.labels) == packed(dict(PICTURE.labels))


def test_nothing_half_is_taken_for_a_picture(tmp_path):
    order = Order(size=64)
    store(tmp_path, order, 0, PICTURE)
    assert is_done(tmp_path, order, 0)
    image, labels = files_of(tmp_path, order, 1)
    labels.write_bytes(b"PK")
    image.with_name(".00000001.jpg.77.part").write_bytes(b"half")
    assert not is_done(tmp_path, order, 1)
