import h5py
import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.models import hdf5


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "content.h5"
    with h5py.File(file, "w") as content:
        content["a/b"] = np.arange(6.0)
        content["text"] = "hello"
    return file


def test_arrays_are_read_by_their_paths(file):
    fields = hdf5.of_h5(file, ("a/b", "text", "a/missing", "a/b/deeper"))
    assert np.array_equal(fields.array("a/b", (6,)), np.arange(6.0))
    assert set(fields.arrays) == {"a/b", "text"}


def test_it_is_told_what_a_file_holds(file, tmp_path):
    assert hdf5.has(file, "a")
    assert hdf5.has(file, "a/b")
    assert not hdf5.has(file, "b")
    assert not hdf5.has(tmp_path / "missing.h5", "a")


def test_a_huge_array_is_refused_before_it_is_read(file):
    with h5py.File(file, "a") as content:
        content.create_dataset("huge", (2**40,), "f8", chunks=(1024,))
    assert file.stat().st_size < 20_000
    with pytest.raises(ModelError, match=r"'huge' is broken: its shape .* asks for"):
        hdf5.of_h5(file, ("huge",))


def test_several_arrays_may_not_be_larger_than_one(file, monkeypatch):
    with h5py.File(file, "a") as content:
        content["c"] = np.arange(6.0)
    monkeypatch.setattr(hdf5, "LARGEST", 90)
    hdf5.of_h5(file, ("a/b",))
    with pytest.raises(ModelError, match="'c' is broken"):
        hdf5.of_h5(file, ("a/b", "c"))


def elsewhere(content, folder):
    secret = folder / "secret.h5"
    with h5py.File(secret, "w") as other:
        other["x"] = np.arange(6.0)
    return secret


def external_link(content, folder):
    content["wanted"] = h5py.ExternalLink(elsewhere(content, folder), "x")


def soft_link(content, folder):
    content["wanted"] = h5py.SoftLink("/a/b")


def virtual(content, folder):
    layout = h5py.VirtualLayout((6,), "f8")
    layout[:] = h5py.VirtualSource(elsewhere(content, folder), "x", (6,))
    content.create_virtual_dataset("wanted", layout)


def external_data(content, folder):
    (folder / "raw").write_bytes(bytes(48))
    content.create_dataset("wanted", (6,), "f8", external=[(str(folder / "raw"), 0, 48)])


@pytest.mark.parametrize("make", [external_link, soft_link, virtual, external_data])
def test_what_lies_elsewhere_is_not_followed(file, tmp_path, make):
    with h5py.File(file, "a") as content:
        make(content, tmp_path)
    with pytest.raises(ModelError, match="'wanted' is broken: it"):
        hdf5.of_h5(file, ("wanted",))


def test_a_link_on_the_way_is_not_followed_either(file, tmp_path):
    with h5py.File(file, "a") as content:
        content["way"] = h5py.SoftLink("/a")
    with pytest.raises(ModelError, match="'way/b' is broken"):
        hdf5.of_h5(file, ("way/b",))
    assert not hdf5.has(file, "way/b")


@pytest.mark.parametrize("name", ["a", "nothing"])
def test_a_group_or_an_empty_array_is_no_array(file, name):
    with h5py.File(file, "a") as content:
        content["nothing"] = h5py.Empty("f8")
    with pytest.raises(ModelError, match=f"'{name}' is broken: it is not an array"):
        hdf5.of_h5(file, (name,))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"nobody\.h5 does not exist"):
        hdf5.of_h5(tmp_path / "nobody.h5", ("a",))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.95])
def test_a_file_that_is_cut_short_is_a_model_error(file, share):
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ModelError, match=r"is broken: .* It may be cut short"):
        hdf5.of_h5(file, ("a/b",))


def test_damage_is_a_model_error_or_changes_numbers(file):
    whole = file.read_bytes()
    rng = np.random.default_rng(3)
    for places in rng.integers(0, len(whole), (150, 6)):
        damaged = bytearray(whole)
        for place in places:
            damaged[place] = rng.integers(256)
        file.write_bytes(damaged)
        try:
            hdf5.of_h5(file, ("a/b",))
        except ModelError as error:
            assert "content.h5" in str(error)  # noqa: PT017 - either may happen
