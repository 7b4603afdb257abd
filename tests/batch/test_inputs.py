from pathlib import Path

import pytest

from livemask.batch.inputs import Input, gather
from livemask.batch.naming import stems
from livemask.errors import UsageError


def lay(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")


def found(folder, *paths):
    items = gather([folder / path for path in paths], folder / "out")
    return [(item.file.relative_to(folder).as_posix(), item.place) for item in items]


def test_folders_are_searched_for_films_and_photos_in_the_order_in_which_people_count(tmp_path):
    lay(tmp_path, "in/x10.mp4", "in/x9.MOV", "in/a/b/c.jpg", "in/notes.txt", "in/.hidden.mp4")
    lay(tmp_path, "in/.cache/d.mp4")
    assert found(tmp_path, "in") == [
        ("in/a/b/c.jpg", ("a", "b")),
        ("in/x9.MOV", ()),
        ("in/x10.mp4", ()),
    ]


def test_what_is_named_is_taken_whatever_its_ending_and_each_file_once(tmp_path):
    lay(tmp_path, "in/film.bin", "in/x.mp4")
    (tmp_path / "link.mp4").symlink_to(tmp_path / "in/x.mp4")
    names = [name for name, _ in found(tmp_path, "in/film.bin", "link.mp4", "in", "in/../in/x.mp4")]
    assert names == ["in/film.bin", "in/x.mp4"]


def test_the_folder_of_outputs_is_not_searched(tmp_path):
    lay(tmp_path, "x.mp4", "out/x.mp4", "out/.livemask-batch/partial/0/x.mp4")
    assert [name for name, _ in found(tmp_path, ".")] == ["x.mp4"]
    assert [name for name, _ in found(tmp_path, "out/x.mp4")] == ["out/x.mp4"]


@pytest.mark.parametrize(
    ("path", "message"),
    [("nowhere", "there is no film, photo or folder"), ("in", "holds no film and no photo")],
)
def test_a_path_that_leads_to_nothing_is_refused(tmp_path, path, message):
    lay(tmp_path, "in/notes.txt")
    with pytest.raises(UsageError, match=message):
        found(tmp_path, path)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["/f/x.mp4", "/f/y.mp4"], ["x", "y"]),
        (["/a/x.mp4", "/b/x.mp4", "/b/y.mp4"], ["a/x", "b/x", "y"]),
        (["/a/c/x.mp4", "/b/c/x.mp4"], ["a/c/x", "b/c/x"]),
        (["/f/x.mp4", "/f/x.mov"], ["x.mp4", "x.mov"]),
        (["/f/x.mp4", "/f/x.mov", "/g/x.mp4"], ["x.mp4", "x.mov", "x"]),
        (["/f/x.mp4", "/f/X.mp4"], ["f/x.mp4-1", "f/X.mp4-2"]),
        (["/x.mp4", "/a/x.mp4"], ["x", "a/x"]),
    ],
)
def test_outputs_that_would_have_one_name_get_longer_ones(files, expected):
    names = stems([Input(Path(file)) for file in files])
    assert len({name.casefold() for name in names}) == len(names)
    assert names == expected


def test_films_of_a_folder_keep_the_folders_below_it():
    inputs = [Input(Path("/f/a/x.mp4"), ("a",)), Input(Path("/f/x.mp4")), Input(Path("/g/a/y.mp4"))]
    assert stems(inputs) == ["a/x", "x", "y"]
    twice = [Input(Path("/f/a/x.mp4"), ("a",)), Input(Path("/g/a/x.mp4"), ("a",))]
    assert stems(twice) == ["f/a/x", "g/a/x"]
