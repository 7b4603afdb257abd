import io
import zipfile

import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.models.fields import LARGEST, Fields


def header(shape, dtype="<f8"):
    """Return the first bytes of a `.npy` file that claims a shape."""
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        stream, {"descr": dtype, "fortran_order": False, "shape": shape}
    )
    return stream.getvalue()


def packed(tmp_path, content):
    file = tmp_path / "model.npz"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mean.npy", content)
    return file


@pytest.mark.parametrize("shape", [(2**60,), (2**40, 2**40), (5,), (2**31, 3)])
def test_an_array_that_claims_more_than_the_file_holds_is_refused_before_it_is_read(
    tmp_path, shape
):
    file = packed(tmp_path, header(shape) + bytes(32))
    with pytest.raises(ModelError, match=r"'mean' is broken: its shape .* asks for"):
        Fields.of_npz(file)


def test_a_small_file_that_unpacks_to_a_huge_array_is_refused(tmp_path):
    rows = LARGEST // 8 + 1
    file = tmp_path / "bomb.npz"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("mean.npy", "w") as member,
    ):
        member.write(header((rows,)))
        for _ in range(rows // 2**17 + 1):
            member.write(bytes(2**20))
    assert file.stat().st_size < 5 * 2**20
    with pytest.raises(ModelError, match=f"{LARGEST} are there or allowed"):
        Fields.of_npz(file)


def test_several_arrays_together_may_not_be_larger_than_one(tmp_path, monkeypatch):
    monkeypatch.setattr("livemask.models.fields.LARGEST", 1000)
    file = tmp_path / "many.npz"
    np.savez(file, a=np.ones(80), b=np.ones(80))
    with pytest.raises(ModelError, match="'b' is broken"):
        Fields.of_npz(file)


def test_honest_arrays_of_any_order_and_version_are_read(tmp_path):
    file = tmp_path / "model.npz"
    arrays = {"a": np.arange(6.0).reshape(2, 3), "b": np.asfortranarray(np.eye(3, 4)), "c": 3}
    np.savez_compressed(file, **arrays)
    read = Fields.of_npz(file).arrays
    assert all(np.array_equal(read[name], arrays[name]) for name in arrays)
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.arange(3.0), version=(2, 0))
    again = packed(tmp_path, stream.getvalue())
    assert np.array_equal(Fields.of_npz(again).arrays["mean"], [0.0, 1.0, 2.0])


def test_pickled_objects_are_not_read(tmp_path):
    file = tmp_path / "model.npz"
    np.savez(file, a=np.array([{}], object))
    with pytest.raises(ModelError, match="'a' is broken"):
        Fields.of_npz(file)
