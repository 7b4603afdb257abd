import numpy as np
import pytest

from livemask.detectors.trees.reading import read
from tests.detectors.trees.written import Drawn, fraction, whole


@pytest.fixture
def file(tmp_path):
    return tmp_path / "trees.dat"


def test_what_was_written_is_read(file):
    drawn = Drawn.of(branches=7)
    file.write_bytes(drawn.file())
    trees = read(file)
    assert trees.start == pytest.approx(drawn.start, abs=1e-6)
    assert trees.places == pytest.approx(drawn.places, abs=1e-6)
    assert np.array_equal(trees.anchors, drawn.anchors)
    assert np.array_equal(trees.rules[..., :2], drawn.rules)
    assert np.array_equal(trees.rules[..., 2], np.floor(drawn.thresholds))
    leaves = trees.leaves * trees.units[:, None, None, None]
    assert leaves == pytest.approx(drawn.leaves, abs=1e-6)
    assert trees.depth == 3


@pytest.mark.parametrize("options", [{"trees": 6}, {"branches": 4}], ids=str)
def test_trees_that_livemask_cannot_run_are_refused(file, options):
    file.write_bytes(Drawn.of(points=4, **options).file())
    with pytest.raises(ValueError, match="kind"):
        read(file)


@pytest.mark.parametrize("nothing", [("start",), ("places",), ("rules", "thresholds", "leaves")])
def test_what_has_no_points_places_or_trees_is_refused(file, nothing):
    drawn = Drawn.of(points=4)
    for name in nothing:
        values = getattr(drawn, name)
        setattr(drawn, name, values[:, :0] if name == "places" else values[:0])
    file.write_bytes(drawn.file())
    with pytest.raises(ValueError, match="kind"):
        read(file)


def test_trees_that_differ_in_size_are_refused(file):
    tree, other = (Drawn.of(points=4, cascades=1, branches=b).file() for b in (3, 7))
    head = len(whole(1) + whole(-8) + whole(-1)) + 8 * len(fraction(0.3))
    file.write_bytes(tree[: len(tree) // 2] + other[head:])
    with pytest.raises(ValueError, match=r"differ|kind|early|none"):
        read(file)


def test_places_outside_of_what_is_looked_at_are_refused(file):
    for name, value in (("anchors", 68), ("rules", 20), ("rules", -1), ("anchors", -1)):
        drawn = Drawn.of()
        getattr(drawn, name)[:] = value
        file.write_bytes(drawn.file())
        with pytest.raises(ValueError, match="kind"):
            read(file)


def test_numbers_that_are_none_or_out_of_reach_are_refused(file):
    drawn = Drawn.of()
    drawn.places[0, 0] = 1e30
    file.write_bytes(drawn.file())
    with pytest.raises(ValueError, match="kind"):
        read(file)
    start = len(whole(1) + whole(-136) + whole(-1))
    file.write_bytes(drawn.file()[:start] + whole(0) + whole(32000))  # dlib's infinity
    with pytest.raises(ValueError, match="none"):
        read(file)


def test_a_file_that_ends_anywhere_is_refused(file):
    whole_file = Drawn.of(points=4).file()
    for end in np.linspace(0, len(whole_file) - 1, 60).astype(int):
        file.write_bytes(whole_file[:end])
        with pytest.raises(ValueError, match=r"early|kind"):
            read(file)


def test_a_promise_of_many_trees_in_a_small_file_takes_no_memory(file):
    drawn = Drawn.of(points=4, cascades=1)
    head = len(whole(1) + whole(-8) + whole(-1)) + len(
        b"".join(fraction(v) for v in drawn.start.ravel())
    )
    file.write_bytes(drawn.file()[:head] + whole(100) + whole(10_000) + whole(255))
    with pytest.raises(ValueError, match="kind"):
        read(file)


def test_a_damaged_file_is_refused_or_read_but_never_worse(file):
    rng, good = np.random.default_rng(5), Drawn.of(points=4).file()
    for _ in range(300):
        bad = bytearray(good)
        for at in rng.integers(0, len(bad), 3):
            bad[at] = rng.integers(0, 256)
        file.write_bytes(bytes(bad))
        try:
            trees = read(file)
        except ValueError:
            continue
        assert np.isfinite(trees.start).all()
        assert trees.rules[..., :2].max() < trees.places.shape[1]
