from pathlib import Path

import pytest

import livemask
from livemask.errors import LivemaskError
from livemask.resources import resource, roots

PACKAGE = Path(livemask.__file__).parent


@pytest.fixture(autouse=True)
def _no_home(monkeypatch):
    monkeypatch.delenv("LIVEMASK_HOME", raising=False)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEMASK_HOME", str(tmp_path))
    (tmp_path / "shaders").mkdir()
    return tmp_path


def test_the_package_is_searched_before_the_checkout():
    assert roots() == (PACKAGE / "_data", PACKAGE.parent)


def test_a_shipped_file_is_found():
    assert resource("shaders/shaded.vert").is_file()
    assert resource("assets/head.npz").is_file()


def test_the_users_own_file_goes_before_the_shipped_one(home):
    own = home / "shaders" / "shaded.vert"
    own.write_text("void main() {}")
    assert resource("shaders/shaded.vert") == own


def test_what_the_user_has_not_replaced_is_the_shipped_file(home):
    assert resource("shaders/shaded.vert").is_relative_to(PACKAGE.parent)


def test_a_missing_file_is_an_error_that_names_it_and_where_it_was_looked_for(home):
    with pytest.raises(LivemaskError, match=r"'shaders/no\.frag'.*install livemask again") as error:
        resource("shaders/no.frag")
    assert all(str(root) in str(error.value) for root in roots())


def test_a_name_that_leads_out_of_the_roots_is_refused(home):
    outside = home.parent / "secret.txt"
    outside.write_text("not livemask's")
    with pytest.raises(LivemaskError):
        resource("../secret.txt")
    with pytest.raises(LivemaskError):
        resource(str(outside))
