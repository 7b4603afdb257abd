import shutil

import numpy as np
import pytest
import scipy.io

from livemask import plugins
from livemask.errors import ModelError, UsageError
from livemask.library.opening import kind_of, loader, open_model
from livemask.resources import resource
from tests.models import basel


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize("kind", plugins.names("models"))
def test_each_loader_tells_which_files_are_its_own(kind, tmp_path):
    module = loader(kind)
    rubbish = tmp_path / "rubbish"
    rubbish.write_bytes(bytes(range(200)))
    empty = tmp_path / "empty"
    empty.touch()
    for path in (rubbish, empty, tmp_path, tmp_path / "missing"):
        assert module.recognises(path) is False


def test_a_kind_is_told_by_what_a_file_holds_not_by_its_name(tmp_path):
    ready = basel.write_ready(tmp_path / "a").rename(tmp_path / "model")
    h5 = basel.write_h5(tmp_path / "b.mat")
    parts = basel.write_parts(tmp_path / "parts")
    own = shutil.copy(resource("assets/head.npz"), tmp_path / "c.bin")
    family = tmp_path / "d.dat"
    scipy.io.savemat(family, {"model": {"shapeMU": np.ones(3)}}, appendmat=False)
    found = [kind_of(path) for path in (ready, h5, parts, own, family)]
    assert found == ["bfm2009", "bfm2017", "bfm2009", "head", "face3d"]


def test_a_folder_of_files_does_not_decide_what_one_of_them_is(tmp_path):
    parts = basel.write_parts(tmp_path)
    assert kind_of(parts / "01_MorphableModel.mat") == "bfm2009"
    assert kind_of(basel.write_h5(parts / "other.h5")) == "bfm2017"


def test_the_shipped_head_is_opened_by_name_and_as_a_file():
    assert open_model("head").name == "head"
    assert open_model(str(resource("assets/head.npz"))).name == "head"
    assert open_model(f"head,file={resource('assets/head.npz')}").name == "head"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.mat", r"missing\.mat does not exist"),
        ("no/where", r"no/where does not exist"),
        ("nobody", r"there is no model 'nobody'.*Imported: none\."),
    ],
)
def test_what_is_not_there_is_named(tmp_path, monkeypatch, name, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((ModelError, UsageError), match=message):
        open_model(name)


@pytest.mark.parametrize("name", ["face3d", "bfm2009", "bfm2017", "flame"])
def test_a_loader_without_a_file_says_how_to_give_one(name):
    with pytest.raises(UsageError, match=rf"'{name}' is not shipped: .*models import FILE"):
        open_model(name)


@pytest.mark.parametrize("ending", [".mat", ".npz", ".h5", ".bin", ".pkl"])
def test_a_broken_file_is_explained_by_the_loader_of_its_ending(tmp_path, ending):
    file = tmp_path / f"broken{ending}"
    file.write_bytes(b"broken")
    with pytest.raises(ModelError, match=f"broken{ending}"):
        open_model(str(file))


@pytest.mark.parametrize("name", ["text.txt", "folder"])
def test_what_is_no_model_is_answered_with_the_kinds_that_are_known(tmp_path, name):
    path = tmp_path / name
    path.mkdir() if name == "folder" else path.write_text("hello")
    with pytest.raises(ModelError, match=r"holds no model that livemask knows \(bfm2009, .*README"):
        open_model(str(path))
