"""The folder of a session: what is in the way, what is believed, what is refused."""

import json
from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import ModelError, SinkError, SourceError, UsageError
from livemask.session.folder import (
    ABOUT,
    FILES,
    LARGEST_ABOUT,
    About,
    apart,
    check_model,
    fingerprint,
    free_folder,
    made_folder,
    member,
    read_about,
    write_about,
)
from tests.sinks.faces import make_model

SAID = About("1.2", {"masks": ["toon"]}, "abc", 25.0, 40, {"0": [0.5]})


def changed(folder, **change):
    write_about(folder, SAID)
    said = json.loads((folder / ABOUT).read_text())
    (folder / ABOUT).write_text(json.dumps({**said, **change}))


def test_what_a_session_says_comes_back(tmp_path):
    write_about(tmp_path, SAID)
    assert read_about(tmp_path) == replace(SAID, people={})
    assert json.loads((tmp_path / ABOUT).read_text())["people"] == {"0": [0.5]}
    assert [file.name for file in tmp_path.iterdir()] == [ABOUT]


@pytest.mark.parametrize(
    "change",
    [
        {"rate": "fast"}, {"rate": -1}, {"rate": 1e9}, {"frames": -1}, {"frames": 1.5},
        {"settings": []}, {"settings": None},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(tmp_path, change):
    changed(tmp_path, **change)
    with pytest.raises(SourceError, match="is broken"):
        read_about(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", "[" * 100_000, '{"format": 1}'])
def test_what_is_no_session_is_refused(tmp_path, text):
    (tmp_path / ABOUT).write_text(text)
    with pytest.raises(SourceError, match="is broken"):
        read_about(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    (tmp_path / ABOUT).write_bytes(b" " * (LARGEST_ABOUT + 1))
    with pytest.raises(SourceError, match="too large"):
        read_about(tmp_path)


@pytest.mark.parametrize("kind", [2, 99, "x" * 1000])
def test_a_session_of_a_later_livemask_is_refused_by_what_it_says(tmp_path, kind):
    changed(tmp_path, format=kind)
    with pytest.raises(SourceError, match="use a newer one"):
        read_about(tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret").write_text("mine")
    folder = tmp_path / "session"
    folder.mkdir()
    (folder / "film.mkv").symlink_to(tmp_path / "secret")
    with pytest.raises(SourceError, match=r"no file film\.mkv"):
        member(folder, "film.mkv")


def test_a_folder_without_a_session_says_how_one_is_made(tmp_path):
    with pytest.raises(SourceError, match="run --session"):
        read_about(tmp_path)


def test_the_folder_is_made_for_its_user_alone(tmp_path):
    folder = made_folder(tmp_path / "s", overwrite=False)
    assert folder.stat().st_mode & 0o077 == 0


def test_an_empty_folder_is_taken(tmp_path):
    free_folder(tmp_path, overwrite=False)


def test_a_session_is_replaced_only_if_told(tmp_path):
    for name in FILES:
        (tmp_path / name).write_text("x")
    with pytest.raises(UsageError, match="--overwrite"):
        free_folder(tmp_path, overwrite=False)
    made_folder(tmp_path, overwrite=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_anything_else_is_never_touched(tmp_path):
    (tmp_path / "diary.txt").write_text("mine")
    (tmp_path / ABOUT).write_text("x")
    with pytest.raises(UsageError, match="not empty; name another folder"):
        made_folder(tmp_path, overwrite=True)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(SinkError, match="does not exist"):
        free_folder(tmp_path / "no" / "s", overwrite=False)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "s").write_text("x")
    with pytest.raises(SinkError, match="is a file"):
        free_folder(tmp_path / "s", overwrite=True)


@pytest.mark.parametrize("name", ["film.mkv", "sub/out.csv", ".", "../s/table.csv"])
def test_no_output_goes_into_the_session_that_is_replayed(tmp_path, name):
    folder = tmp_path / "s"
    folder.mkdir()
    with pytest.raises(UsageError, match="in the session itself"):
        apart(folder, tmp_path / "fine.csv", folder / name)


def test_a_model_is_known_by_its_shapes_and_names():
    model = make_model()
    assert fingerprint(model) == fingerprint(replace(model, name="other"))
    moved = model.mean.copy()
    moved[3, 1] = np.nextafter(moved[3, 1], np.float32(1e3))
    for other in (
        replace(model, mean=moved),
        replace(model, expression_names=("jawOpen", "a", "b")),
        replace(model, identity=model.identity[:1]),
    ):
        assert fingerprint(other) != fingerprint(model)


def test_another_model_is_refused_by_name():
    model = make_model()
    check_model(About("1.2", {}, fingerprint(model)), model)
    check_model(About("1.2", {}), model)
    with pytest.raises(ModelError, match="another head model than 'points'"):
        check_model(About("1.2", {}, "0" * 64), model)
