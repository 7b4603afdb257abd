"""The settings file: read, written, set aside, never lost."""

import logging
import os
import stat
import subprocess
import sys

import pytest

from livemask.errors import LivemaskError
from livemask.settings import store as store_module
from livemask.settings.store import LARGEST, Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "settings.toml")


def test_without_a_file_nothing_is_set(store):
    assert store.read() == {}


def test_what_is_saved_is_read_again(store):
    assert store.save({"masks": ("toon", "hat"), "opacity": 0.5, "light": "flat"})
    assert store.read() == {"masks": ["toon", "hat"], "opacity": 0.5, "light": "flat"}


def test_comments_and_what_else_is_in_the_file_stay(store):
    store.file.write_text('# mine\nfov = 70  # measured\n\n[keys]\npanic = "k" # near\n')
    store.save({"light": "flat", "fov": 75.0})
    text = store.file.read_text()
    assert text.startswith("# mine\nfov = 75.0  # measured\n")
    assert 'panic = "k" # near' in text
    assert store.read()["light"] == "flat"


def test_with_a_profile_its_table_is_changed_and_no_other(store):
    store.file.write_text('light = "auto"\n[profile.stream]\nfov = 80\n[profile.other]\nfov = 90\n')
    store.save({"light": "flat"}, "stream")
    store.save({"light": "studio"}, "new")
    assert store.read() == {
        "light": "auto",
        "profile": {
            "stream": {"fov": 80, "light": "flat"},
            "other": {"fov": 90},
            "new": {"light": "studio"},
        },
    }


def test_nothing_is_written_if_nothing_has_changed(store):
    assert store.save({})
    assert not store.file.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"fov = ",
        b"\xff\xfe\x00",
        b"a = 1\na = 2",
        b"x = " + b"[" * 5000 + b"]" * 5000,
        b"# " + b"x" * LARGEST,
        b"PK\x03\x04" + bytes(200),
    ],
    ids=["half", "no text", "twice", "deep", "large", "archive"],
)
def test_a_file_that_cannot_be_understood_is_set_aside_and_kept(store, content, caplog):
    store.file.write_bytes(content)
    with caplog.at_level(logging.WARNING, "livemask"):
        assert store.read() == {}
    (aside,) = store.file.parent.iterdir()
    assert aside.name == "settings.broken-1.toml"
    assert aside.read_bytes() == content
    assert aside.name in caplog.text


def test_one_that_was_set_aside_before_is_not_written_over(store):
    for content in ("one = ", "two = "):
        store.file.write_text(content)
        store.read()
    names = {f.name: f.read_text() for f in store.file.parent.iterdir()}
    assert names == {"settings.broken-1.toml": "one = ", "settings.broken-2.toml": "two = "}


def test_saving_sets_a_broken_file_aside_too(store):
    store.file.write_text("half = ")
    assert store.save({"fov": 70.0})
    assert store.read() == {"fov": 70.0}
    assert (store.file.parent / "settings.broken-1.toml").read_text() == "half = "


def test_a_folder_of_its_name_is_set_aside(store):
    store.file.mkdir()
    (store.file / "mine").touch()
    assert store.read() == {}
    assert (store.file.parent / "settings.broken-1.toml" / "mine").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_told_and_disturbs_nothing(store, caplog):
    store.file.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with caplog.at_level(logging.WARNING, "livemask"):
        assert not store.save({"fov": 70.0})
    store.file.parent.chmod(stat.S_IRWXU)
    assert "not saved" in caplog.text


@pytest.mark.parametrize("call", ["open", "replace"])
def test_what_cannot_be_written_is_told_and_the_old_file_stays(store, caplog, monkeypatch, call):
    store.file.write_text("fov = 60\n")

    def fails(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_module.Path, call, fails)
    with caplog.at_level(logging.WARNING, "livemask"):
        assert not store.save({"fov": 70.0})
    monkeypatch.undo()
    assert "No space left" in caplog.text
    assert [f.name for f in store.file.parent.iterdir()] == ["settings.toml"]
    assert store.file.read_text() == "fov = 60\n"


def test_a_broken_file_that_cannot_be_put_aside_is_not_written_over(store, monkeypatch):
    def fails(*_):
        raise OSError(13, "Permission denied")

    store.file.write_text("half = ")
    monkeypatch.setattr(store_module.Path, "rename", fails)
    with pytest.raises(LivemaskError, match="Mend the file"):
        store.read()
    assert not store.save({"fov": 70.0})
    assert store.file.read_text() == "half = "


def test_two_processes_that_save_at_once_lose_nothing(store):
    code = (
        "import sys; from pathlib import Path; from livemask.settings.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for i in range(15): assert store.save({f'{sys.argv[2]}{i}': i})"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(store.file), name]) for name in "ab"
    ]
    while any(process.poll() is None for process in running):
        store.read()  # never half a file: it would be set aside
    assert [process.returncode for process in running] == [0, 0]
    assert store.read() == {f"{name}{i}": i for name in "ab" for i in range(15)}
    assert [f.name for f in store.file.parent.iterdir()] == ["settings.toml"]


def test_a_lock_that_somebody_left_behind_is_broken_and_a_fresh_one_waited_for(store, monkeypatch):
    lock = store.file.with_name(".settings.toml.lock")
    lock.touch()
    monkeypatch.setattr(store_module, "PATIENCE", 0.05)
    assert not store.save({"fov": 70.0})
    os.utime(lock, (1.0, 1.0))
    assert store.save({"fov": 70.0})
    assert not lock.exists()


def test_starting_anew_keeps_the_former_file(store):
    assert store.reset() is None
    store.file.write_text("fov = 70\n")
    assert store.reset().read_text() == "fov = 70\n"
    assert store.read() == {}
