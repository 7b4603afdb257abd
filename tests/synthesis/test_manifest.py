import pytest

from livemask.errors import UsageError
from livemask.synthesis.manifest import NAME, claim
from livemask.synthesis.order import Order

MARKS = {"model": "a", "photos": ""}


def test_a_folder_takes_more_pictures_of_its_own_order_only(tmp_path):
    claim(tmp_path, Order(seed=1), MARKS)
    claim(tmp_path, Order(seed=1), MARKS)
    with pytest.raises(UsageError, match="--seed 1, not 2"):
        claim(tmp_path, Order(seed=2), MARKS)
    with pytest.raises(UsageError, match="another head model"):
        claim(tmp_path, Order(seed=1), MARKS | {"model": "b"})


def test_numbered_pictures_of_nobody_knows_what_are_not_joined(tmp_path):
    (tmp_path / "00000").mkdir()
    (tmp_path / "00000" / "00000000.jpg").write_bytes(b"x")
    with pytest.raises(UsageError, match=NAME):
        claim(tmp_path, Order(), MARKS)


def test_overwriting_removes_pictures_and_nothing_else(tmp_path):
    claim(tmp_path, Order(seed=1), MARKS)
    folder = tmp_path / "00000"
    folder.mkdir()
    for name in ("00000000.jpg", "00000000.npz", ".00000001.jpg.5.part", "notes.txt", "1.jpg"):
        (folder / name).write_bytes(b"x")
    claim(tmp_path, Order(seed=2), MARKS, overwrite=True)
    assert sorted(f.name for f in folder.iterdir()) == ["1.jpg", "notes.txt"]
    claim(tmp_path, Order(seed=2), MARKS)


def test_a_broken_manifest_is_told(tmp_path):
    (tmp_path / NAME).write_text("{", "utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        claim(tmp_path, Order(), MARKS)
