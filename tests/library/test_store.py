import json
import os
import re

import pytest

from livemask.errors import LivemaskError, ModelError, UsageError
from livemask.library import manifest
from livemask.library import store as model_store
from livemask.library.importing import import_model
from livemask.library.opening import open_model
from tests.models import basel


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return basel.write_h5(tmp_path_factory.mktemp("fetched") / "face12.h5")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return basel.write_parts(tmp_path_factory.mktemp("fetched") / "bfm")


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


def contents(root):
    """Return all files below a folder with their bytes."""
    return {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_file_is_imported_and_opened_by_its_name(file, store):
    stored = import_model(file)
    assert stored.name == "face12"
    assert model_store.names() == ("face12",)
    assert (store / "face12" / "face12.h5").read_bytes() == file.read_bytes()
    model = open_model("face12")
    assert model.name == "face12"
    assert len(model.mean) == stored.manifest.vertices == basel.COUNT


def test_a_folder_is_imported_with_the_files_that_belong_to_it_and_no_others(folder, store):
    (folder / "private.txt").write_text("mine")
    stored = import_model(folder, "basel")
    assert {f.path for f in stored.manifest.files} == {
        "01_MorphableModel.mat", "BFM_exp_idx.mat", "BFM_front_idx.mat", "Exp_Pca.bin",
        "facemodel_info.mat", "std_exp.txt",
    }  # fmt: skip
    assert not (store / "basel" / "private.txt").exists()
    assert len(open_model("basel").mean) == basel.COUNT


def test_what_was_fetched_may_be_deleted_afterwards(tmp_path):
    file = basel.write_h5(tmp_path / "gone.h5")
    import_model(file)
    file.unlink()
    assert open_model("gone").name == "gone"


def test_the_manifest_tells_what_is_stored(file, store):
    import_model(file, "west瓜")
    found = json.loads((store / "west瓜" / "manifest.json").read_text("utf-8"))
    assert found["kind"] == "bfm2017"
    assert found["source"] == str(file)
    assert found["files"][0]["sha256"] == manifest.digest(file)
    assert found["files"][0]["size"] == file.stat().st_size
    assert (found["identity"], found["expressions"]) == (3, len(basel.MOVES))
    assert model_store.find("west瓜").manifest.sha256 == manifest.digest(file)


def test_the_digest_of_several_files_depends_on_each(folder):
    known = import_model(folder, "basel").manifest
    (folder / "std_exp.txt").write_text("1 1 1 1 1 1")
    assert import_model(folder, "other").manifest.sha256 != known.sha256
    basel.write_parts(folder)


@pytest.mark.parametrize(
    "name", ["../up", "a/b", "a\\b", ".hidden", "", " ", "a" * 65, "x.", "a,b=1", "con", "nul.txt"]
)
def test_a_name_that_is_a_path_or_none_is_refused(file, store, name):
    if not name:
        name = "\t"
    with pytest.raises(UsageError, match="cannot name a model"):
        import_model(file, name)
    assert not store.exists()
    with pytest.raises(UsageError, match="has been imported"):
        model_store.remove(name)


def test_the_name_of_the_shipped_head_is_refused(file):
    with pytest.raises(UsageError, match="livemask itself has a model 'head'"):
        import_model(file, "head")


def test_the_name_of_a_loader_may_be_given(file):
    import_model(file, "bfm2017")
    assert open_model("bfm2017").name == "bfm2017"


def test_a_taken_name_is_refused_and_may_be_overwritten(file, folder, store):
    import_model(file, "mine")
    before = contents(store)
    with pytest.raises(UsageError, match=r"'mine' has been imported already; .*--overwrite"):
        import_model(folder, "mine")
    assert contents(store) == before
    import_model(folder, "mine", overwrite=True)
    assert model_store.find("mine").manifest.kind == "bfm2009"
    assert not (store / "mine" / "face12.h5").exists()


def broken(file, tmp_path):
    other = tmp_path / "broken.h5"
    other.write_bytes(file.read_bytes()[:-5000])
    return other


def test_a_failed_import_leaves_the_store_as_it_was(file, folder, store, tmp_path):
    import_model(file, "mine")
    before = contents(store)
    wrong = basel.write_h5(tmp_path / "wrong.h5", color__model__mean=None)
    pickled = tmp_path / "flame.pkl"
    pickled.write_bytes(b"\x80\x04K\x01.")
    for path in (broken(file, tmp_path), wrong, pickled):
        for overwrite in (False, True):
            with pytest.raises(ModelError, match=f"^{re.escape(str(path))}"):
                import_model(path, "mine" if overwrite else None, overwrite=overwrite)
            assert contents(store) == before
            assert [p.name for p in store.iterdir()] == ["mine"]


def test_a_first_import_that_fails_leaves_nothing(file, store, tmp_path):
    with pytest.raises(ModelError, match="broken"):
        import_model(broken(file, tmp_path))
    assert not store.exists() or list(store.iterdir()) == []
    assert model_store.names() == ()


def test_a_missing_file_of_a_folder_is_named(folder, tmp_path):
    part = basel.write_parts(tmp_path / "part")
    (part / "facemodel_info.mat").unlink()
    with pytest.raises(ModelError, match=r"facemodel_info\.mat is missing; BFM/README\.md"):
        import_model(part)


def test_a_model_that_is_too_large_is_refused_before_it_is_copied(file, store, monkeypatch):
    monkeypatch.setattr(model_store, "LARGEST", 1000)
    with pytest.raises(ModelError, match=r"bytes, more than the 1000 allowed"):
        import_model(file)
    assert not store.exists()


def test_a_store_that_cannot_be_written_is_said_so(file, store, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(model_store.shutil, "copyfile", full)
    with pytest.raises(ModelError, match=r"cannot be stored in .*No space left"):
        import_model(file)
    assert list(store.iterdir()) == []


def test_a_rename_that_fails_puts_back_what_was_there(file, folder, store, monkeypatch):
    import_model(file, "mine")
    before = contents(store)
    rename, done = type(store).rename, []

    def second_fails(path, target):
        done.append(path)
        if len(done) == 2:
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(type(store), "rename", second_fails)
    with pytest.raises(ModelError, match="cannot be stored"):
        import_model(folder, "mine", overwrite=True)
    assert contents(store) == before


def test_what_a_killed_import_left_is_deleted_a_day_later(file, store):
    for name in (".0123456789abcdef", ".fedcba9876543210"):
        (store / name).mkdir(parents=True)
        (store / name / "half.h5").write_bytes(b"half")
    os.utime(store / ".0123456789abcdef", (0.0, 0.0))
    import_model(file)
    assert {p.name for p in store.iterdir()} == {"face12", ".fedcba9876543210"}


def test_a_model_is_removed_and_nothing_else(file, store, tmp_path):
    import_model(file, "one")
    import_model(file, "two")
    model_store.remove("one")
    assert model_store.names() == ("two",)
    assert [p.name for p in store.iterdir()] == ["two"]
    with pytest.raises(UsageError, match=r"no model 'one' has been imported. Imported: two"):
        model_store.remove("one")
    assert file.exists()


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")
def test_a_link_that_somebody_put_into_the_store_is_not_followed_when_removed(store, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "photo.jpg").write_bytes(b"1")
    store.mkdir(parents=True)
    (store / "trap").symlink_to(tmp_path / "precious")
    model_store.remove("trap")
    assert (tmp_path / "precious" / "photo.jpg").exists()
    assert list(store.iterdir()) == []


def test_a_changed_file_is_noticed_by_its_size(file, store):
    import_model(file)
    with (store / "face12" / "face12.h5").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(ModelError, match=r"face12\.h5 is not the file that was imported"):
        open_model("face12")


def changed(file, keep_time):
    state = file.stat()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    if keep_time:
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    else:
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns + 10**9))


def test_a_changed_file_of_the_same_size_is_noticed_by_its_digest(file, store):
    import_model(file)
    changed(store / "face12" / "face12.h5", keep_time=False)
    with pytest.raises(ModelError, match="is not the file that was imported"):
        open_model("face12")


def test_one_whose_time_was_kept_too_is_noticed_when_asked_thoroughly(file, store):
    import_model(file)
    changed(store / "face12" / "face12.h5", keep_time=True)
    with pytest.raises(ModelError, match="is not the file that was imported"):
        open_model("face12", thorough=True)


def test_a_store_that_was_copied_elsewhere_opens_still(file, store):
    import_model(file)
    os.utime(store / "face12" / "face12.h5", ns=(0, 0))
    assert open_model("face12").name == "face12"


def test_a_missing_file_of_the_store_is_named(file, store):
    import_model(file)
    (store / "face12" / "face12.h5").unlink()
    with pytest.raises(ModelError, match=r"face12\.h5 cannot be read: No such file"):
        open_model("face12")


GOOD = {"kind": "bfm2017", "source": "x", "date": "x", "opened": "face12.h5", "vertices": 1,
        "identity": 1, "expressions": 1, "files": []}  # fmt: skip
ENTRY = {"path": "face12.h5", "size": 1, "changed": 1, "sha256": "x"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "3",
        "[" * 10_000,
        json.dumps(GOOD | {"extra": 1}),
        json.dumps({k: v for k, v in GOOD.items() if k != "kind"}),
        json.dumps(GOOD | {"kind": 3}),
        json.dumps(GOOD | {"vertices": "many"}),
        json.dumps(GOOD | {"opened": "../../../etc/passwd"}),
        json.dumps(GOOD | {"opened": "/etc/passwd"}),
        json.dumps(GOOD | {"files": [ENTRY | {"path": "../x"}]}),
        json.dumps(GOOD | {"files": [ENTRY | {"size": "big"}]}),
        json.dumps(GOOD | {"files": [{}]}),
        json.dumps(GOOD | {"files": 3}),
    ],
)
def test_a_manifest_that_livemask_did_not_write_is_refused(file, store, text):
    import_model(file)
    (store / "face12" / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(ModelError, match=r"manifest\.json.*import it again"):
        open_model("face12")
    model_store.remove("face12")


def test_a_model_of_an_unknown_kind_is_refused(file, store):
    import_model(file)
    manifest_file = store / "face12" / "manifest.json"
    manifest_file.write_text(manifest_file.read_text("utf-8").replace("bfm2017", "os"), "utf-8")
    with pytest.raises(ModelError, match="kind 'os' that this livemask does not know"):
        open_model("face12")


def test_what_is_in_the_store_already_is_not_imported_again(file, store):
    import_model(file)
    with pytest.raises(UsageError, match="is in the store already"):
        import_model(store / "face12" / "face12.h5", "again")


def test_an_unknown_name_is_answered_with_those_that_are_known(file):
    import_model(file, "mine")
    with pytest.raises(UsageError, match=r"there is no model 'yours'.*Imported: mine"):
        open_model("yours")


def test_all_refusals_are_errors_that_users_see():
    with pytest.raises(LivemaskError):
        model_store.checked_name("a/b")
