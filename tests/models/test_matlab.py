import zlib

import numpy as np
import pytest
import scipy.io

from livemask.errors import ModelError
from livemask.models import matlab

RNG = np.random.default_rng(5)
CONTENT = {
    "mean": RNG.normal(size=(12, 1)),
    "basis": RNG.normal(size=(12, 5)).astype(np.float32),
    "tri": RNG.integers(1, 300, (3, 7)).astype(np.uint16),
    "flags": np.array([[True, False]]),
    "empty": np.zeros((0, 3)),
    "counts": np.arange(9.0),
    "text": "hello",
    "cell": np.array([1.0, "a"], object),
    "model": {"mu": RNG.normal(size=(6, 2)), "kpt": np.arange(4), "name": "small"},
}
NUMBERS = ("mean", "basis", "tri", "flags", "empty", "counts")


def saved(tmp_path, packed=True, content=CONTENT):
    file = tmp_path / "content.mat"
    scipy.io.savemat(file, content, do_compression=packed)
    return file


def element(kind, content, length=None):
    """Return an element of a file: tag, content, filling."""
    size = len(content) if length is None else length
    return np.array([kind, size], "<u4").tobytes() + content + bytes(-len(content) % 8)


def matrix(name, shape, numbers, kind=6):
    """Return a matrix of float64 that claims a shape."""
    flags = element(6, np.array([kind, 0], "<u4").tobytes())
    sizes = element(5, np.array(shape, "<i4").tobytes())
    return element(14, flags + sizes + element(1, name) + numbers)


def hostile(tmp_path, content):
    file = tmp_path / "hostile.mat"
    file.write_bytes(b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\1IM" + content)
    return file


@pytest.mark.parametrize("packed", [False, True])
def test_it_reads_numbers_as_scipy_does(tmp_path, packed):
    file = saved(tmp_path, packed)
    read, expected = matlab.of_mat(file, NUMBERS).arrays, scipy.io.loadmat(file)
    for name in NUMBERS:
        assert np.array_equal(read[name], expected[name]), name
        assert read[name].dtype == expected[name].dtype, name


@pytest.mark.parametrize("packed", [False, True])
def test_it_reads_a_struct_as_a_dict(tmp_path, packed):
    model = matlab.of_mat(saved(tmp_path, packed), ("model",)).arrays["model"]
    assert np.array_equal(model["mu"], CONTENT["model"]["mu"])
    assert np.array_equal(model["kpt"], [[0, 1, 2, 3]])
    assert model["name"] is None


def test_it_reads_the_other_order_of_bytes(tmp_path):
    values = element(9, np.arange(6.0).tobytes())
    little = matrix(b"a", (3, 2), values)
    big = bytearray(b"MATLAB 5.0".ljust(124) + b"\1\0MI")
    words = np.frombuffer(little, "<u4").astype(">u4").tobytes()
    content = words.replace(np.frombuffer(b"a\0\0\0", "<u4").astype(">u4").tobytes(), b"a\0\0\0")
    numbers = np.arange(6.0).astype(">f8").tobytes()
    file = tmp_path / "big.mat"
    file.write_bytes(bytes(big) + content[: -len(numbers)] + numbers)
    assert np.array_equal(matlab.of_mat(file, ("a",)).arrays["a"], [[0, 3], [1, 4], [2, 5]])


def test_what_is_not_numbers_is_passed_over(tmp_path):
    read = matlab.of_mat(saved(tmp_path), ("text", "cell")).arrays
    assert read["text"] is None
    assert read["cell"] is None


def test_names_are_told_of_matlab_files_only(tmp_path):
    assert matlab.names(saved(tmp_path)) == set(CONTENT)
    other = tmp_path / "other.mat"
    other.write_bytes(b"no such file")
    assert matlab.names(other) == matlab.names(tmp_path / "missing.mat") == set()


@pytest.mark.parametrize("shape", [(2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (7, 1), (-1, 3), (5,)])
def test_a_shape_that_the_numbers_do_not_fill_is_refused_before_memory_is_taken(tmp_path, shape):
    file = hostile(tmp_path, matrix(b"mean", shape, element(9, np.arange(6.0).tobytes())))
    with pytest.raises(ModelError, match="field 'mean'"):
        matlab.of_mat(file, ("mean",))


def test_a_small_packed_matrix_that_claims_to_be_huge_is_refused(tmp_path):
    whole = bytearray(matrix(b"mean", (2**29, 1), element(9, bytes(48), length=2**32 - 8)))
    whole[4:8] = np.array(2**32 - 8, "<u4").tobytes()
    packed = zlib.compress(bytes(whole))
    with pytest.raises(ModelError, match="too much"):
        matlab.of_mat(hostile(tmp_path, element(15, packed)[: 8 + len(packed)]), ("mean",))


def test_many_matrices_may_not_take_more_than_one(tmp_path, monkeypatch):
    monkeypatch.setattr(matlab, "LARGEST", 100)
    values = element(9, np.arange(9.0).tobytes())
    file = hostile(tmp_path, matrix(b"a", (9, 1), values) + matrix(b"b", (9, 1), values))
    assert matlab.of_mat(file, ("a",)).arrays["a"].size == 9
    with pytest.raises(ModelError, match="too much"):
        matlab.of_mat(file, ("a", "b"))


def test_structs_that_lie_in_one_another_without_end_are_refused(tmp_path):
    inner = matrix(b"", (1, 1), element(9, bytes(8)))
    for depth in range(20):
        name = b"m" if depth == 19 else b""
        fields = element(5, np.array([8], "<i4").tobytes()) + element(1, b"x".ljust(8, b"\0"))
        inner = matrix(name, (1, 1), fields + inner, kind=2)
    with pytest.raises(ModelError, match="too deep"):
        matlab.of_mat(hostile(tmp_path, inner), ("m",))


def test_version_7_3_is_refused_with_what_to_do(tmp_path):
    file = tmp_path / "new.mat"
    file.write_bytes(b"MATLAB 7.3 MAT-file".ljust(512) + b"\x89HDF\r\n\x1a\n")
    with pytest.raises(ModelError, match=r"version 7\.3.*save it with '-v7'"):
        matlab.of_mat(file, ("model",))


@pytest.mark.parametrize("packed", [False, True])
def test_any_part_of_a_file_is_a_model_error_or_lacks_something(tmp_path, packed):
    whole = saved(tmp_path, packed).read_bytes()
    rng = np.random.default_rng(1)
    for length in rng.integers(0, len(whole), 60):
        file = tmp_path / "short.mat"
        file.write_bytes(whole[:length])
        try:
            assert set(matlab.of_mat(file, NUMBERS).arrays) < set(CONTENT)
        except ModelError as error:
            assert "short.mat" in str(error)  # noqa: PT017 - either may happen


def test_damage_to_packed_numbers_is_noticed(tmp_path):
    whole = saved(tmp_path, content={"mean": CONTENT["mean"]}).read_bytes()
    rng = np.random.default_rng(2)
    for place in rng.integers(140, len(whole), 40):
        damaged = bytearray(whole)
        damaged[place] ^= 0x55
        file = tmp_path / "damaged.mat"
        file.write_bytes(damaged)
        with pytest.raises(ModelError, match="'mean'"):
            matlab.of_mat(file, ("mean",)).array("mean", (12, 1))
