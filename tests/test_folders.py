import os
import stat
import tempfile
from pathlib import Path

import pytest

import livemask
from livemask import folders
from livemask.errors import LivemaskError

NAMES = ("DATA", "CONFIG", "CACHE", "LOGS")
FOLDERS = (
    folders.data_folder,
    folders.config_folder,
    folders.cache_folder,
    folders.log_folder,
)
posix = pytest.mark.skipif(os.name != "posix", reason="there are no such permissions on Windows")


@pytest.fixture(autouse=True)
def spare(tmp_path, monkeypatch):
    """A temporary folder of this test's own, and no folder named by the user."""
    for name in NAMES:
        monkeypatch.delenv(f"LIVEMASK_{name}", raising=False)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


def home(monkeypatch, folder):
    """Let the usual folders lie below another one."""
    for kind in ("data", "config", "cache", "log"):
        usual = property(lambda _, kind=kind: str(folder / kind))
        monkeypatch.setattr(type(folders._PLATFORM), f"user_{kind}_dir", usual)


def locked(folder, monkeypatch):
    """Let a folder, and what could be made in it, be read-only: root may write to all others."""
    allowed = os.access

    def access(path, mode):
        inside = Path(path).is_relative_to(folder)
        return allowed(path, mode) and not (inside and mode & os.W_OK)

    monkeypatch.setattr(os, "access", access)


@pytest.mark.parametrize(("name", "folder"), [*zip(NAMES, FOLDERS, strict=True)])
def test_a_folder_is_where_the_user_says(name, folder, tmp_path, monkeypatch):
    monkeypatch.setenv(f"LIVEMASK_{name}", str(tmp_path / "a b 西瓜"))
    assert folder() == tmp_path / "a b 西瓜"


def test_asking_makes_nothing(tmp_path, monkeypatch):
    home(monkeypatch, tmp_path / "home")
    assert all(folder().is_relative_to(tmp_path / "home") for folder in FOLDERS)
    assert not (tmp_path / "home").exists()


@posix
def test_a_made_folder_is_its_users_alone(tmp_path):
    made = folders.made(tmp_path / "new" / "西瓜")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert folders.made(made) == made


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_a_home_a_private_folder_stands_in(folder, spare, monkeypatch):
    home(monkeypatch, Path("~"))
    found = folder()
    assert found.parent.parent == spare
    assert folders.is_temporary(found)
    assert folders.made(found).is_dir()
    if os.name == "posix":
        assert stat.S_IMODE(found.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_user_whom_the_system_does_not_know_has_a_private_folder(folder, monkeypatch):
    def unknown(_):
        raise RuntimeError("could not determine the home directory")

    for kind in ("data", "config", "cache", "log"):
        monkeypatch.setattr(type(folders._PLATFORM), f"user_{kind}_dir", property(unknown))
    assert folders.is_temporary(folder())


@pytest.mark.parametrize("folder", FOLDERS)
def test_in_a_read_only_home_a_private_folder_stands_in(folder, tmp_path, monkeypatch):
    (tmp_path / "home").mkdir()
    home(monkeypatch, tmp_path / "home")
    locked(tmp_path / "home", monkeypatch)
    assert folders.is_temporary(folder())


def test_a_read_only_folder_of_models_is_still_read(tmp_path, monkeypatch):
    home(monkeypatch, tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "cache").mkdir()
    locked(tmp_path / "data", monkeypatch)
    locked(tmp_path / "cache", monkeypatch)
    assert folders.data_folder() == tmp_path / "data"
    assert folders.is_temporary(folders.cache_folder())
    with pytest.raises(LivemaskError, match="cannot be written"):
        folders.made(folders.data_folder())


def test_named_data_are_never_looked_for_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path / "file" / "data"))
    monkeypatch.setenv("LIVEMASK_CACHE", str(tmp_path / "file" / "cache"))
    assert folders.data_folder() == tmp_path / "file" / "data"
    assert folders.is_temporary(folders.cache_folder())
    with pytest.raises(LivemaskError, match=r"file.data cannot be made.*LIVEMASK_DATA"):
        folders.made(folders.data_folder())


@posix
@pytest.mark.parametrize("trap", ["link", "open folder", "file"])
def test_what_somebody_else_may_have_put_there_is_not_used(trap, spare):
    usual = folders.temporary()
    victim = spare / "victim"
    victim.mkdir(0o700)
    if trap == "link":
        usual.symlink_to(victim)
    elif trap == "open folder":
        usual.mkdir()
        usual.chmod(0o777)
    else:
        usual.write_text("")
    other = folders.temporary()
    assert other != usual
    assert folders.temporary() == other
    folders.made(other / "cache")
    assert list(victim.iterdir()) == []
    assert stat.S_IMODE(other.stat().st_mode) == 0o700


@posix
def test_a_folder_of_another_user_is_not_used(spare, monkeypatch):
    usual = folders.temporary()
    usual.mkdir(0o700)
    state = usual.lstat()
    taken = os.stat_result((*state[:4], state.st_uid + 1, *state[5:]))
    monkeypatch.setattr(Path, "lstat", lambda _: taken)
    assert folders.temporary() != usual


@posix
def test_a_folder_that_is_taken_in_the_last_moment_is_an_error(spare, monkeypatch):
    usual = folders.temporary()
    usual.symlink_to(spare)
    monkeypatch.setattr(folders, "temporary", lambda: usual)
    with pytest.raises(LivemaskError, match="somebody else"):
        folders.made(usual / "cache")


def test_where_nothing_can_be_written_making_a_folder_says_so(tmp_path, monkeypatch):
    home(monkeypatch, Path("~"))
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    with pytest.raises(LivemaskError, match="cannot be made"):
        folders.made(folders.cache_folder())


def test_compiled_code_is_kept_apart_for_each_version(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEMASK_CACHE", str(tmp_path))
    assert folders.kernels_folder() == tmp_path / "numba" / livemask.__version__
    assert list(tmp_path.iterdir()) == [tmp_path / "tmp"]


def test_compiled_code_without_a_home_lies_in_a_folder_that_is_private_from_the_start(
    spare, monkeypatch
):
    home(monkeypatch, Path("~"))
    kernels = folders.kernels_folder()
    assert kernels.is_dir()
    if os.name == "posix":
        assert stat.S_IMODE(folders.temporary().stat().st_mode) == 0o700


def test_asking_for_the_folder_of_compiled_code_never_fails(tmp_path, monkeypatch):
    home(monkeypatch, Path("~"))
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    assert not folders.kernels_folder().exists()
